package org.carillon.sequencer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MetaMessage;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiMessage;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.SysexMessage;
import org.junit.jupiter.api.Test;

/** What the JDK's own reader and writer make of the same files, in both directions. */
class JavaSoundTest {
    private static final int SEQUENCES = 200;
    private static final int END_OF_TRACK = 0x2F;

    private int compared;

    @Test
    void shouldBeReadByTheJdkAsItWasWritten() throws Exception {
        int events = 0;
        for (int seed = 0; seed < SEQUENCES; seed++) {
            Sequence sequence = sequence(seed);

            var theirs = MidiSystem.getSequence(new ByteArrayInputStream(MidiFileWriter.toBytes(sequence)));

            assertEquals(ours(sequence), theirs(theirs), "seed " + seed);
            assertEquals(sequence.division().ticks(), theirs.getResolution());
            assertTime(sequence, theirs.getMicrosecondLength());
            events += sequence.size();
        }
        assertTrue(events > SEQUENCES * 50, "events=" + events);
        assertTrue(compared > 0);
    }

    @Test
    void shouldReadWhatTheJdkWrites() throws Exception {
        for (int seed = 0; seed < SEQUENCES; seed++) {
            var theirs = theirSequence(new Random(seed));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            MidiSystem.write(theirs, theirs.getTracks().length == 1 ? 0 : 1, out);

            MidiFile read = MidiFileReader.read(out.toByteArray(), "seed " + seed);

            assertEquals(List.of(), read.damage());
            assertEquals(theirs(theirs), ours(read.sequence()), "seed " + seed);
            assertTime(read.sequence(), theirs.getMicrosecondLength());
        }
        assertTrue(compared > SEQUENCES / 2, "compared=" + compared);
    }

    /** The JDK counts in floating point and 32 bits, and only knows tempos of the first track. */
    private void assertTime(Sequence sequence, long theirUs) {
        Sequence first = new Sequence(sequence.format(), sequence.division(), sequence.tracks().stream()
                .map(track -> track == sequence.tracks().getFirst() ? track : withoutTempo(track)).toList());
        double ourUs = SequenceSummary.of(first).durationNs() / 1e3;
        if (ourUs < Integer.MAX_VALUE) {
            assertEquals(theirUs, ourUs, ourUs * 1e-6 + 200);
            compared++;
        }
    }

    private static Track withoutTempo(Track track) {
        return new TrackBuilder().end(track.endTick()).build();
    }

    private static Sequence sequence(int seed) {
        Random random = new Random(seed);
        List<Track> tracks = new ArrayList<>();
        int count = 1 + seed % 3;
        for (int i = 0; i < count; i++) {
            tracks.add(new RandomSequence(seed * 7L + i).track(100, false));
        }
        return new Sequence(count == 1 ? 0 : 1, seed % 4 == 3
                ? Division.ofFrames(List.of(24, 25, 30).get(seed % 3), 40)
                : Division.ofQuarter(1 + random.nextInt(1_000)), tracks);
    }

    private static javax.sound.midi.Sequence theirSequence(Random random) throws InvalidMidiDataException {
        var sequence = new javax.sound.midi.Sequence(javax.sound.midi.Sequence.PPQ, 1 + random.nextInt(1_000));
        int tracks = 1 + random.nextInt(3);
        for (int t = 0; t < tracks; t++) {
            var track = sequence.createTrack();
            long tick = 0;
            for (int i = 0; i < 100; i++) {
                tick += random.nextInt(500);
                track.add(new MidiEvent(message(random), tick));
            }
        }
        return sequence;
    }

    private static MidiMessage message(Random random) throws InvalidMidiDataException {
        return switch (random.nextInt(5)) {
            case 0 ->
                new MetaMessage(0x51, new byte[]{(byte) (1 + random.nextInt(15)), (byte) random.nextInt(256), 3}, 3);
            case 1 -> new MetaMessage(1 + random.nextInt(7), "lyric".getBytes(), random.nextInt(6));
            case 2 -> new SysexMessage(new byte[]{(byte) 0xF0, 0x7D, (byte) random.nextInt(128), (byte) 0xF7}, 4);
            default -> new ShortMessage(0x80 + 16 * random.nextInt(7) + random.nextInt(16), random.nextInt(128),
                    random.nextInt(128));
        };
    }

    private static List<List<String>> ours(Sequence sequence) {
        List<List<String>> tracks = new ArrayList<>();
        for (Track track : sequence.tracks()) {
            List<String> events = new ArrayList<>();
            for (int i = 0; i < track.size(); i++) {
                events.add(track.event(i).toString());
            }
            events.add("end " + track.endTick());
            tracks.add(events);
        }
        return tracks;
    }

    private static List<List<String>> theirs(javax.sound.midi.Sequence sequence) {
        List<List<String>> tracks = new ArrayList<>();
        for (var track : sequence.getTracks()) {
            List<String> events = new ArrayList<>();
            for (int i = 0; i < track.size(); i++) {
                MidiEvent event = track.get(i);
                boolean isEnd = event.getMessage() instanceof MetaMessage meta && meta.getType() == END_OF_TRACK;
                events.add(isEnd ? "end " + event.getTick() : new TrackEvent(event.getTick(), bytes(event)).toString());
            }
            tracks.add(events);
        }
        return tracks;
    }

    private static byte[] bytes(MidiEvent event) {
        if (event.getMessage() instanceof MetaMessage meta) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.write(Midi.META);
            bytes.write(meta.getType());
            bytes.writeBytes(meta.getData());
            return bytes.toByteArray();
        }
        byte[] message = event.getMessage().getMessage();
        return Arrays.copyOf(message, event.getMessage().getLength());
    }

    @Test
    void shouldGiveTheSameTimeAsTheJdk() throws IOException, InvalidMidiDataException {
        Track track = new TrackBuilder().addTempo(0, 400_000).addTempo(480, 333_333).addTempo(961, 1_000_001).end(9_600)
                .build();
        Sequence sequence = new Sequence(0, Division.ofQuarter(480), List.of(track));
        TempoMap map = TempoMap.of(sequence);

        long exactNs = (480L * 400_000 + 481L * 333_333 + (9_600L - 961) * 1_000_001) * 1_000 / 480;

        assertEquals(exactNs, map.timeNs(9_600));
        assertTime(sequence, MidiSystem.getSequence(new ByteArrayInputStream(MidiFileWriter.toBytes(sequence)))
                .getMicrosecondLength());
    }
}
