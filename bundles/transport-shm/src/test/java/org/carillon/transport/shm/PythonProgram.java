package org.carillon.transport.shm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A program in Python with the client's modules, started by a test. Every warning is an error. */
final class PythonProgram implements AutoCloseable {
    /** As the distribution has them. */
    static final Path MODULES = Path.of("../client/target/python").toAbsolutePath().normalize();

    private static final Path CLIENT = Path.of("../client").toAbsolutePath().normalize();
    private static final long LIMIT_S = 60;

    private final Process process;
    private final BufferedReader out;
    private final Writer in;

    private PythonProgram(Process process) {
        this.process = process;
        out = process.inputReader();
        in = process.outputWriter();
        CompletableFuture.delayedExecutor(LIMIT_S, TimeUnit.SECONDS).execute(process::destroyForcibly);
    }

    /** @param program in the client's folder. */
    static PythonProgram start(String program, Path socket, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("python3", "-W", "error", CLIENT.resolve(program).toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(Map.of("PYTHONPATH", MODULES.toString(), "PYTHONDONTWRITEBYTECODE", "1",
                "CARILLON_SERVER", socket.toString()));
        return new PythonProgram(builder.start());
    }

    /** Whether a tool that is a module of its own is there. */
    static boolean has(String module) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("python3", "-c", "import " + module).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        return process.waitFor() == 0;
    }

    /** Runs a tool that must end well; what it said. */
    static String module(Map<String, String> environment, String... command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("python3", "-m"));
        words.addAll(List.of(command));
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        builder.environment().putAll(environment);
        try (PythonProgram program = new PythonProgram(builder.start())) {
            return program.end();
        }
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
        String said = ended();
        assertEquals(0, process.exitValue(), said);
        return said;
    }

    /** Waits for its end, which must not be a good one; what it said. */
    String failure() throws IOException, InterruptedException {
        String said = ended();
        assertEquals(1, process.exitValue(), said);
        return said;
    }

    private String ended() throws IOException, InterruptedException {
        StringBuilder said = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            said.append(line).append('\n');
        }
        if (!process.waitFor(LIMIT_S, TimeUnit.SECONDS)) {
            throw new IOException("program does not end: said=" + said);
        }
        return said.toString();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
