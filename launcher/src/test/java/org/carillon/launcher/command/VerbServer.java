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
import org.carillon.client.CarillonClient;
import org.carillon.client.ClientOptions;
import org.carillon.launcher.Program;
import picocli.CommandLine;

/** A server in another process, of an installation of its own, with loopback ports, and what speaks to it. */
final class VerbServer implements AutoCloseable {
    /** For env: what a shell starts in the background, these tests perhaps, is born deaf to it. */
    static final String HEARS_CTRL_C = "--default-signal=INT";

    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(60);
    private static final String LOOPBACK = "org.carillon.driver.loopback~";
    private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private final Path folder;
    private final Path home;
    private final Process server;
    private final List<String> plugged = new ArrayList<>();

    /** What a verb said. */
    record Said(int exitCode, String out, String error) {
        JsonObject json() {
            JsonObject json = Json.parse(out).asObject();
            assertEquals(1, json.getInt("schema", 0), out);
            return json;
        }
    }

    VerbServer(Path folder, String... ports) throws IOException {
        this.folder = folder;
        home = Program.copyDistribution(folder.resolve("home"));
        server = start("server", "up", "--json", "--data", folder.resolve("data").toString());
        await(() -> say("status").exitCode == ExitCodes.DONE);
        for (String port : ports) {
            plug(port);
        }
    }

    Path socket() {
        return folder.resolve("carillon/control");
    }

    long pid() {
        return server.pid();
    }

    /** A client of the test's own. */
    CarillonClient client() {
        return new CarillonClient(ClientOptions.named("test").at(socket()).startedBy());
    }

    /** Makes a loopback port. */
    void plug(String port) throws IOException {
        if (!plugged.contains(port)) {
            plugged.add(port);
        }
        apply(pidOf(port), new JsonObject().add("name", port));
        await(() -> done("ls", "-o", "--plain").lines().anyMatch(port::equals));
    }

    /** Takes a loopback port away. */
    void unplug(String port) {
        done("config", "apply", "--remove", pidOf(port));
        await(() -> done("ls", "-o", "--plain").lines().noneMatch(port::equals));
    }

    /** Names of ports may have letters that those of files have not. */
    private String pidOf(String port) {
        return LOOPBACK + plugged.indexOf(port);
    }

    /** Puts a configuration in force; who reads it may not be there yet. */
    void apply(String pid, JsonObject values) throws IOException {
        Path file = Files.writeString(folder.resolve(pid + ".cfg.json"), values.toString());
        await(() -> say("config", "apply", file.toString()).exitCode == ExitCodes.DONE);
    }

    /** Starts a verb in a process of its own, its words going to files of this name. */
    Process start(String name, String... words) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("env", HEARS_CTRL_C, JAVA);
        builder.command().addAll(List.of(Program.command(home, words)));
        builder.environment().put("CARILLON_SERVER", socket().toString());
        return builder.redirectOutput(folder.resolve(name + ".out").toFile())
                .redirectError(folder.resolve(name + ".err").toFile()).start();
    }

    /** Ends a verb as Ctrl-C does. @return what it said. */
    Said interrupt(String name, Process verb) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(verb.pid())).start().waitFor();
        try {
            assertTrue(verb.waitFor(LIMIT_NS, TimeUnit.NANOSECONDS), "verb does not end");
        } finally {
            verb.destroyForcibly();
        }
        return new Said(verb.exitValue(), out(name), Files.readString(folder.resolve(name + ".err")));
    }

    /** What a verb has said so far. */
    String out(String name) {
        try {
            return Files.readString(folder.resolve(name + ".out"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    Said said(String... words) {
        Said said = say(words);
        assertEquals(ExitCodes.DONE, said.exitCode, String.join(" ", words) + ": " + said.error);
        return said;
    }

    String done(String... words) {
        return said(words).out;
    }

    Said say(String... words) {
        return sayTo(socket(), words);
    }

    static Said sayTo(Path socket, String... words) {
        StringWriter out = new StringWriter();
        StringWriter error = new StringWriter();
        CommandLine line = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(error));
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--server", socket.toString()));
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
                Path.of(VerbServer.class.getResource("terminal.py").toURI()).toString()));
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
        server.destroyForcibly();
    }
}
