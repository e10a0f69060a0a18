package org.carillon.sequencer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertIterableEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.carillon.api.port.CarillonException;
import org.carillon.api.session.Session;
import org.carillon.kernel.RunningKernel;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;
import org.carillon.scheduler.TimeScheduler;
import org.carillon.sequencer.PlayerProgress.State;
import org.carillon.transport.local.LocalTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Player and recorder at both ends of a real kernel. */
class LiveTest {
    private static final long LIMIT_NS = 30_000_000_000L;
    private static final int SCHEDULER_CAPACITY = 4_096;
    private static final int RING_BYTES = 65_536;
    private static final long MS = 1_000_000;
    private static final int SYSEX_BYTES = 5_000;

    @TempDir
    private Path folder;
    private final RunningKernel running = new RunningKernel(new TimeScheduler(SCHEDULER_CAPACITY));
    private final LocalTransport transport = new LocalTransport(running.kernel(), RING_BYTES);
    private final Session receiver = transport.open("receiver");
    private final Recorder recorder = new Recorder(RecorderOptions.DEFAULTS, List.of("heard"));
    private final Map<Integer, Integer> sounding = new HashMap<>();
    private int notes;

    @AfterEach
    void stop() throws InterruptedException {
        transport.close();
        running.stop();
    }

    private static FilePlayerConfig config(Map<String, Object> values) {
        return (FilePlayerConfig) Proxy.newProxyInstance(FilePlayerConfig.class.getClassLoader(),
                new Class<?>[]{FilePlayerConfig.class},
                (self, method, arguments) -> values.getOrDefault(method.getName(), method.getDefaultValue()));
    }

    private void onEvent(Event event) {
        recorder.onEvent(event);
        boolean isOn = event.type() == EventType.KEY_ON && event.data(2) > 0;
        if (isOn) {
            sounding.merge(event.data(1), 1, Integer::sum);
            notes++;
        } else if (event.type() == EventType.KEY_OFF || event.type() == EventType.KEY_ON) {
            sounding.computeIfPresent(event.data(1), (key, count) -> count == 1 ? null : count - 1);
        }
    }

    private void receiveUntil(BooleanSupplier condition) {
        long untilNs = System.nanoTime() + LIMIT_NS;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - untilNs < 0, "it does not come");
            if (receiver.poll(this::onEvent, 100) == 0) {
                receiver.await(System.nanoTime() + 20 * MS);
            }
        }
    }

    private Path write(Sequence sequence) throws IOException {
        Path file = folder.resolve("song.mid");
        MidiFileWriter.write(sequence, file);
        return file;
    }

    private static Sequence dense() {
        TrackBuilder track = new TrackBuilder();
        byte[] dump = new byte[SYSEX_BYTES];
        dump[0] = (byte) Midi.SYSEX;
        dump[SYSEX_BYTES - 1] = (byte) Midi.SYSEX_END;
        track.add(0, 0x90, 40, 1).add(480, dump).add(500, FileBytes.hex("F7 FA"));
        for (int i = 0; i < 2_000; i++) {
            track.add(i * 2L / 3, 0xB0 | i % 16, i % 60, i & 0x7F);
        }
        return new Sequence(0, Division.ofQuarter(960), List.of(track.add(1_920, 0x80, 40, 1).build()));
    }

    private static List<String> played(Track track, long fromTick) {
        List<String> events = new ArrayList<>();
        for (int i = 0; i < track.size(); i++) {
            if (track.status(i) != Midi.META) {
                TrackEvent event = track.event(i);
                events.add(new TrackEvent(event.tick() - fromTick, event.bytes()).toString());
            }
        }
        return events;
    }

    @Test
    void shouldHearAFileAsItIsWritten() throws IOException {
        receiver.destination("in");
        Path file = write(dense());
        FilePlayer player = new FilePlayer(transport, config(Map.of("name", "box", "file", file.toString(), "to",
                "receiver:in")));

        receiveUntil(() -> player.player().progress().state() == State.ENDED);
        receiveUntil(() -> recorder.counts().recorded() == 2_004);

        Path recording = folder.resolve("recording.mid");
        MidiFileWriter.write(recorder.sequence(receiver.clock().nowNs()), recording);
        MidiFile heard = MidiFileReader.read(recording);
        assertEquals(List.of(), heard.damage());
        assertIterableEquals(played(dense().tracks().getFirst(), 0), played(heard.sequence().tracks().getFirst(), 0));
        assertEquals(0, receiver.status().droppedInAll());
        assertEquals(0, player.player().progress().slips());
        player.deactivate();
        assertFalse(receiver.status().connections().stream().anyMatch(c -> c.source().equals("box:out")));
    }

    @Test
    void shouldLeaveNothingSoundingWhenItGoes() throws IOException {
        receiver.destination("in");
        TrackBuilder track = new TrackBuilder();
        for (int i = 0; i < 40; i++) {
            track.add(i, 0x90, 40 + i, 100).add(100_000 + i, 0x80, 40 + i, 0);
        }
        Path file = write(new Sequence(0, Division.ofQuarter(960), List.of(track.build())));
        FilePlayer player = new FilePlayer(transport, config(Map.of("name", "box", "file", file.toString(), "to",
                "receiver:in", "repeat", true, "tempoPercent", 150.0)));
        receiveUntil(() -> notes == 40);
        assertEquals(40, sounding.size());

        player.deactivate();
        receiveUntil(sounding::isEmpty);

        assertFalse(receiver.status().sessions().contains("box"));
    }

    @Test
    void shouldWaitForItsCommand() throws IOException {
        receiver.destination("in");
        FilePlayer player = new FilePlayer(transport, config(Map.of("name", "box", "file", write(dense()).toString(),
                "to", "receiver:in", "start", false, "from", "1:2")));
        receiveUntil(() -> player.player().parts().size() == 1);
        assertEquals(State.STOPPED, player.player().progress().state());

        player.player().play();
        receiveUntil(() -> player.player().progress().state() == State.ENDED);

        assertEquals(0, notes);
        assertTrue(recorder.counts().recorded() > 500, recorder.counts().toString());
        player.deactivate();
    }

    @Test
    void shouldSayWhatItCannotPlay() throws IOException {
        Path text = Files.writeString(folder.resolve("text.mid"), "no music");
        IOException none = assertThrows(IOException.class, () -> new FilePlayer(transport,
                config(Map.of("name", "box", "file", folder.resolve("none.mid").toString()))));
        assertTrue(none.getMessage().startsWith("file to play must exist: file="), none.getMessage());
        assertThrows(MidiFileException.class,
                () -> new FilePlayer(transport, config(Map.of("name", "box", "file", text.toString()))));
        assertThrows(IllegalArgumentException.class, () -> new FilePlayer(transport, config(Map.of("name", ""))));
        Path song = write(dense());
        assertThrows(IllegalArgumentException.class, () -> new FilePlayer(transport,
                config(Map.of("name", "box", "file", song.toString(), "tempoPercent", 0.0))));
        assertThrows(IllegalArgumentException.class, () -> new FilePlayer(transport,
                config(Map.of("name", "box", "file", song.toString(), "track", 7))));
        assertThrows(CarillonException.class, () -> new FilePlayer(transport,
                config(Map.of("name", "receiver", "file", song.toString()))));
        assertFalse(receiver.status().sessions().contains("box"), "nothing stays open");
    }
}
