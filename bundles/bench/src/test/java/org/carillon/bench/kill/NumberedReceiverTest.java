package org.carillon.bench.kill;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;
import org.junit.jupiter.api.Test;

class NumberedReceiverTest {
    private static final long FIRST = Numbered.first(0);

    private final MemorySegment record = Arena.ofAuto().allocate(Event.MAX_LENGTH, Event.ALIGNMENT);
    private final NumberedReceiver receiver = new NumberedReceiver();

    @Test
    void shouldFindNothingWrongWithWhatComesInItsPlace() {
        takeShort(FIRST, 0);
        takeMessage(FIRST + 1, Numbered.message(5_000, FIRST + 1));
        takeShort(FIRST + 2, 0);

        assertCounts(3, 0, 0, 0);
        assertEquals(FIRST + 2, receiver.last());
    }

    @Test
    void shouldCountWhatIsMissing() {
        takeShort(FIRST + 2, 0);

        assertCounts(1, 2, 0, 0);
    }

    @Test
    void shouldCountWhatComesTwice() {
        takeShort(FIRST, 0);
        takeShort(FIRST, 0);

        assertCounts(2, 0, 0, 1);
    }

    @Test
    void shouldCountWhatHasChanged() {
        takeShort(FIRST, 1);
        byte[] message = Numbered.message(2_000, FIRST);
        message[1_500] ^= 1;
        takeMessage(FIRST, message);

        assertCounts(2, 0, 2, 0);
    }

    @Test
    void shouldCountAMessageThatBeginsInAnother() {
        byte[] message = Numbered.message(2_000, FIRST);
        takePiece(FIRST, message, 0, Event.MAX_PAYLOAD_LENGTH, Event.BEGIN);
        takeMessage(FIRST, message);

        assertCounts(1, 0, 1, 0);
    }

    private void assertCounts(long events, long lost, long torn, long doubled) {
        assertEquals(List.of(events, lost, torn, doubled),
                List.of(receiver.events(), receiver.lost(), receiver.torn(), receiver.doubled()));
    }

    private void takeShort(long number, int error) {
        int hash = Numbered.hash(number) ^ error;
        Event event = new Event().wrap(record, 0);
        event.header(Event.SHORT_LENGTH, EventType.KEY_PRESS).timeNs(Numbered.date(number))
                .word(Event.word(1, 0, 3, 0)).data(Event.data(Numbered.KEY_PRESSURE, hash & 0x7F, hash >> 7));
        receiver.take(event);
    }

    private void takeMessage(long number, byte[] message) {
        for (int from = 0; from < message.length; from += Event.MAX_PAYLOAD_LENGTH) {
            int length = Math.min(Event.MAX_PAYLOAD_LENGTH, message.length - from);
            takePiece(number, message, from, length,
                    (from == 0 ? Event.BEGIN : 0) | (from + length == message.length ? Event.END : 0));
        }
    }

    private void takePiece(long number, byte[] message, int from, int length, int flags) {
        Event event = new Event().wrap(record, 0);
        event.header(Event.HEADER_LENGTH + length, EventType.SYSEX).timeNs(Numbered.date(number))
                .word(Event.word(1, 0, 0, flags));
        MemorySegment.copy(MemorySegment.ofArray(message), from, record, Event.DATA_OFFSET, length);
        receiver.take(event);
    }
}
