package org.carillon.launcher.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.carillon.launcher.Program;
import picocli.CommandLine;

/** A server in another process with its own folder, and verbs that are said to it. */
final class RunningServer implements AutoCloseable {
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(60);
    private static final String LOOPBACK = "org.carillon.driver.loopback~";

    private final Path folder;
    private final Process process;

    /** What a verb said. */
    record Said(int exitCode, String out, String error) {
        JsonObject json() {
            JsonObject json = Json.parse(out).asObject();
            assertEquals(1, json.getInt("schema", 0), out);
            return json;
        }
    }

    /** @param ports that return what they get. */
    RunningServer(Path folder, String... ports) throws IOException {
        this.folder = folder;
        ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        builder.command().addAll(List.of(Program.command("up", "--json", "--data",
                folder.resolve("data").toString())));
        builder.environment().put("CARILLON_SERVER", socket().toString());
        process = builder.redirectOutput(folder.resolve("out").toFile()).redirectError(folder.resolve("error").toFile())
                .start();
        await(() -> say("status").exitCode() == ExitCodes.DONE);
        for (int i = 0; i < ports.length; i++) {
            apply(LOOPBACK + i, new JsonObject().add("name", ports[i]));
        }
        await(() -> done("ls", "-o", "--plain").lines().toList().containsAll(List.of(ports)));
    }

    Path socket() {
        return folder.resolve("carillon/control");
    }

    /** Puts a configuration in force; who reads it may not be there yet. */
    void apply(String pid, JsonObject values) throws IOException {
        Path file = Files.writeString(folder.resolve(pid + ".cfg.json"), values.toString());
        await(() -> say("config", "apply", file.toString()).exitCode() == ExitCodes.DONE);
    }

    String done(String... words) {
        return said(words).out();
    }

    Said said(String... words) {
        Said said = say(words);
        assertEquals(ExitCodes.DONE, said.exitCode(), said.error());
        return said;
    }

    Said say(String... words) {
        StringWriter out = new StringWriter();
        StringWriter error = new StringWriter();
        CommandLine line = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(error));
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--server", socket().toString()));
        return new Said(line.execute(all.toArray(String[]::new)), out.toString(), error.toString());
    }

    /** Runs a program to its end. */
    Said program(Map<String, String> environment, String input, String... command)
            throws IOException, InterruptedException {
        Path in = Files.writeString(Files.createTempFile(folder, "in", ".txt"), input);
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path error = Files.createTempFile(folder, "error", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("CARILLON_SERVER", socket().toString());
        builder.environment().putAll(environment);
        Process program = builder.redirectInput(in.toFile()).redirectOutput(out.toFile())
                .redirectError(error.toFile()).start();
        try {
            assertTrue(program.waitFor(2, TimeUnit.MINUTES), "program does not end");
        } finally {
            program.destroyForcibly();
        }
        return new Said(program.exitValue(), Files.readString(out), Files.readString(error));
    }

    /** Runs a program at a terminal, and does what the steps say. */
    Said atTerminal(Map<String, String> environment, List<String> steps, String... command)
            throws IOException, InterruptedException, URISyntaxException {
        List<String> all = new ArrayList<>(List.of("python3",
                Path.of(RunningServer.class.getResource("terminal.py").toURI()).toString()));
        all.addAll(List.of(command));
        return program(environment, String.join("\n", steps) + "\n", all.toArray(String[]::new));
    }

    static void await(BooleanSupplier isSo) {
        long startNs = System.nanoTime();
        while (!isSo.getAsBoolean()) {
            assertTrue(System.nanoTime() - startNs < LIMIT_NS, "waited in vain");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
