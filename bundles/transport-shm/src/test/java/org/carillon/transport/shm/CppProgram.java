package org.carillon.transport.shm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program in C++ with the client's headers, compiled and started by a test. */
final class CppProgram implements AutoCloseable {
    private static final Path CLIENT = Path.of("../client");
    private static final long LIMIT_S = 120;

    private final Process process;
    private final BufferedReader out;
    private final Writer in;

    private CppProgram(Process process) {
        this.process = process;
        out = process.inputReader();
        in = process.outputWriter();
    }

    /** Compiles a source of the client's folder; every warning is an error. */
    static Path compile(String source) throws IOException, InterruptedException {
        String name = Path.of(source).getFileName().toString().replace(".cpp", "");
        Path program = Files.createDirectories(Path.of("target", "cpp")).resolve(name).toAbsolutePath();
        Process compiler = new ProcessBuilder("g++", "-std=c++17", "-O2", "-Wall", "-Wextra", "-Wpedantic", "-Werror",
                "-I" + CLIENT.resolve("src/main/cpp"), "-I" + CLIENT.resolve("target/generated-cpp"),
                CLIENT.resolve(source).toString(), "-o", program.toString(), "-pthread").redirectErrorStream(true)
                .start();
        String said = new String(compiler.getInputStream().readAllBytes());
        assertEquals(0, compiler.waitFor(), said);
        return program;
    }

    static CppProgram start(Path program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        return new CppProgram(new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    long pid() {
        return process.pid();
    }

    /** The next line, or null at the end. */
    String line() throws IOException {
        return out.readLine();
    }

    void say(String line) throws IOException {
        in.write(line + "\n");
        in.flush();
    }

    /** Waits for its end; what it had still to say, and that all is well. */
    String end() throws IOException, InterruptedException {
        StringBuilder said = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            said.append(line).append('\n');
        }
        if (!process.waitFor(LIMIT_S, TimeUnit.SECONDS)) {
            throw new IOException("program does not end: said=" + said);
        }
        assertEquals(0, process.exitValue(), said.toString());
        return said.toString();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
