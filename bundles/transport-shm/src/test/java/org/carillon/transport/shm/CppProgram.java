package org.carillon.transport.shm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Compiles and starts programs in C++ with the client's headers. */
final class CppProgram {
    private static final Path CLIENT = Path.of("../client");

    private CppProgram() {}

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

    static ClientProgram start(Path program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        return new ClientProgram(new ProcessBuilder(command));
    }
}
