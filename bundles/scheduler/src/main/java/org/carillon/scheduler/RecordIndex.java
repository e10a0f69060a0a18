package org.carillon.scheduler;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The records, by id, in two places. Links are small, so that taking a record out before its time touches little; key
 * and payload lie in one cache line, because a store of many records is in no cache, and each line that a record is
 * spread over costs a trip to memory.
 *
 * <pre>
 *   links:  int place | int position in its slot, or the next free cell, or the next cell of a long record
 *           int low half of the sequence | int length in bytes
 *   body:   0 int64 deadlineNs | 8 int64 sequence | 16 payload, 32 bytes | 48 int32 length in bytes | 52 announced
 *
 *   place:  0 nowhere; or 1 + slot of the wheel; or -1 - index in the heap
 * </pre>
 */
final class RecordIndex {
    static final int NONE = -1;

    private static final int NOWHERE = 0;
    private static final int SHIFT = 6;
    private static final int SEQUENCE_OFFSET = 8;
    private static final int PAYLOAD_OFFSET = 16;
    private static final int LENGTH_OFFSET = 48;
    private static final int ANNOUNCED_OFFSET = 52;
    private static final int LINK_SHIFT = 2;
    private static final int PLACE = 0;
    private static final int POSITION = 1;
    private static final int GENERATION = 2;
    private static final int LENGTH = 3;
    private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG_UNALIGNED;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
    /** Bytes before the first record, so that with the header of the array no record lies on two cache lines. */
    private static final int START = 48;

    private final byte[] records;
    private final int[] links;
    private final int ids;

    /** @param ids of records, from 0 on. */
    RecordIndex(int ids) {
        this.ids = ids;
        records = new byte[START + (ids << SHIFT)];
        links = new int[ids << LINK_SHIFT];
    }

    /** The memory of all payloads, to copy parts of them; see {@link #payloadOffset}. */
    MemorySegment segment() {
        return MemorySegment.ofArray(records);
    }

    /** Where the payload of a record starts in the segment. */
    static long payloadOffset(int id) {
        return at(id, PAYLOAD_OFFSET);
    }

    /** Copies a payload of 32 bytes in. */
    void payload(int id, MemorySegment from, long offset) {
        int at = at(id, PAYLOAD_OFFSET);
        LONG.set(records, at, from.get(WORD, offset));
        LONG.set(records, at + Long.BYTES, from.get(WORD, offset + Long.BYTES));
        LONG.set(records, at + 2 * Long.BYTES, from.get(WORD, offset + 2 * Long.BYTES));
        LONG.set(records, at + 3 * Long.BYTES, from.get(WORD, offset + 3 * Long.BYTES));
    }

    /** Copies 32 bytes of payload out. */
    void copyPayload(int id, MemorySegment to, long offset) {
        int at = at(id, PAYLOAD_OFFSET);
        to.set(WORD, offset, (long) LONG.get(records, at));
        to.set(WORD, offset + Long.BYTES, (long) LONG.get(records, at + Long.BYTES));
        to.set(WORD, offset + 2 * Long.BYTES, (long) LONG.get(records, at + 2 * Long.BYTES));
        to.set(WORD, offset + 3 * Long.BYTES, (long) LONG.get(records, at + 3 * Long.BYTES));
    }

    private static int at(int id, int offset) {
        return (id << SHIFT) + START + offset;
    }

    int ids() {
        return ids;
    }

    long deadlineNs(int id) {
        return (long) LONG.get(records, at(id, 0));
    }

    long sequence(int id) {
        return (long) LONG.get(records, at(id, SEQUENCE_OFFSET));
    }

    void key(int id, long deadlineNs, long sequence) {
        LONG.set(records, at(id, 0), deadlineNs);
        LONG.set(records, at(id, SEQUENCE_OFFSET), sequence);
        links[(id << LINK_SHIFT) + GENERATION] = (int) sequence;
    }

    int next(int id) {
        return links[(id << LINK_SHIFT) + POSITION];
    }

    void next(int id, int next) {
        links[(id << LINK_SHIFT) + POSITION] = next;
    }

    /** Where in its slot of the wheel a record is. */
    int position(int id) {
        return next(id);
    }

    void position(int id, int position) {
        next(id, position);
    }

    /** The low half of the sequence, from the links: enough to tell a stale handle. */
    int generation(int id) {
        return links[(id << LINK_SHIFT) + GENERATION];
    }

    /** Length from the links, for a record that is taken out before its time. */
    int lengthBytes(int id) {
        return links[(id << LINK_SHIFT) + LENGTH];
    }

    /** Length from the body, for a record that is handed over. */
    int bodyLengthBytes(int id) {
        return (int) INT.get(records, at(id, LENGTH_OFFSET));
    }

    void lengthBytes(int id, int lengthBytes) {
        links[(id << LINK_SHIFT) + LENGTH] = lengthBytes;
        INT.set(records, at(id, LENGTH_OFFSET), lengthBytes);
    }

    /** Writes a word that nobody reads: this brings the body into the cache, and nobody waits for it. */
    void announce(int id) {
        INT.set(records, at(id, ANNOUNCED_OFFSET), 1);
    }

    boolean isInWheel(int id) {
        return place(id) > NOWHERE;
    }

    boolean isInHeap(int id) {
        return place(id) < NOWHERE;
    }

    /** The slot of a record in the wheel. */
    int slot(int id) {
        return place(id) - 1;
    }

    void slot(int id, int slot) {
        place(id, slot + 1);
    }

    /** Where in the heap a record is. */
    int heapIndex(int id) {
        return ~place(id);
    }

    void heapIndex(int id, int index) {
        place(id, ~index);
    }

    void nowhere(int id) {
        place(id, NOWHERE);
    }

    private int place(int id) {
        return links[(id << LINK_SHIFT) + PLACE];
    }

    private void place(int id, int place) {
        links[(id << LINK_SHIFT) + PLACE] = place;
    }
}
