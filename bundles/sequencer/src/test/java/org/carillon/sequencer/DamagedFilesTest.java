package org.carillon.sequencer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.carillon.sequencer.Damage.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each damage that files have, what is said of it, and what is still read. */
class DamagedFilesTest {
    private static final String NOTE = "00 90 3C 64 60 80 3C 40";
    private static final String END = "00 FF 2F 00";
    private static final List<String> PLAIN = List.of("0 903c64", "96 803c40");

    /** @param damage kind and offset of each finding. */
    private record Case(String name, byte[] file, List<String> damage, List<String> events) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Case track(String name, String hex, List<String> damage, List<String> events) {
        return new Case(name, FileBytes.header(0, 1, 96).track(hex).done(), damage, events);
    }

    private static FileBytes one() {
        return FileBytes.header(0, 1, 96);
    }

    private static Stream<Case> events() {
        return Stream.of(
                track("sound", NOTE + END, List.of(), PLAIN),
                track("running status", "00 90 3C 64 60 3C 00" + END, List.of(), List.of("0 903c64", "96 903c00")),
                track("running status after meta", "00 90 3C 64 00 FF 01 00 60 3C 00" + END,
                        List.of("RUNNING_STATUS 31"),
                        List.of("0 903c64", "0 ff01", "96 903c00")),
                track("running status after sysex", "00 C0 05 00 F0 01 F7 10 06" + END, List.of("RUNNING_STATUS 30"),
                        List.of("0 c005", "0 f0f7", "16 c006")),
                track("no status at the start", "00 3C 64 60 80 3C 40" + END, List.of("NO_STATUS 23"),
                        List.of("0 803c40")),
                track("no end", NOTE, List.of("NO_END_OF_TRACK 30"), PLAIN),
                track("two ends", NOTE + END + END, List.of("EARLY_END_OF_TRACK 31"), PLAIN),
                track("events behind the end", "00 90 3C 64" + END + "60 80 3C 40" + END,
                        List.of("EARLY_END_OF_TRACK 27"), PLAIN),
                track("zeros behind the end", NOTE + END + "00 00 00 00",
                        List.of("EARLY_END_OF_TRACK 31", "NO_STATUS 35"), PLAIN),
                track("delta time of five bytes", "80 80 80 80 05 90 3C 64" + END, List.of("VAR_LENGTH 22"),
                        List.of("5 903c64")),
                track("delta time too large", "FF FF FF FF 7F 90 3C 64" + END,
                        List.of("VAR_LENGTH 22", "VAR_LENGTH 22"), List.of("268435455 903c64")),
                track("velocity above 127", "00 90 3C E4" + "60 80 3C 40" + END, List.of("DATA_BYTE 24"), PLAIN),
                track("message cut by the end", "00 90 3C 64 60 80 3C",
                        List.of("TRUNCATED_EVENT 28", "NO_END_OF_TRACK 29"),
                        List.of("0 903c64")),
                track("delta time at the end", "00 90 3C 64 60", List.of("TRUNCATED_EVENT 26", "NO_END_OF_TRACK 27"),
                        List.of("0 903c64")),
                track("huge meta", "00 FF 01 FF FF FF 7F 41 42",
                        List.of("TRUNCATED_EVENT 23", "NO_END_OF_TRACK 31"), List.of("0 ff014142")),
                track("huge sysex", "00 F0 8F FF FF FF 7F 01 02",
                        List.of("VAR_LENGTH 24", "TRUNCATED_EVENT 23", "SYSEX_UNFINISHED 23", "NO_END_OF_TRACK 31"),
                        List.of("0 f00102")),
                track("unfinished sysex", "00 F0 02 01 02" + NOTE + END, List.of("SYSEX_UNFINISHED 23"),
                        List.of("0 f00102", "0 903c64", "96 803c40")),
                track("sysex in pieces", "00 F0 02 01 02 05 F7 02 03 04 05 F7 01 F7 00 F7 01 F8" + END, List.of(),
                        List.of("0 f00102", "5 f70304", "10 f7f7", "10 f7f8")),
                track("status inside sysex", "00 F0 04 01 90 02 F7" + END, List.of("DATA_BYTE 26"),
                        List.of("0 f0019002f7")),
                track("system messages", "00 F8 00 F2 01 02 00 F4" + END,
                        List.of("SYSTEM_MESSAGE 23", "SYSTEM_MESSAGE 25", "SYSTEM_MESSAGE 29"),
                        List.of("0 f7f8", "0 f7f20102", "0 f7f4")),
                track("tempo of two bytes", "00 FF 51 02 07 A1" + END, List.of("META_LENGTH 23"),
                        List.of("0 ff5107a1")),
                track("tempo of 0", "00 FF 51 03 00 00 00" + END, List.of("META_VALUE 23"), List.of("0 ff51000000")),
                track("no beats", "00 FF 58 04 00 02 18 08" + END, List.of("META_VALUE 23"), List.of("0 ff5800021808")),
                track("end with data", "00 FF 2F 02 01 02", List.of("META_LENGTH 23"), List.of()),
                track("meta type above 127", "00 FF 81 01 41" + END, List.of("DATA_BYTE 24"), List.of("0 ff8141")),
                track("meta without a type", "00 90 3C 64 00 FF", List.of("TRUNCATED_EVENT 27", "NO_END_OF_TRACK 28"),
                        List.of("0 903c64")));
    }

    private static Stream<Case> chunks() {
        return Stream.of(
                new Case("length of 0", one().track(0, NOTE + END).done(), List.of("CHUNK_LENGTH 18"), PLAIN),
                new Case("length too short", one().track(6, NOTE + END).done(), List.of("CHUNK_LENGTH 18"), PLAIN),
                new Case("length too long", one().track(99, NOTE + END).done(), List.of("CHUNK_LENGTH 18"), PLAIN),
                new Case("length of 4 GB", one().track(-1, NOTE + END).done(), List.of("CHUNK_LENGTH 18"), PLAIN),
                new Case("cut in the middle", one().track(12, NOTE).done(),
                        List.of("NO_END_OF_TRACK 30", "CHUNK_LENGTH 18"), PLAIN),
                new Case("length over the next track",
                        FileBytes.header(1, 2, 96).track(32, NOTE + END).track(NOTE + END).done(),
                        List.of("CHUNK_LENGTH 18"), List.of("0 903c64", "96 803c40", "0 903c64", "96 803c40")),
                new Case("trailing bytes", one().track(NOTE + END).raw("00 00 00").done(), List.of("NO_CHUNK 34"),
                        PLAIN),
                new Case("trailing text", one().track(NOTE + END).ascii("and so it ends").done(),
                        List.of("NO_CHUNK 34"), PLAIN),
                new Case("bytes between tracks",
                        FileBytes.header(1, 2, 96).track(NOTE + END).raw("01 02").track(END).done(),
                        List.of("NO_CHUNK 34"), PLAIN),
                new Case("unknown chunk",
                        one().ascii("XFIH").number(3, 4).raw("01 02 03").track(NOTE + END).done(), List.of(), PLAIN),
                new Case("second header", one().track(NOTE + END).bytes(one().done()).done(), List.of("HEADER 34"),
                        PLAIN),
                new Case("too few tracks", FileBytes.header(1, 3, 96).track(NOTE + END).done(),
                        List.of("TRACK_COUNT 34"), PLAIN),
                new Case("too many tracks", FileBytes.header(0, 1, 96).track(NOTE + END).track(END).done(),
                        List.of("TRACK_COUNT 46", "TRACK_COUNT 46"), PLAIN),
                new Case("status of the track before",
                        FileBytes.header(1, 2, 96).track("00 90 3C 64" + END).track("60 3C 00" + END).done(),
                        List.of("RUNNING_STATUS 39"), List.of("0 903c64", "96 903c00")));
    }

    private static Stream<Case> headers() {
        return Stream.of(
                new Case("bytes before the header",
                        new FileBytes().raw("00 01 02").bytes(one().track(NOTE + END).done()).done(),
                        List.of("LEADING_BYTES 0"), PLAIN),
                new Case("longer header", new FileBytes().ascii("MThd").number(9, 4).raw("0000 0001 0060 070809")
                        .track(NOTE + END).done(), List.of(), PLAIN),
                new Case("header that lies of its length", new FileBytes().ascii("MThd").number(900, 4)
                        .raw("0000 0001 0060").track(NOTE + END).done(), List.of("HEADER 0"), PLAIN),
                new Case("header of 4 bytes", new FileBytes().ascii("MThd").number(4, 4).raw("0000 0001")
                        .track(NOTE + END).done(), List.of("HEADER 0", "HEADER 12"), PLAIN),
                new Case("header and nothing else", new FileBytes().ascii("MThd").number(6, 4).done(),
                        List.of("HEADER 0", "HEADER 8"), List.of()),
                new Case("format 7", FileBytes.header(7, 1, 96).track(NOTE + END).done(), List.of("HEADER 8"), PLAIN),
                new Case("division of 0", FileBytes.header(0, 1, 0).track(NOTE + END).done(), List.of("HEADER 12"),
                        PLAIN),
                new Case("frames without ticks", FileBytes.header(0, 1, 0xE700).track(NOTE + END).done(),
                        List.of("HEADER 12"), PLAIN),
                new Case("17 frames a second", FileBytes.header(0, 1, 0xEF28).track(NOTE + END).done(),
                        List.of("HEADER 12"), PLAIN),
                new Case("RIFF", riff(34, one().track(NOTE + END).done()), List.of(), PLAIN),
                new Case("RIFF of a wrong length", riff(99, one().track(NOTE + END).done()),
                        List.of("RIFF 12"), PLAIN),
                new Case("RIFF without music", new FileBytes().ascii("RIFF").raw("34000000").ascii("RMIDnote")
                        .raw("26000000 01020304").bytes(one().track(NOTE + END).done()).done(),
                        List.of("RIFF 4", "RIFF 12", "LEADING_BYTES 0"), PLAIN));
    }

    private static byte[] riff(int dataLength, byte[] music) {
        return new FileBytes().ascii("RIFF").number(Integer.reverseBytes(music.length + 12), 4).ascii("RMIDdata")
                .number(Integer.reverseBytes(dataLength), 4).bytes(music).done();
    }

    @ParameterizedTest
    @MethodSource({"events", "chunks", "headers"})
    void shouldReadWhatItCanAndNameWhatItCannot(Case damaged) throws MidiFileException {
        MidiFile read = MidiFileReader.read(damaged.file, "song.mid");

        assertEquals(damaged.damage, read.damage().stream().map(d -> d.kind() + " " + d.offset()).toList(),
                () -> read.damage().toString());
        assertEquals(damaged.events, read.sequence().tracks().stream()
                .flatMap(track -> IntStream.range(0, track.size()).mapToObj(track::event))
                .map(TrackEvent::toString).toList());
        read.damage().forEach(damage -> assertTrue(damage.message().contains("file=song.mid, offset="
                + damage.offset()), damage.message()));
        byte[] written = MidiFileWriter.toBytes(read.sequence());
        Sequence again = MidiFileReader.read(written, "again.mid").sequence();
        assertEquals(read.sequence(), again);
        assertArrayEquals(written, MidiFileWriter.toBytes(again));
    }

    @ParameterizedTest
    @MethodSource({"events", "chunks", "headers"})
    void shouldReadEveryBeginningOfAFile(Case damaged) {
        for (int length = 0; length < damaged.file.length; length++) {
            byte[] cut = Arrays.copyOf(damaged.file, length);
            try {
                MidiFile read = MidiFileReader.read(cut, "cut.mid");
                assertEquals(read.sequence(),
                        MidiFileReader.read(MidiFileWriter.toBytes(read.sequence()), "again.mid").sequence());
            } catch (MidiFileException e) {
                assertTrue(e.getMessage().contains("MThd") && e.getMessage().contains("file=cut.mid"), e.getMessage());
            }
        }
    }

    @Test
    void shouldRefuseWhatHasNoHeader() {
        assertEquals("MIDI file must start with MThd, it is empty: file=empty.mid, offset=0",
                assertThrows(MidiFileException.class, () -> MidiFileReader.read(new byte[0], "empty.mid"))
                        .getMessage());
        MidiFileException none = assertThrows(MidiFileException.class,
                () -> MidiFileReader.read("ID3 no music of this kind".getBytes(
                        StandardCharsets.US_ASCII), "song.mp3"));
        assertEquals("MIDI file must start with MThd, nowhere found: file=song.mp3, offset=0", none.getMessage());
        assertEquals(0, none.offset());
    }

    @Test
    void shouldCountWhatIsTooMuchToList() throws MidiFileException {
        List<Damage> damage = MidiFileReader.read(one().track("00 F8".repeat(1_000) + END).done(), "clock.mid")
                .damage();

        assertEquals(DamageLog.FULL_LIMIT + 1, damage.size());
        assertEquals(Kind.MORE, damage.getLast().kind());
        assertTrue(damage.getLast().message().contains("kind=system-message, count=980"), damage.getLast().message());
    }
}
