package org.carillon.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.carillon.protocol.Event;

/** Records whose every byte follows from their number and length. */
final class RecordPattern {
    /** Where {@link #write} puts the record. */
    static final long OFFSET = 64;

    private static final int PATTERN_LENGTH = 1 << 16;

    private final MemorySegment pattern = Arena.ofAuto().allocate(PATTERN_LENGTH + Event.MAX_LENGTH);
    private final MemorySegment record = Arena.ofAuto().allocate(OFFSET + Event.MAX_LENGTH, 8);
    private final MemorySegment expected = Arena.ofAuto().allocate(Event.MAX_LENGTH, 8);
    private final Event event = new Event();

    RecordPattern() {
        byte[] bytes = new byte[(int) pattern.byteSize()];
        new Random(1).nextBytes(bytes);
        MemorySegment.copy(bytes, 0, pattern, ValueLayout.JAVA_BYTE, 0, bytes.length);
    }

    MemorySegment write(long sequence, int lengthBytes) {
        write(record, OFFSET, sequence, lengthBytes);
        return record;
    }

    void check(long sequence, MemorySegment segment, long offset, int lengthBytes) {
        write(expected, 0, sequence, lengthBytes);
        long mismatch = MemorySegment.mismatch(expected, 0, lengthBytes, segment, offset, offset + lengthBytes);
        assertEquals(-1, mismatch, "record differs: sequence=" + sequence + " lengthBytes=" + lengthBytes);
    }

    private void write(MemorySegment to, long offset, long sequence, int lengthBytes) {
        MemorySegment.copy(pattern, sequence * 7 & PATTERN_LENGTH - 1, to, offset, lengthBytes);
        event.wrap(to, offset).header(lengthBytes, (int) sequence);
    }
}
