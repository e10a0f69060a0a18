package org.carillon.launcher.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.carillon.launcher.CarillonHost;
import org.carillon.launcher.HostOptions;
import org.carillon.launcher.Program;
import org.carillon.launcher.sound.Performance;
import org.carillon.launcher.sound.Recording;
import org.carillon.launcher.sound.SongPlay;
import org.carillon.launcher.sound.Songs;
import org.carillon.sequencer.MidiFileReader;
import org.carillon.sequencer.MidiFileWriter;
import org.carillon.sequencer.Sequence;
import org.carillon.sequencer.TempoMap;
import org.carillon.sequencer.Track;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Songs and sound as users meet them. */
final class SoundIT {
    private static final int NOTES = 8;
    private static final Sequence SONG = Songs.twoTracks(NOTES);
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(20);

    @TempDir
    private Path folder;
    private Path song;

    /** A message and its time, rounded, for a tick of the recording is half a millisecond. */
    private record Heard(long timeMs, int status, int data1, int data2) {}

    @BeforeEach
    void writeSong() throws IOException {
        song = folder.resolve("song.mid");
        MidiFileWriter.write(SONG, song);
    }

    @Test
    void shouldRenderTheSameBytesAgain() throws Exception {
        Path one = folder.resolve("one.wav");
        Path two = folder.resolve("two.wav");
        Program first = Program.java(Program.command("render", song.toString(), "-o", one.toString(), "--json"));
        Program second = Program.java(Program.command("render", song.toString(), "-o", two.toString()));

        assertEquals(0, first.exitCode(), first.error());
        assertEquals(0, second.exitCode(), second.error());
        JsonObject report = Json.parse(first.out()).asObject();
        assertTrue(report.getDouble("rms_dbfs", -200) > -40, first.out());
        assertEquals(2, report.getDouble("music_seconds", 0));
        assertArrayEquals(Files.readAllBytes(one), Files.readAllBytes(two));
    }

    @Test
    void shouldPlayToNobodyAndSayHowItWent() throws Exception {
        Program play = Program.java(Program.command("play", song.toString(), "--output", "none", "--tempo", "200%",
                "--json"));

        assertEquals(0, play.exitCode(), play.error());
        JsonObject report = Json.parse(play.out()).asObject();
        assertTrue(report.getBoolean("complete", false), play.out());
        assertEquals(2 + NOTES * 6, report.getInt("messages_sent", 0));
        assertTrue(report.getInt("voices_peak", 0) >= 3, play.out());
    }

    @Test
    void shouldNameThePortsWhereOneIsNotThere() throws Exception {
        Program play = Program.java(Program.command("play", song.toString(), "--to", "nowhere"));

        assertEquals(ExitCodes.NO_SUCH_NAME, play.exitCode(), play.error());
        assertTrue(play.error().contains("known=loop"), play.error());
    }

    @Test
    void shouldRefuseALoopWithNothingInIt() throws Exception {
        Program play = Program.java(Program.command("play", song.toString(), "--to", "loop", "--loop", "3:1..2:1"));

        assertEquals(ExitCodes.WRONG_USAGE, play.exitCode(), play.error());
        assertTrue(play.error().contains("--loop"), play.error());
    }

    @Test
    void shouldPlayASongOfTheUsersInTheDemo() throws Exception {
        Program demo = Program.java(Program.command("demo", song.toString(), "--json", "--wav",
                folder.resolve("demo.wav").toString(), "--picture", folder.resolve("a.svg").toString(), "--waveform",
                folder.resolve("b.svg").toString()));

        assertEquals(0, demo.exitCode(), demo.out() + demo.error());
        JsonObject report = Json.parse(demo.out()).asObject();
        assertEquals(2 + NOTES * 6, report.getInt("events_received", 0));
        assertEquals("file demo.wav", report.getString("sound", ""));
        assertTrue(Files.size(folder.resolve("demo.wav")) > 2 * 48_000 * 4);
    }

    @Test
    void shouldRecordWhatIsPlayed() throws Exception {
        Path take = folder.resolve("take.mid");
        HostOptions options = HostOptions.temporary().home(Program.distribution()).withoutConfigurationFiles()
                .configuration("org.carillon.driver.loopback~loop", Map.of("name", "loop"));
        try (CarillonHost host = CarillonHost.start(options);
                Recording recording = new Recording(host.sessions(), List.of("loop"))) {
            try (SongPlay play = new SongPlay(host.sessions(), SONG, Performance.PLAIN)) {
                play.connect("loop");
                Thread player = Thread.ofPlatform().start(() -> play.run(() -> false, progress -> {}));
                long untilNs = System.nanoTime() + LIMIT_NS;
                while (recording.counts().recorded() < 2 + NOTES * 6 && System.nanoTime() - untilNs < 0) {
                    recording.poll(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(50));
                }
                player.join(TimeUnit.NANOSECONDS.toMillis(LIMIT_NS));
                assertTrue(play.isComplete());
            }
            recording.writeTo(take);
        }

        List<Heard> played = heard(SONG);
        List<Heard> recorded = heard(MidiFileReader.read(take).sequence());
        assertEquals(played.size(), recorded.size());
        long offsetMs = recorded.getFirst().timeMs;
        for (Heard each : played) {
            assertTrue(recorded.stream().anyMatch(other -> other.status == each.status && other.data1 == each.data1
                    && other.data2 == each.data2 && Math.abs(other.timeMs - offsetMs - each.timeMs) <= 2),
                    each + " in " + recorded);
        }
    }

    private static List<Heard> heard(Sequence sequence) {
        TempoMap tempos = TempoMap.of(sequence);
        return sequence.tracks().stream().flatMap(track -> IntStream.range(0, track.size())
                .filter(i -> track.status(i) < 0xF0).mapToObj(i -> heard(track, i, tempos)))
                .sorted((a, b) -> Long.compare(a.timeMs, b.timeMs)).toList();
    }

    private static Heard heard(Track track, int index, TempoMap tempos) {
        return new Heard(TimeUnit.NANOSECONDS.toMillis(tempos.timeNs(track.tick(index))), track.status(index),
                track.byteAt(index, 1), track.lengthBytes(index) > 2 ? track.byteAt(index, 2) : 0);
    }

    @Test
    void shouldEndCleanlyWhenToldTo() throws Exception {
        Path take = folder.resolve("take.mid");
        Path out = folder.resolve("out");
        Path error = folder.resolve("error");
        Process record = Program.start(out, error, Program.command("record", take.toString(), "--seconds", "3600"));
        try {
            long untilNs = System.nanoTime() + LIMIT_NS;
            while (!Files.readString(error).contains("recording") && System.nanoTime() - untilNs < 0) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            }
            record.destroy();
            assertTrue(record.waitFor(LIMIT_NS, TimeUnit.NANOSECONDS));
            assertEquals(0, record.exitValue(), Files.readString(error));
            assertFalse(MidiFileReader.read(take).sequence().tracks().isEmpty());
        } finally {
            record.destroyForcibly();
        }
    }
}
