package org.carillon.launcher.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.carillon.launcher.command.VerbServer.Said;
import org.carillon.platform.Platform;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The verbs of the command at a server in another process, which has two loopback ports. */
@Timeout(180)
final class ServerVerbsIT {
    private static final String LOOPBACK = "org.carillon.driver.loopback~";

    @TempDir
    private static Path folder;
    private static VerbServer server;

    @BeforeAll
    static void start() throws IOException {
        assumeTrue(Platform.current().isNative(), "needs native calls");
        server = new VerbServer(folder, "left", "right");
    }

    @AfterAll
    static void end() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void shouldListPortsInThreeForms() {
        assertTrue(server.done("ls").lines().findFirst().orElseThrow().startsWith("ID"));
        assertTrue(server.said("ls", "-i", "--json").json().get("ports").asArray().values().stream()
                .map(JsonValue::asObject).allMatch(port -> port.getString("direction", "").equals("source")));
        assertEquals(1, server.done("ls", "--plain", "-o").lines().filter("left"::equals).count());
        assertEquals(1, server.said("ls", "devices", "--json").json().getInt("schema", 0));
        assertEquals(ExitCodes.WRONG_USAGE, server.say("ls", "--plain", "--json").exitCode());
    }

    @Test
    void shouldConnectFilterAndDisconnectByPartsOfNames() {
        int id = server.said("connect", "lef", "RIGH", "--filter", "ch 1", "--json").json().getInt("id", 0);

        assertTrue(server.done("ls", "connections", "--plain").contains("left --> right"));
        assertEquals("ch 1", server.said("filter", "#" + id, "--json").json().getString("filter", ""));
        assertEquals("ch 2",
                server.said("filter", "left", "right", "--set", "ch 2", "--json").json().getString("filter", ""));
        assertTrue(server.done("ls", "-c").contains("ch 2"));
        assertEquals("", server.said("filter", "left", "right", "--clear", "--json").json().getString("filter", "?"));
        assertEquals(1, server.said("disconnect", Integer.toString(id), "--json").json().getInt("disconnected", 0));
        assertFalse(server.done("ls", "-c", "--plain").contains("left --> right"));
        assertEquals(ExitCodes.NO_SUCH_NAME, server.say("disconnect", "left", "right").exitCode());
    }

    @Test
    void shouldConnectWithAPortThatIsNotThereYet() {
        assertEquals("later:in", server.said("connect", "/^left$/", "\"later:in\"", "--json").json()
                .getString("destination", ""));

        assertTrue(
                server.done("ls", "-c").lines().anyMatch(line -> line.contains("later:in") && line.contains("absent")));
        assertEquals(ExitCodes.NO_SUCH_NAME, server.say("connect", "left", "later:in").exitCode());
        server.done("disconnect", "left", "later:in");
    }

    @Test
    void shouldNameTheCandidatesOfAnAmbiguousName() {
        Said said = server.say("send", "*t", "on", "C4", "100");

        assertEquals(ExitCodes.NO_SUCH_NAME, said.exitCode());
        assertTrue(said.error().lines().anyMatch(line -> line.matches("  #\\d+  left")), said.error());
        assertTrue(said.error().lines().anyMatch(line -> line.matches("  #\\d+  right")), said.error());
    }

    @Test
    void shouldTapWhatIsSent() {
        CompletableFuture<Said> tapped = CompletableFuture.supplyAsync(
                () -> server.say("tap", "left", "--count", "4", "--timeout", "60", "--filter", "not ch 9"));
        VerbServer.await(() -> server.done("ls", "-c").contains("tap of source"));

        server.done("send", "left", "clock", "ch", "2", "on", "C4", "100", "cc", "7", "64", "at", "+0.05", "off", "C4",
                "syx",
                "7D", "01");

        Said lines = tapped.join();
        assertEquals(ExitCodes.DONE, lines.exitCode(), lines.error());
        List<String> events = lines.out().lines().map(line -> line.strip().replaceAll("^\\S+ +", "")).toList();
        assertEquals(List.of("91 3C 64    ch 2 on C4 100", "B1 07 40    ch 2 cc 7 64", "81 3C 00    ch 2 off C4 0",
                "F0 7D 01 F7  syx 4 bytes"), events);
        assertFalse(server.done("ls", "-c").contains("tap of source"));
        assertFalse(server.done("ls", "-c").contains("carillon-send"));
        assertEquals(ExitCodes.TIMED_OUT, server.say("tap", "left", "-n", "1", "-t", "0.01").exitCode());
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
                () -> server.say("sysex", "dump", "right", received.toString(), "-n", "1", "-t", "60"));
        VerbServer.await(() -> server.done("ls", "-c").contains("carillon-sysex"));

        assertEquals(bytes.length, server.said("sysex", "send", "right", sent.toString(), "--json").json()
                .getInt("bytes", 0));

        assertEquals(ExitCodes.DONE, dump.join().exitCode(), dump.join().error());
        assertArrayEquals(bytes, Files.readAllBytes(received));
        server.done("sysex", "request", "right", "right", received.toString(), "--hex", "F0 7E 7F 06 01 F7", "-n", "1");
        assertEquals(6, Files.size(received));
        assertEquals(ExitCodes.TIMED_OUT,
                server.say("sysex", "dump", "right", received.toString(), "-t", "0.01").exitCode());
        assertEquals(ExitCodes.WRONG_USAGE,
                server.say("sysex", "send", "right", Files.writeString(sent, "no").toString()).exitCode());
    }

    @Test
    void shouldMeasureLatency() {
        JsonObject json = server.said("latency", "right", "right", "-n", "200", "--json").json();

        assertEquals(200, json.getInt("count", 0));
        assertTrue(json.getDouble("min_us", 0) > 0 && json.getDouble("p50_us", 0) <= json.getDouble("max_us", 0));
        assertEquals(ExitCodes.TIMED_OUT, server.say("latency", "left", "right", "-n", "1").exitCode());
        assertFalse(server.done("ls", "-c").contains("carillon-latency"));
    }

    @Test
    void shouldTellHowTheServerFares() {
        assertEquals(server.pid(), server.said("status", "--json").json().getInt("pid", 0));
        assertTrue(server.done("status").contains("ready for"));
        assertFalse(server.said("stats", "--json").json().get("counters").asArray().isEmpty());
        assertTrue(server.said("time", "--json").json().getLong("server_ns", 0) > 0);
        assertEquals(ExitCodes.DONE, server.say("log", "--level", "debug").exitCode());
        assertEquals("silenced" + System.lineSeparator(), server.done("panic"));
    }

    @Test
    void shouldKickAClientButNoDriver() {
        CompletableFuture<Said> tapped = CompletableFuture.supplyAsync(
                () -> server.say("tap", "right", "--timeout", "60"));
        VerbServer.await(() -> server.done("client", "ls", "--plain").contains("carillon-tap-"));

        server.done("client", "kick", "carillon-tap");

        assertEquals(ExitCodes.UNREACHABLE, tapped.join().exitCode());
        assertEquals(ExitCodes.NO_SUCH_NAME, server.say("client", "kick", "loopback").exitCode());
    }

    @Test
    void shouldShowAndTakeAwayConfigurations() throws IOException {
        Path file = Files.writeString(folder.resolve(LOOPBACK + "made.cfg.json"), "{\"name\": \"made\"}");
        server.done("config", "apply", file.toString());

        assertTrue(server.done("config", "show", "--plain").contains(LOOPBACK + "made"));
        assertEquals("made", server.said("config", "show", LOOPBACK + "made", "--json").json().get("values").asObject()
                .getString("name", ""));
        server.done("config", "apply", "--remove", LOOPBACK + "made");
        assertEquals(ExitCodes.NO_SUCH_NAME, server.say("config", "show", LOOPBACK + "made").exitCode());
        assertEquals(ExitCodes.WRONG_USAGE,
                server.say("config", "apply", folder.resolve("x.txt").toString()).exitCode());
    }

    @Test
    void shouldFindNoDriverAndNoDeviceThatIsNotThere() {
        assertEquals(0, server.said("driver", "ls", "--json").json().get("drivers").asArray().size());
        for (String verb : List.of("start", "stop", "rm")) {
            assertEquals(ExitCodes.NO_SUCH_NAME, server.say("driver", verb, "absent.jar").exitCode());
        }
        assertEquals(ExitCodes.NO_SUCH_NAME, server.say("alias", "no such device", "x").exitCode());
    }

    @Test
    void shouldSayHowToStartAServerWhereNoneIs() {
        for (List<String> verb : List.of(List.of("ls"), List.of("status"), List.of("down"), List.of("panic"),
                List.of("tap", "x"), List.of("send", "x", "on", "C4", "1"), List.of("client", "ls"))) {
            Said said = VerbServer.sayTo(folder.resolve("none/control"), verb.toArray(String[]::new));

            assertEquals(ExitCodes.UNREACHABLE, said.exitCode(), verb + said.error());
            assertTrue(said.error().contains("carillon up --detach"), said.error());
        }
    }
}
