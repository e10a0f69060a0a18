package org.carillon.scheduler;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The records, by id. What is looked at together lies together, and everything is small: a store of many records is in
 * no cache, and each line that is fetched costs a trip to memory. Ids behind those of the records are members of rings
 * only, see {@link Slots}.
 *
 * <pre>
 *   links:    int before: the member of the ring before this one; or -1 - index in the heap; or the least int: nowhere
 *             int after: the member of the ring after this one, or the next free cell, or that of a long record
 *   keys:     int64 deadlineNs
 *             int64 arrival: sequence &lt;&lt; 11 | length in bytes, so that it orders as the sequence does
 *   payloads: 32 bytes
 * </pre>
 */
final class RecordIndex {
    static final int NONE = -1;

    private static final int NOWHERE = Integer.MIN_VALUE;
    private static final int PAYLOAD_SHIFT = 5;
    private static final int LENGTH_BITS = 11;
    private static final int LENGTH_MASK = (1 << LENGTH_BITS) - 1;
    private static final int BEFORE = 0;
    private static final int AFTER = 1;
    private static final int DEADLINE = 0;
    private static final int ARRIVAL = 1;
    private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG_UNALIGNED;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    /** Bytes before the first payload, so that with the header of the array no payload lies on two cache lines. */
    private static final int START = 16;

    private final int[] links;
    private final long[] keys;
    private final byte[] payloads;
    private final int ids;
    /** Keeps the reading of {@link #announce} alive. */
    private long announced;

    /**
     * Makes room.
     *
     * @param ids   of records, from 0 on.
     * @param rings which have the ids behind them.
     */
    RecordIndex(int ids, int rings) {
        this.ids = ids;
        links = new int[ids + rings << 1];
        keys = new long[ids << 1];
        payloads = new byte[START + (ids << PAYLOAD_SHIFT)];
    }

    /** The memory of all payloads, to copy parts of them; see {@link #payloadOffset}. */
    MemorySegment segment() {
        return MemorySegment.ofArray(payloads);
    }

    /** Where the payload of a record starts in the segment. */
    static long payloadOffset(int id) {
        return at(id);
    }

    /** Copies a payload of 32 bytes in. */
    void payload(int id, MemorySegment from, long offset) {
        int at = at(id);
        LONG.set(payloads, at, from.get(WORD, offset));
        LONG.set(payloads, at + Long.BYTES, from.get(WORD, offset + Long.BYTES));
        LONG.set(payloads, at + 2 * Long.BYTES, from.get(WORD, offset + 2 * Long.BYTES));
        LONG.set(payloads, at + 3 * Long.BYTES, from.get(WORD, offset + 3 * Long.BYTES));
    }

    /** Copies 32 bytes of payload out. */
    void copyPayload(int id, MemorySegment to, long offset) {
        int at = at(id);
        to.set(WORD, offset, (long) LONG.get(payloads, at));
        to.set(WORD, offset + Long.BYTES, (long) LONG.get(payloads, at + Long.BYTES));
        to.set(WORD, offset + 2 * Long.BYTES, (long) LONG.get(payloads, at + 2 * Long.BYTES));
        to.set(WORD, offset + 3 * Long.BYTES, (long) LONG.get(payloads, at + 3 * Long.BYTES));
    }

    private static int at(int id) {
        return (id << PAYLOAD_SHIFT) + START;
    }

    int ids() {
        return ids;
    }

    void key(int id, long deadlineNs, long sequence, int lengthBytes) {
        keys[(id << 1) + DEADLINE] = deadlineNs;
        keys[(id << 1) + ARRIVAL] = sequence << LENGTH_BITS | lengthBytes;
    }

    long deadlineNs(int id) {
        return keys[(id << 1) + DEADLINE];
    }

    /** Orders records of one deadline. */
    long arrival(int id) {
        return keys[(id << 1) + ARRIVAL];
    }

    long sequence(int id) {
        return arrival(id) >>> LENGTH_BITS;
    }

    int lengthBytes(int id) {
        return (int) arrival(id) & LENGTH_MASK;
    }

    /** Reads a little, which brings the record into the cache; nobody waits for it. */
    void announce(int id) {
        announced += deadlineNs(id) + (long) LONG.get(payloads, at(id));
    }

    int next(int id) {
        return after(id);
    }

    void next(int id, int next) {
        links[(id << 1) + AFTER] = next;
    }

    /** Makes two members of a ring neighbours. */
    void join(int before, int after) {
        links[(before << 1) + AFTER] = after;
        links[(after << 1) + BEFORE] = before;
    }

    int before(int id) {
        return links[(id << 1) + BEFORE];
    }

    int after(int id) {
        return links[(id << 1) + AFTER];
    }

    boolean isInRing(int id) {
        return before(id) >= 0;
    }

    boolean isInHeap(int id) {
        int before = before(id);
        return before < 0 && before != NOWHERE;
    }

    /** Where in the heap a record is. */
    int heapIndex(int id) {
        return ~before(id);
    }

    void heapIndex(int id, int index) {
        links[(id << 1) + BEFORE] = ~index;
    }

    void nowhere(int id) {
        links[(id << 1) + BEFORE] = NOWHERE;
    }
}
