package org.carillon.launcher.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.carillon.launcher.Program;
import org.carillon.platform.Platform;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The verbs of the command at a server in another process, which has two loopback ports. */
@Timeout(180)
final class ServerVerbsIT {
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(60);
    private static final String LOOPBACK = "org.carillon.driver.loopback~";

    @TempDir
    private static Path folder;
    private static Process server;

    /** What a verb said. */
    private record Said(int exitCode, String out, String error) {
        JsonObject json() {
            JsonObject json = Json.parse(out).asObject();
            assertEquals(1, json.getInt("schema", 0), out);
            return json;
        }
    }

    @BeforeAll
    static void start() throws IOException {
        assumeTrue(Platform.current().isNative(), "needs native calls");
        ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        builder.command().addAll(List.of(Program.command("up", "--json", "--data",
                folder.resolve("data").toString())));
        builder.environment().put("CARILLON_SERVER", folder.resolve("carillon/control").toString());
        server = builder.redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("error").toFile()).start();
        await(() -> say("status").exitCode == ExitCodes.DONE);
        for (String port : List.of("left", "right")) {
            Path file = folder.resolve(LOOPBACK + port + ".cfg.json");
            Files.writeString(file, new JsonObject().add("name", port).toString());
            await(() -> say("config", "apply", file.toString()).exitCode == ExitCodes.DONE);
        }
        await(() -> done("ls", "-o", "--plain").lines().toList().containsAll(List.of("left", "right")));
    }

    @AfterAll
    static void end() {
        if (server != null) {
            server.destroyForcibly();
        }
    }

    @Test
    void shouldListPortsInThreeForms() {
        assertTrue(done("ls").lines().findFirst().orElseThrow().startsWith("ID"));
        assertTrue(said("ls", "-i", "--json").json().get("ports").asArray().values().stream()
                .map(JsonValue::asObject).allMatch(port -> port.getString("direction", "").equals("source")));
        assertEquals(1, done("ls", "--plain", "-o").lines().filter("left"::equals).count());
        assertEquals(1, said("ls", "devices", "--json").json().getInt("schema", 0));
        assertEquals(ExitCodes.WRONG_USAGE, say("ls", "--plain", "--json").exitCode);
    }

    @Test
    void shouldConnectFilterAndDisconnectByPartsOfNames() {
        int id = said("connect", "lef", "RIGH", "--filter", "ch 1", "--json").json().getInt("id", 0);

        assertTrue(done("ls", "connections", "--plain").contains("left --> right"));
        assertEquals("ch 1", said("filter", "#" + id, "--json").json().getString("filter", ""));
        assertEquals("ch 2", said("filter", "left", "right", "--set", "ch 2", "--json").json().getString("filter", ""));
        assertTrue(done("ls", "-c").contains("ch 2"));
        assertEquals("", said("filter", "left", "right", "--clear", "--json").json().getString("filter", "?"));
        assertEquals(1, said("disconnect", Integer.toString(id), "--json").json().getInt("disconnected", 0));
        assertFalse(done("ls", "-c", "--plain").contains("left --> right"));
        assertEquals(ExitCodes.NO_SUCH_NAME, say("disconnect", "left", "right").exitCode);
    }

    @Test
    void shouldConnectWithAPortThatIsNotThereYet() {
        assertEquals("later:in", said("connect", "/^left$/", "\"later:in\"", "--json").json()
                .getString("destination", ""));

        assertTrue(done("ls", "-c").lines().anyMatch(line -> line.contains("later:in") && line.contains("absent")));
        assertEquals(ExitCodes.NO_SUCH_NAME, say("connect", "left", "later:in").exitCode);
        done("disconnect", "left", "later:in");
    }

    @Test
    void shouldNameTheCandidatesOfAnAmbiguousName() {
        Said said = say("send", "*t", "on", "C4", "100");

        assertEquals(ExitCodes.NO_SUCH_NAME, said.exitCode);
        assertTrue(said.error.lines().anyMatch(line -> line.matches("  #\\d+  left")), said.error);
        assertTrue(said.error.lines().anyMatch(line -> line.matches("  #\\d+  right")), said.error);
    }

    @Test
    void shouldTapWhatIsSent() {
        CompletableFuture<Said> tapped = CompletableFuture.supplyAsync(
                () -> say("tap", "left", "--count", "4", "--timeout", "60", "--filter", "not ch 9"));
        await(() -> done("ls", "-c").contains("tap of source"));

        done("send", "left", "clock", "ch", "2", "on", "C4", "100", "cc", "7", "64", "at", "+0.05", "off", "C4", "syx",
                "7D", "01");

        Said lines = tapped.join();
        assertEquals(ExitCodes.DONE, lines.exitCode, lines.error);
        List<String> events = lines.out.lines().map(line -> line.strip().replaceAll("^\\S+ +", "")).toList();
        assertEquals(List.of("91 3C 64    ch 2 on C4 100", "B1 07 40    ch 2 cc 7 64", "81 3C 00    ch 2 off C4 0",
                "F0 7D 01 F7  syx 4 bytes"), events);
        assertFalse(done("ls", "-c").contains("tap of source"));
        assertFalse(done("ls", "-c").contains("carillon-send"));
        assertEquals(ExitCodes.TIMED_OUT, say("tap", "left", "-n", "1", "-t", "0.01").exitCode);
    }

    @Test
    void shouldReceiveTheSystemExclusiveMessagesThatItSends() throws IOException {
        Path sent = folder.resolve("sent.syx");
        byte[] bytes = new byte[5_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i % 128);
        }
        bytes[0] = (byte) 0xF0;
        bytes[bytes.length - 1] = (byte) 0xF7;
        Files.write(sent, bytes);
        Path received = folder.resolve("received.syx");
        CompletableFuture<Said> dump = CompletableFuture.supplyAsync(
                () -> say("sysex", "dump", "right", received.toString(), "-n", "1", "-t", "60"));
        await(() -> done("ls", "-c").contains("carillon-sysex"));

        assertEquals(bytes.length, said("sysex", "send", "right", sent.toString(), "--json").json()
                .getInt("bytes", 0));

        assertEquals(ExitCodes.DONE, dump.join().exitCode, dump.join().error);
        assertArrayEquals(bytes, Files.readAllBytes(received));
        done("sysex", "request", "right", "right", received.toString(), "--hex", "F0 7E 7F 06 01 F7", "-n", "1");
        assertEquals(6, Files.size(received));
        assertEquals(ExitCodes.TIMED_OUT, say("sysex", "dump", "right", received.toString(), "-t", "0.01").exitCode);
        assertEquals(ExitCodes.WRONG_USAGE,
                say("sysex", "send", "right", Files.writeString(sent, "no").toString()).exitCode);
    }

    @Test
    void shouldMeasureLatency() {
        JsonObject json = said("latency", "right", "right", "-n", "200", "--json").json();

        assertEquals(200, json.getInt("count", 0));
        assertTrue(json.getDouble("min_us", 0) > 0 && json.getDouble("p50_us", 0) <= json.getDouble("max_us", 0));
        assertEquals(ExitCodes.TIMED_OUT, say("latency", "left", "right", "-n", "1").exitCode);
        assertFalse(done("ls", "-c").contains("carillon-latency"));
    }

    @Test
    void shouldTellHowTheServerFares() {
        assertEquals(server.pid(), said("status", "--json").json().getInt("pid", 0));
        assertTrue(done("status").contains("ready for"));
        assertFalse(said("stats", "--json").json().get("counters").asArray().isEmpty());
        assertTrue(said("time", "--json").json().getLong("server_ns", 0) > 0);
        assertEquals(ExitCodes.DONE, say("log", "--level", "debug").exitCode);
        assertEquals("silenced" + System.lineSeparator(), done("panic"));
    }

    @Test
    void shouldKickAClientButNoDriver() {
        CompletableFuture<Said> tapped = CompletableFuture.supplyAsync(
                () -> say("tap", "right", "--timeout", "60"));
        await(() -> done("client", "ls", "--plain").contains("carillon-tap-"));

        done("client", "kick", "carillon-tap");

        assertEquals(ExitCodes.UNREACHABLE, tapped.join().exitCode);
        assertEquals(ExitCodes.NO_SUCH_NAME, say("client", "kick", "loopback").exitCode);
    }

    @Test
    void shouldShowAndTakeAwayConfigurations() throws IOException {
        Path file = Files.writeString(folder.resolve(LOOPBACK + "made.cfg.json"), "{\"name\": \"made\"}");
        done("config", "apply", file.toString());

        assertTrue(done("config", "show", "--plain").contains(LOOPBACK + "made"));
        assertEquals("made", said("config", "show", LOOPBACK + "made", "--json").json().get("values").asObject()
                .getString("name", ""));
        done("config", "apply", "--remove", LOOPBACK + "made");
        assertEquals(ExitCodes.NO_SUCH_NAME, say("config", "show", LOOPBACK + "made").exitCode);
        assertEquals(ExitCodes.WRONG_USAGE, say("config", "apply", folder.resolve("x.txt").toString()).exitCode);
    }

    @Test
    void shouldFindNoDriverAndNoDeviceThatIsNotThere() {
        assertEquals(0, said("driver", "ls", "--json").json().get("drivers").asArray().size());
        for (String verb : List.of("start", "stop", "rm")) {
            assertEquals(ExitCodes.NO_SUCH_NAME, say("driver", verb, "absent.jar").exitCode);
        }
        assertEquals(ExitCodes.NO_SUCH_NAME, say("alias", "no such device", "x").exitCode);
    }

    @Test
    void shouldSayHowToStartAServerWhereNoneIs() {
        for (List<String> verb : List.of(List.of("ls"), List.of("status"), List.of("down"), List.of("panic"),
                List.of("tap", "x"), List.of("send", "x", "on", "C4", "1"), List.of("client", "ls"))) {
            Said said = sayTo(folder.resolve("none/control"), verb.toArray(String[]::new));

            assertEquals(ExitCodes.UNREACHABLE, said.exitCode, verb + said.error);
            assertTrue(said.error.contains("carillon up --detach"), said.error);
        }
    }

    private static Said said(String... words) {
        Said said = say(words);
        assertEquals(ExitCodes.DONE, said.exitCode, said.error);
        return said;
    }

    private static String done(String... words) {
        return said(words).out;
    }

    private static Said say(String... words) {
        return sayTo(folder.resolve("carillon/control"), words);
    }

    private static Said sayTo(Path socket, String... words) {
        StringWriter out = new StringWriter();
        StringWriter error = new StringWriter();
        CommandLine line = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(error));
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--server", socket.toString()));
        return new Said(line.execute(all.toArray(String[]::new)), out.toString(), error.toString());
    }

    private static void await(BooleanSupplier isSo) {
        long startNs = System.nanoTime();
        while (!isSo.getAsBoolean()) {
            assertTrue(System.nanoTime() - startNs < LIMIT_NS, "waited in vain");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }
}
