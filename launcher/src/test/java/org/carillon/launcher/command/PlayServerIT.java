package org.carillon.launcher.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.eclipsesource.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.carillon.client.CarillonClient;
import org.carillon.client.ClientSession;
import org.carillon.launcher.sound.Songs;
import org.carillon.platform.Platform;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;
import org.carillon.sequencer.MidiFileReader;
import org.carillon.sequencer.MidiFileWriter;
import org.carillon.sequencer.Sequence;
import org.carillon.sequencer.TempoMap;
import org.carillon.sequencer.Track;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Songs to and from the ports of a server in another process. */
@Timeout(180)
final class PlayServerIT {
    private static final int NOTES = 8;
    private static final Sequence SONG = Songs.twoTracks(NOTES);
    private static final int MESSAGES = 2 + NOTES * 6;
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(60);

    @TempDir
    private static Path folder;
    private static Path song;
    private static VerbServer server;

    /** A message and its time, rounded, for a tick of the recording is half a millisecond. */
    private record Heard(long timeMs, int status, int data1, int data2) {}

    @BeforeAll
    static void start() throws IOException {
        assumeTrue(Platform.current().isNative(), "needs native calls");
        song = folder.resolve("song.mid");
        MidiFileWriter.write(SONG, song);
        server = new VerbServer(folder, "left", "right");
    }

    @AfterAll
    static void end() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void shouldRecordOfTwoPortsWhatWasPlayedToThem() throws Exception {
        Path take = folder.resolve("take.mid");
        Process record = server.start("record", "record", take.toString(), "-p", "LEF,right", "--json");
        VerbServer.await(() -> server.done("ls", "-c").lines().filter(line -> line.contains("carillon-recorder-"))
                .count() == 2);

        JsonObject played = server.said("play", song.toString(), "-p", "left,right", "--tempo", "480", "--json")
                .json();
        VerbServer.Said recorded = server.interrupt("record", record);

        assertTrue(played.getBoolean("complete", false), played.toString());
        assertEquals("left,right", played.getString("to", ""));
        assertEquals(MESSAGES, played.getInt("messages_sent", 0));
        assertEquals(ExitCodes.DONE, recorded.exitCode(), recorded.error());
        assertEquals(2 * MESSAGES, recorded.json().getInt("events", 0));
        Sequence taken = MidiFileReader.read(take).sequence();
        for (Track track : taken.tracks().subList(1, 3)) {
            checkTimes(track, TempoMap.of(taken));
        }
        assertFalse(server.done("ls", "-c").contains("carillon-"), "connections are left");
    }

    /** Twice as fast as it is written, to the millisecond. */
    private static void checkTimes(Track track, TempoMap tempos) {
        TempoMap own = TempoMap.of(SONG);
        List<Heard> recorded = heard(track, tempos, 1);
        List<Heard> written = SONG.tracks().stream().flatMap(each -> heard(each, own, 2).stream()).toList();
        assertEquals(written.size(), recorded.size());
        long offsetMs = recorded.getFirst().timeMs;
        for (Heard each : written) {
            assertTrue(recorded.stream().anyMatch(other -> other.status == each.status && other.data1 == each.data1
                    && other.data2 == each.data2 && Math.abs(other.timeMs - offsetMs - each.timeMs) <= 2),
                    each + " in " + recorded);
        }
    }

    private static List<Heard> heard(Track track, TempoMap tempos, int speed) {
        return IntStream.range(0, track.size()).filter(i -> track.status(i) < 0xF0)
                .mapToObj(i -> new Heard(TimeUnit.NANOSECONDS.toMillis(tempos.timeNs(track.tick(i)) / speed),
                        track.status(i), track.byteAt(i, 1), track.lengthBytes(i) > 2 ? track.byteAt(i, 2) : 0))
                .toList();
    }

    @Test
    void shouldLeaveNoNoteWhenItIsInterrupted() throws Exception {
        Set<Integer> sounding = new HashSet<>();
        try (CarillonClient client = server.client(); ClientSession session = client.open("listener")) {
            session.connect("right", session.destination("in").name());
            Process play = server.start("play", "play", song.toString(), "--port", "right", "--loop", "all", "--json");
            long untilNs = System.nanoTime() + LIMIT_NS;
            while (sounding.size() < 3) {
                assertTrue(System.nanoTime() - untilNs < 0, "no note sounds");
                listen(session, sounding);
            }

            VerbServer.Said said = server.interrupt("play", play);

            while (!sounding.isEmpty()) {
                assertTrue(System.nanoTime() - untilNs < 0, "notes hang: notes=" + sounding);
                listen(session, sounding);
            }
            assertEquals(ExitCodes.DONE, said.exitCode(), said.error());
            assertFalse(said.json().getBoolean("complete", true));
            session.disconnect("right", "listener:in");
        }
    }

    private static void listen(ClientSession session, Set<Integer> sounding) {
        session.await(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(20));
        session.poll(event -> note(event, sounding), 1);
    }

    private static void note(Event event, Set<Integer> sounding) {
        int note = event.channel() << 7 | event.data(1);
        if (event.type() == EventType.KEY_ON && event.data(2) > 0) {
            sounding.add(note);
        } else if (event.type() == EventType.KEY_ON || event.type() == EventType.KEY_OFF) {
            sounding.remove(note);
        }
    }

    @Test
    void shouldRecordForAWhile() throws IOException {
        Path take = folder.resolve("short.mid");

        JsonObject json = server.said("record", take.toString(), "-p", "\"left\"", "--seconds", "0.2", "--json").json();

        assertEquals(0, json.getInt("events", -1));
        assertTrue(Files.size(take) > 0);
    }

    @Test
    void shouldRefuseWhatMakesNoSense() {
        Path none = folder.resolve("none/control");
        String file = song.toString();

        assertEquals(ExitCodes.WRONG_USAGE, server.say("play", file, "-p", "left", "--to", "loop").exitCode());
        assertEquals(ExitCodes.WRONG_USAGE, server.say("play", file, "-p", "left", "--tempo", "9%0").exitCode());
        assertEquals(ExitCodes.WRONG_USAGE, server.say("record", file, "-p", "left", "--from", "loop").exitCode());
        assertEquals(ExitCodes.NO_SUCH_NAME, server.say("play", file, "-p", "nowhere").exitCode());
        assertEquals(ExitCodes.NO_SUCH_NAME, server.say("record", file, "-p", "*t").exitCode());
        assertEquals(ExitCodes.UNREACHABLE, VerbServer.sayTo(none, "play", file, "-p", "left").exitCode());
        assertEquals(ExitCodes.UNREACHABLE, VerbServer.sayTo(none, "record", file, "-p", "left").exitCode());
    }
}
