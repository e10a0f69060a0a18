package org.carillon.sequencer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoundTripTest {
    private static final int SEQUENCES = 2_000;

    @TempDir
    private Path folder;

    @Test
    void shouldReadWhatItWrote() throws MidiFileException {
        int events = 0;
        for (int seed = 0; seed < SEQUENCES; seed++) {
            Sequence sequence = new RandomSequence(seed).any();
            byte[] bytes = MidiFileWriter.toBytes(sequence);

            MidiFile read = MidiFileReader.read(bytes, "seed " + seed);

            assertEquals(sequence, read.sequence(), "seed " + seed);
            assertArrayEquals(bytes, MidiFileWriter.toBytes(read.sequence()), "seed " + seed);
            events += read.sequence().size();
        }
        assertTrue(events > SEQUENCES * 20, "events=" + events);
    }

    @Test
    void shouldTellSequencesApart() {
        assertNotEquals(new RandomSequence(1).any(), new RandomSequence(2).any());
        Track track = new TrackBuilder().add(5, 0x90, 60, 100).build();
        assertNotEquals(track, new TrackBuilder().add(6, 0x90, 60, 100).build());
        assertNotEquals(track, new TrackBuilder().add(5, 0x90, 60, 101).build());
        assertNotEquals(track, new TrackBuilder().add(5, 0x90, 60, 100).end(6).build());
        assertEquals(track, new TrackBuilder().add(5, 0x90, 60, 100).end(5).build());
    }

    @Test
    void shouldBridgeTimesThatFourBytesCannotSay() throws MidiFileException {
        Track track = new TrackBuilder().add(0, 0x90, 60, 100).add(3L * Midi.MAX_VAR_LENGTH + 5, 0x80, 60, 0).build();
        Sequence sequence = new Sequence(0, Division.ofQuarter(960), List.of(track));

        MidiFile read = MidiFileReader.read(MidiFileWriter.toBytes(sequence), "long.mid");

        Track again = read.sequence().tracks().getFirst();
        assertEquals(List.of(), read.damage());
        assertEquals(track.event(1), again.event(again.size() - 1));
        assertEquals(3, again.size() - track.size());
    }

    @Test
    void shouldPutEventsInOrderAndKeepThoseOfOneTick() {
        Track track = new TrackBuilder().add(20, 0x80, 60, 1).add(10, 0x90, 60, 2).add(10, 0x90, 61, 3)
                .add(0, 0xC0, 5, 0).build();

        assertEquals("[0 c005, 10 903c02, 10 903d03, 20 803c01]",
                Stream.of(0, 1, 2, 3).map(track::event).toList().toString());
    }

    @Test
    void shouldRefuseWhatIsNoEvent() {
        TrackBuilder track = new TrackBuilder();
        for (byte[] event : List.of(new byte[0], FileBytes.hex("90 3C"), FileBytes.hex("90 3C E4"), FileBytes.hex("F8"),
                FileBytes.hex("FF 2F"), FileBytes.hex("FF"), FileBytes.hex("3C 64"))) {
            assertThrows(IllegalArgumentException.class, () -> track.add(0, event));
        }
        assertThrows(IllegalArgumentException.class, () -> track.add(-1, 0x90, 60, 100));
        assertThrows(IllegalArgumentException.class, () -> track.add(0, 0xF0, 60, 100));
        assertThrows(IllegalArgumentException.class, () -> track.add(0, 0x90, 60, 128));
        assertThrows(IllegalArgumentException.class, () -> track.addTempo(0, 0));
        assertEquals(0, track.size());
    }

    @Test
    void shouldReplaceAFileWholeAndLeaveNothingBeside() throws IOException {
        Path file = folder.resolve("song.mid");
        Sequence first = new RandomSequence(3).any();
        Sequence second = new RandomSequence(4).any();

        MidiFileWriter.write(first, file);
        assertEquals(first, MidiFileReader.read(file).sequence());
        MidiFileWriter.write(second, file);

        assertEquals(second, MidiFileReader.read(file).sequence());
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(file), files.toList());
        }
        assertThrows(IOException.class, () -> MidiFileWriter.write(first, folder.resolve("none/song.mid")));
    }

    @Test
    void shouldKeepNamesAndPorts() throws MidiFileException {
        Track track = new TrackBuilder().addText(0, 3, "Glöckchen").addText(0, 9, "Cable 2").addMeta(0, 0x21, (byte) 1)
                .build();
        byte[] latin = FileBytes.header(0, 1, 96).track("00 FF 03 03 47 6C F6 00 FF 2F 00").done();

        Track read = MidiFileReader.read(MidiFileWriter.toBytes(new Sequence(0, Division.ofQuarter(96),
                List.of(track))), "names.mid").sequence().tracks().getFirst();

        assertEquals("Glöckchen", read.name());
        assertEquals("Cable 2", read.deviceName());
        assertEquals(1, read.portPrefix());
        assertEquals("Glö", MidiFileReader.read(latin, "latin.mid").sequence().tracks().getFirst().name());
        assertEquals(-1, new TrackBuilder().build().portPrefix());
    }

    @Test
    void shouldHoldAMillionEvents() throws MidiFileException {
        TrackBuilder builder = new TrackBuilder();
        for (int i = 0; i < 1_000_000; i++) {
            builder.add(i * 7L, i % 2 == 0 ? 0x90 : 0x80, i / 2 % 128, 64);
        }
        Sequence sequence = new Sequence(0, Division.ofQuarter(960), List.of(builder.build()));

        MidiFile read = MidiFileReader.read(MidiFileWriter.toBytes(sequence), "million.mid");

        assertEquals(sequence, read.sequence());
        assertEquals(500_000, SequenceSummary.of(read.sequence()).notes());
    }
}
