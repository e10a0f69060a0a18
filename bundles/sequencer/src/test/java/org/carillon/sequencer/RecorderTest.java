package org.carillon.sequencer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.stream.IntStream;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;
import org.junit.jupiter.api.Test;

class RecorderTest {
    private static final long START_NS = 77_000_000_000L;
    private static final long SECOND_NS = 1_000_000_000L;

    private final MemorySegment memory = Arena.ofAuto().allocate(Event.MAX_LENGTH, Event.ALIGNMENT);
    private final Recorder recorder = new Recorder(RecorderOptions.DEFAULTS, List.of("one", "two"));

    private Event event(int destination, int type, long sinceNs, int flags, String hex) {
        byte[] data = FileBytes.hex(hex);
        memory.fill((byte) 0);
        MemorySegment.copy(data, 0, memory, ValueLayout.JAVA_BYTE, Event.DATA_OFFSET, data.length);
        int length = EventType.isShort(type) ? Event.SHORT_LENGTH : Event.HEADER_LENGTH + data.length;
        return new Event().wrap(memory, 0).header(length, type).timeNs(START_NS + sinceNs)
                .word(Event.toDestination(Event.word(9, 0, data.length, flags), destination));
    }

    private void come(int destination, int type, long sinceNs, int flags, String hex) {
        recorder.onEvent(event(destination, type, sinceNs, flags, hex));
    }

    private List<String> events(int track) {
        Track built = recorder.sequence(START_NS + 2 * SECOND_NS).tracks().get(track);
        return IntStream.range(0, built.size()).mapToObj(built::event).map(TrackEvent::toString).toList();
    }

    @Test
    void shouldKeepEverythingThatAFileCanHold() {
        recorder.start(START_NS);
        come(0, EventType.KEY_ON, SECOND_NS, 0, "90 3C 64");
        come(1, EventType.PROGRAM_CHANGE, SECOND_NS, 0, "C1 05");
        come(1, EventType.SYSEX, SECOND_NS, Event.BEGIN, "F0 7D 01");
        come(0, EventType.KEY_OFF, SECOND_NS + 1, 0, "80 3C 40");
        come(1, EventType.SYSEX, SECOND_NS, 0, "02 03");
        come(1, EventType.SYSEX, SECOND_NS, Event.END, "04 F7");
        come(1, EventType.CLOCK, SECOND_NS + SECOND_NS / 4, 0, "F8");
        come(1, EventType.SONG_POSITION, SECOND_NS + SECOND_NS / 2, 0, "F2 01 02");
        come(1, EventType.LYRIC, 2 * SECOND_NS, 0, "61 62");

        assertEquals(List.of("0 ff036f6e65", "1920 903c64", "1920 803c40"), events(1));
        assertEquals(List.of("0 ff0374776f", "1920 c105", "1920 f07d01020304f7", "2400 f7f8", "2880 f7f20102",
                "3840 ff056162"), events(2));
        assertEquals(List.of("0 ff5107a120"), events(0));
        assertEquals(new Recorder.Counts(7, 0, 0, 0), recorder.counts());
        assertEquals(3_840, recorder.sequence(START_NS).tracks().getFirst().endTick());
    }

    @Test
    void shouldWriteWholeNotesAsTwoEventsInOrder() {
        MemorySegment.copy(FileBytes.hex("92 3C 64"), 0, memory, ValueLayout.JAVA_BYTE, Event.DATA_OFFSET, 3);
        recorder.onEvent(new Event().wrap(memory, 0).header(Event.NOTE_LENGTH, EventType.NOTE).timeNs(START_NS)
                .word(Event.word(9, 0, 3, 0)).durationNs(SECOND_NS));
        come(0, EventType.CONTROL_CHANGE, SECOND_NS / 2, 0, "B2 01 05");

        assertEquals(List.of("0 ff036f6e65", "0 923c64", "960 b20105", "1920 823c40"), events(1));
    }

    @Test
    void shouldSayWhatItCouldNotKeep() {
        recorder.start(START_NS);
        come(0, EventType.SYSEX, 0, Event.BEGIN, "F0 01 02");
        come(0, EventType.SYSEX, 0, Event.END | Event.INCOMPLETE, "");
        come(0, EventType.UMP64, 0, 0, "00 00 90 40 00 00 00 00");
        come(0, EventType.TEMPO, 0, 0, "07 A1 20");
        come(5, EventType.KEY_ON, 0, 0, "90 3C 64");
        come(0, EventType.KEY_ON, -SECOND_NS, 0, "90 3C 64");

        assertEquals(new Recorder.Counts(1, 3, 1, 0), recorder.counts());
        assertTrue(events(1).get(1).startsWith("0 ff01"), events(1).toString());
        assertEquals("0 903c64", events(1).get(2));
    }

    @Test
    void shouldStopBeforeTheFileIsTooLong() {
        Recorder small = new Recorder(RecorderOptions.DEFAULTS, List.of("one"), 5_000);
        for (int i = 0; i < 10; i++) {
            small.onEvent(event(0, EventType.SYSEX, i, Event.BEGIN, "F0" + "00".repeat(499)));
            small.onEvent(event(0, EventType.SYSEX, i, 0, "00".repeat(500)));
            small.onEvent(event(0, EventType.SYSEX, i, Event.END, "F7"));
        }

        assertEquals(new Recorder.Counts(4, 0, 0, 6), small.counts());
        assertTrue(MidiFileWriter.toBytes(small.sequence(START_NS)).length < 5_000);
    }

    @Test
    void shouldBeOffByNoMoreThanHalfATick() {
        recorder.start(START_NS);
        for (long us = 0; us < 100_000; us += 97) {
            come(0, EventType.KEY_ON, us * 1_000, 0, "90 3C 64");
        }
        Sequence sequence = recorder.sequence(START_NS);
        TempoMap map = TempoMap.of(sequence);
        Track track = sequence.tracks().get(1);
        for (int i = 1; i < track.size(); i++) {
            assertEquals((i - 1) * 97_000L, map.timeNs(track.tick(i)), 262_000);
        }
    }
}
