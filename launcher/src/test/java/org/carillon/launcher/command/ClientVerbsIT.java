package org.carillon.launcher.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.carillon.launcher.command.VerbServer.Said;
import org.carillon.platform.Platform;
import org.carillon.sequencer.MidiFileReader;
import org.carillon.sequencer.Track;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What verbs show, measure, save and silence, at a server in another process with loopback ports. */
@Timeout(240)
final class ClientVerbsIT {
    /** Each of them waits: the common pool may have one thread only. */
    private static final Executor THREADS = work -> Thread.ofPlatform().daemon().start(work);

    @TempDir
    private static Path folder;
    private static VerbServer server;

    @BeforeAll
    static void start() throws IOException {
        assumeTrue(Platform.current().isNative(), "needs native calls");
        server = new VerbServer(folder, "left", "right", "third");
    }

    @AfterAll
    static void end() {
        if (server != null) {
            server.close();
        }
    }

    /** A tap that has begun. */
    private static CompletableFuture<Said> tap(String... words) {
        long before = taps();
        CompletableFuture<Said> tap = CompletableFuture.supplyAsync(() -> server.say(Stream.concat(Stream.of("tap"),
                Stream.concat(Stream.of(words), Stream.of("--timeout", "60"))).toArray(String[]::new)), THREADS);
        VerbServer.await(() -> taps() > before || tap.isDone());
        return tap;
    }

    private static long taps() {
        return server.done("ls", "-c", "--plain").lines().filter(line -> line.contains("carillon-tap-")).count();
    }

    private static List<String> lines(CompletableFuture<Said> tap) {
        Said said = tap.join();
        assertEquals(ExitCodes.DONE, said.exitCode(), said.error());
        return said.out().lines().toList();
    }

    @Test
    void shouldTapWhatPassesAConnection() {
        int id = server.said("connect", "left", "right", "--filter", "ch 2", "--json").json().getInt("id", 0);
        CompletableFuture<Said> byNumber = tap("--conn", "#" + id, "-n", "1", "--plain");
        CompletableFuture<Said> byNames = tap("--conn", "left", "right", "-n", "1", "--plain");

        server.done("send", "left", "ch", "1", "on", "C4", "1", "ch", "2", "on", "C4", "2");

        assertEquals(List.of("ch 2 on C4 2"), lines(byNumber));
        assertEquals(List.of("ch 2 on C4 2"), lines(byNames));
        server.done("disconnect", "#" + id);
        assertEquals(ExitCodes.NO_SUCH_NAME, server.say("tap", "--conn", "left", "right").exitCode());
        assertEquals(ExitCodes.WRONG_USAGE, server.say("tap").exitCode());
        assertEquals(ExitCodes.WRONG_USAGE, server.say("tap", "left", "--conn", "#1").exitCode());
    }

    @Test
    void shouldShowTypesAndChannelsOnly() {
        CompletableFuture<Said> notes = tap("left", "-n", "2", "--plain", "--type", "note,syx");
        CompletableFuture<Said> channels = tap("left", "-n", "2", "--plain", "--ch", "3..4,16");
        CompletableFuture<Said> clock = tap("left", "-n", "1", "--hex", "--type", "clock");

        server.done("send", "left", "clock", "ch", "2", "cc", "1", "2", "ch", "4", "on", "C4", "9", "syx", "7D", "05",
                "ch", "16", "pc", "5");

        assertEquals(List.of("ch 4 on C4 9", "syx 7D 05"), lines(notes));
        assertEquals(List.of("ch 4 on C4 9", "ch 16 pc 5"), lines(channels));
        assertTrue(lines(clock).getFirst().endsWith("  F8"), clock.join().out());
        assertEquals(ExitCodes.WRONG_USAGE, server.say("tap", "left", "--ch", "0").exitCode());
        assertEquals(ExitCodes.WRONG_USAGE, server.say("tap", "left", "--type", "chord").exitCode());
        assertEquals(ExitCodes.WRONG_USAGE, server.say("tap", "left", "--hex", "--text").exitCode());
    }

    @Test
    void shouldSaveWhatItSawAndSendItAgain() throws IOException {
        Path words = folder.resolve("seen.txt");
        Path song = folder.resolve("seen.mid");
        Path sysex = folder.resolve("seen.syx");
        List<CompletableFuture<Said>> taps = Stream.of(words, song, sysex).map(file -> tap("left", "-q", "-n", "4",
                "--save", file.toString())).toList();

        server.done("send", "left", "ch", "3", "on", "F#3", "90", "at", "+00:00:00.050", "off", "F#3", "cc", "7", "65",
                "syx", "7D", "0A");

        taps.forEach(tap -> assertEquals(List.of(), lines(tap)));
        assertEquals(List.of("at +0.000000 ch 3 on F#3 90", "at +0.050000 ch 3 off F#3 0", "at +0.050000 ch 3 cc 7 65",
                "at +0.050000 syx 7D 0A"), undated(Files.readAllLines(words)));
        Track track = MidiFileReader.read(song).sequence().tracks().getFirst();
        assertTrue(Stream.iterate(0, i -> i + 1).limit(track.size()).anyMatch(i -> track.status(i) == 0x92));
        assertArrayEquals(HexFormat.of().parseHex("f07d0af7"), Files.readAllBytes(sysex));

        CompletableFuture<Said> again = tap("left", "-n", "5", "--plain");
        assertEquals(4, server.said("send", "left", "--file", words.toString(), "--json").json().getInt("sent", 0));
        server.done("send", "left", "--file", sysex.toString());
        assertEquals(List.of("ch 3 on F#3 90", "ch 3 off F#3 0", "ch 3 cc 7 65", "syx 7D 0A", "syx 7D 0A"),
                lines(again));
        assertEquals(ExitCodes.WRONG_USAGE, server.say("tap", "left", "--save", "x.wav").exitCode());
        assertEquals(ExitCodes.NO_SUCH_NAME, server.say("send", "left", "--file", "absent.txt").exitCode());
    }

    /** The first message is of no date, so it comes some microseconds after the moment that the others count from. */
    private static List<String> undated(List<String> lines) {
        return lines.stream().map(line -> line.replaceFirst("at \\+0\\.0[45]\\d{4}", "at +0.050000")).toList();
    }

    @Test
    void shouldMeasureGapsAndJitter() {
        CompletableFuture<Said> measured = tap("left", "-q", "--stats", "-n", "5", "--json");
        CompletableFuture<Said> shown = tap("left", "--stats", "-n", "5");

        server.done("send", "left", "at", "+0.1", "on", "C4", "1", "at", "+0.11", "off", "C4", "at", "+0.12", "on",
                "C4", "1", "at", "+0.13", "off", "C4", "at", "+0.16", "on", "C4", "1");

        JsonObject json = measured.join().json();
        JsonObject gaps = json.get("gaps").asObject();
        assertEquals(5, json.getInt("messages", 0));
        assertEquals(4, gaps.getInt("count", 0));
        assertEquals(10_000, gaps.getDouble("min_us", 0), 0.01);
        assertEquals(10_000, gaps.getDouble("p50_us", 0), 10);
        assertEquals(30_000, gaps.getDouble("max_us", 0), 0.01);
        assertEquals(20_000 / 3.0, gaps.getDouble("jitter_us", 0), 0.01);
        assertEquals(4 / 0.06, json.getDouble("per_second", 0), 0.01);
        assertEquals(4, sum(json.get("histogram").asArray()));
        List<String> lines = lines(shown);
        assertTrue(lines.get(1).contains("+10.000 ms  80 3C 00    ch 1 off C4 0"), lines.toString());
        assertTrue(lines.stream().anyMatch(line -> line.matches(" +10 ms \\.\\. 20 ms +\\|#+ 3")), lines.toString());
    }

    private static long sum(JsonArray rows) {
        return rows.values().stream().mapToLong(row -> row.asObject().getLong("count", 0)).sum();
    }

    @Test
    void shouldTapOnWhenAPortHasComeBack() throws IOException {
        CompletableFuture<Said> tapped = tap("third", "-n", "2", "--plain");
        server.done("send", "third", "pc", "1");

        server.unplug("third");
        server.plug("third");
        VerbServer.await(() -> server.done("ls", "-c").lines().anyMatch(line -> line.contains("carillon-tap-")
                && line.contains("third") && line.contains("active")));
        server.done("send", "third", "pc", "2");

        assertEquals(List.of("ch 1 pc 1", "ch 1 pc 2"), lines(tapped));
    }

    @Test
    void shouldTellOfEachChange() throws Exception {
        Process watch = server.start("watch", "ls", "-c", "--watch", "--json");
        Process text = server.start("text", "ls", "--watch", "-c");
        VerbServer.await(() -> server.out("watch").contains("\n") && server.out("text").contains("\n"));

        server.done("connect", "right", "\"watched:in\"");
        VerbServer.await(() -> server.out("watch").contains("came") && server.out("text").contains("watched:in"));
        server.done("filter", "right", "watched:in", "--set", "ch 5");
        VerbServer.await(() -> server.out("watch").contains("changed") && server.out("text").contains("ch 5"));
        server.done("disconnect", "right", "watched:in");
        VerbServer.await(() -> server.out("watch").contains("gone"));

        Said said = server.interrupt("watch", watch);
        assertEquals(ExitCodes.DONE, said.exitCode(), said.error());
        assertEquals(ExitCodes.DONE, server.interrupt("text", text).exitCode());
        List<JsonObject> lines = said.out().lines().map(line -> Json.parse(line).asObject()).toList();
        assertTrue(lines.stream().allMatch(line -> line.getInt("schema", 0) == 1));
        assertTrue(lines.getFirst().get("connections").isArray());
        assertEquals(List.of("came", "changed", "gone"), lines.stream().skip(1)
                .filter(line -> line.get("row").asObject().getString("destination", "").equals("watched:in"))
                .map(line -> line.getString("change", "")).toList());
    }

    @Test
    void shouldListWhatIsConnectedBesideEachPort() {
        server.done("connect", "right", "third", "--filter", "ch 7");

        assertTrue(server.done("ls", "-l").contains("      --> third  [ch 7]"));
        assertTrue(server.said("ls", "-l", "--json").json().get("ports").asArray().values().stream()
                .map(JsonValue::asObject).anyMatch(port -> port.getString("name", "").equals("third")
                        && port.get("connected").toString().equals("[\"right\"]")));
        assertTrue(server.done("ls", "clients", "--plain").contains("loopback left"));
        assertEquals(0, server.said("ls", "drivers", "--json").json().get("drivers").asArray().size());
        assertEquals(ExitCodes.WRONG_USAGE, server.say("ls", "devices", "-l").exitCode());
        server.done("disconnect", "right", "third");
    }

    @Test
    void shouldConnectAllMatches() {
        JsonObject made = server.said("connect", "/^(left|right)$/", "third", "--all-matches", "--json").json();

        assertEquals(2, made.get("connections").asArray().size());
        assertEquals(0, server.said("connect", "*ft", "th?rd", "--all-matches", "--json").json().get("connections")
                .asArray().size());
        assertEquals(ExitCodes.NO_SUCH_NAME, server.say("connect", "no*", "third", "--all-matches").exitCode());
        server.done("disconnect", "left", "third");
        server.done("disconnect", "right", "third");
    }

    @Test
    void shouldVerifyTheSystemExclusiveMessagesThatItSends() throws IOException {
        Path file = Files.write(folder.resolve("bank.syx"), HexFormat.of().parseHex("f07d0102f7f07d0304f7"));

        JsonObject json = server.said("sysex", "send", "left", file.toString(), "--verify", "--rate", "3125", "--json")
                .json();

        assertTrue(json.getBoolean("verified", false));
        assertEquals(2, json.getInt("messages", 0));
        java.util.zip.CRC32 sum = new java.util.zip.CRC32();
        sum.update(Files.readAllBytes(file));
        assertEquals(sum.getValue(), Long.parseLong(json.getString("crc32", ""), 16));
        assertEquals(ExitCodes.WRONG_USAGE, server.say("sysex", "send", "left", file.toString(), "--rate", "0")
                .exitCode());
    }

    @Test
    void shouldCountWhatPassedAPortAndAConnection() {
        int id = server.said("connect", "left", "right", "--json").json().getInt("id", 0);
        long before = value(server.said("stats", "left", "--json").json(), "source", "left events");

        server.done("send", "left", "on", "C4", "1", "off", "C4");

        VerbServer.await(() -> value(server.said("stats", "left", "--json").json(), "source", "left events") == before
                + 2);
        VerbServer.await(() -> value(server.said("stats", "--conn", "#" + id, "--json").json(), "connection",
                "left --> right events") == 2);
        assertEquals(ExitCodes.WRONG_USAGE, server.say("stats", "--histogram").exitCode());
        assertEquals(ExitCodes.NO_SUCH_NAME, server.say("stats", "absent").exitCode());
        server.done("disconnect", "#" + id);
    }

    private static long value(JsonObject counters, String kind, String name) {
        return counters.get("counters").asArray().values().stream().map(JsonValue::asObject)
                .filter(row -> row.getString("kind", "").equals(kind) && row.getString("name", "").equals(name))
                .mapToLong(row -> row.getLong("value", -1)).findFirst().orElse(-1);
    }

    @Test
    void shouldShowHowGapsAndTimesAreSpread() {
        CompletableFuture<Said> stats = CompletableFuture.supplyAsync(() -> server.say("stats", "right", "--histogram",
                "--seconds", "3", "--json"), THREADS);
        VerbServer.await(() -> server.done("ls", "-c").contains("carillon-stats-"));

        server.done("send", "right", "at", "+0.01", "pc", "1", "at", "+0.03", "pc", "2");

        JsonObject gaps = stats.join().json();
        assertEquals(20_000, gaps.get("gaps").asObject().getDouble("max_us", 0), 0.01);
        assertEquals(1, sum(gaps.get("histogram").asArray()));
        JsonObject latency = server.said("latency", "third", "third", "-n", "50", "--histogram", "--json").json();
        assertEquals(50, sum(latency.get("histogram").asArray()));
        assertTrue(server.done("latency", "third", "third", "-n", "5", "--histogram").contains("|#"));
    }

    @Test
    void shouldSilenceOnePort() {
        CompletableFuture<Said> soft = tap("left", "-n", "48", "--plain");
        server.done("panic", "lef");
        List<String> lines = lines(soft);
        assertEquals(List.of("ch 1 cc 64 0", "ch 1 cc 120 0", "ch 1 cc 123 0"), lines.subList(0, 3));
        assertEquals(List.of("ch 16 cc 64 0", "ch 16 cc 120 0", "ch 16 cc 123 0"), lines.subList(45, 48));

        CompletableFuture<Said> hard = tap("left", "-n", "2112", "--plain");
        server.done("panic", "left", "--hard");
        assertEquals(2048, lines(hard).stream().filter(line -> line.contains(" off ")).count());
        assertTrue(server.said("panic", "--hard", "--json").json().getBoolean("hard", false));
    }

    @Test
    void shouldSendWhatComesInAtStandardInput() {
        CompletableFuture<Said> tapped = tap("left", "-n", "3", "--plain");
        InputStream before = System.in;
        try {
            System.setIn(new ByteArrayInputStream("ch 2 on C4 1 # a comment\n\ncc 7 1\nat +0.01 stop\n"
                    .getBytes(StandardCharsets.UTF_8)));
            assertEquals(3, server.said("send", "left", "-", "--json").json().getInt("sent", 0));
        } finally {
            System.setIn(before);
        }
        assertEquals(List.of("ch 2 on C4 1", "ch 2 cc 7 1", "stop"), lines(tapped));
        assertFalse(server.done("ls", "-c").contains("carillon-send"));
    }
}
