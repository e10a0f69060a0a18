package org.carillon.bench.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.Map;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;
import org.junit.jupiter.api.Test;

class TallyTest {
    private static final int SOURCE = 70_000;
    private static final long NOW_NS = 1_000;

    private final MemorySegment record = Arena.ofAuto().allocate(Event.MAX_LENGTH, Event.ALIGNMENT);
    private final Tally tally = new Tally();

    private void take(int type, int lengthBytes, int flags, long data, long timeNs) {
        Event event = new Event().wrap(record, 0).header(lengthBytes, type).timeNs(timeNs)
                .word(Event.word(SOURCE, 0, 0, flags));
        if (type != EventType.SYSEX) {
            event.data(data);
        }
        tally.take(event, NOW_NS);
    }

    private void takePair(long number) {
        take(EventType.UMP64, Event.SHORT_LENGTH, 0, Numbers.words(number, SOURCE), 0);
    }

    private void takeSysex(byte[] message, int from, int length, int flags) {
        MemorySegment.copy(message, from, record, ValueLayout.JAVA_BYTE, Event.DATA_OFFSET, length);
        take(EventType.SYSEX, Event.HEADER_LENGTH + length, flags, 0, 0);
    }

    private double told(String name) {
        Map<String, Double> answer = new HashMap<>();
        tally.tell(answer);
        return answer.getOrDefault(name, 0.0);
    }

    @Test
    void shouldCountWholeAndShortNumbersInOneOrder() {
        takePair(4_096 * 5);
        take(EventType.CONTROL_CHANGE, Event.SHORT_LENGTH, 0, Event.data(0xB0, 1, 0), 0);
        take(EventType.KEY_PRESS, Event.SHORT_LENGTH, 0, Event.data(0xA0, 2, 4_096 * 5 >> 7 & 0x7F), 0);
        takePair(4_096 * 5 + 8);

        assertEquals(4, told("n_70000_0"));
        assertEquals(0, told("outOfOrder") + told("doubled") + told("torn") + told("early"));
    }

    @Test
    void shouldNoticeWhatIsDoubledOutOfOrderTornAndEarly() {
        takePair(8);
        takePair(8);
        takePair(4);
        take(EventType.UMP64, Event.SHORT_LENGTH, 0, Numbers.words(12, SOURCE + 1), 0);
        take(EventType.UMP64, Event.SHORT_LENGTH, 0, Numbers.words(16, SOURCE), NOW_NS + 1);
        take(EventType.KEY_ON, Event.SHORT_LENGTH, 0, Event.data(0x90, 60, 1), 0);

        assertEquals(1, told("doubled"));
        assertEquals(1, told("outOfOrder"));
        assertEquals(1, told("torn"));
        assertEquals(1, told("early"));
        assertEquals(1, told("stuckNotes"));
        take(EventType.KEY_OFF, Event.SHORT_LENGTH, 0, Event.data(0x80, 60, 0), 0);
        assertEquals(0, told("stuckNotes"));
    }

    @Test
    void shouldPutMessagesTogetherAndLeaveOutWhatWasCut() {
        byte[] message = Numbers.sysex(1, SOURCE);
        takeSysex(message, 0, 1_000, Event.BEGIN);
        takeSysex(message, 1_000, message.length - 1_000, Event.END);
        byte[] cut = Numbers.sysex(2, SOURCE);
        takeSysex(cut, 0, 1_000, Event.BEGIN);
        takeSysex(cut, 0, 0, Event.END | Event.INCOMPLETE);
        byte[] changed = Numbers.sysex(0, SOURCE);
        changed[100] ^= 1;
        takeSysex(changed, 0, changed.length, Event.BEGIN | Event.END);

        assertEquals(1, told("cut"));
        assertEquals(1, told("torn"));
        assertEquals(1, told("n_70000_0"));
    }
}
