package org.carillon.scheduler;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The records, by id. What is looked at together lies together, and everything is small: a store of many records is in
 * no cache, and each line that is fetched costs a trip to memory. Taking a record out before its time needs its links
 * only.
 *
 * <pre>
 *   links:    first for each ring, then for each record; places are indexes of what they name in this array
 *             int before: place of the member of the ring before this one; or -1 - index in the heap; or nowhere
 *             int after: place of the member of the ring after this one, or the next cell, free or of a long record
 *             int generation, of records only: low half of the sequence
 *             int second, of records only: the second cell of a long record, or -1
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
    private static final int RING_SHIFT = 1;
    private static final int LINK_SHIFT = 2;
    private static final int BEFORE = 0;
    private static final int AFTER = 1;
    private static final int GENERATION = 2;
    private static final int SECOND = 3;
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
    /** Where the links of the first record are. */
    private final int firstPlace;
    /** Keeps the reading of {@link #announce} alive. */
    private long announced;

    /** A store for so many records and rings, which are empty. */
    RecordIndex(int ids, int rings) {
        this.ids = ids;
        firstPlace = rings << RING_SHIFT;
        links = new int[firstPlace + (ids << LINK_SHIFT)];
        keys = new long[ids << 1];
        payloads = new byte[START + (ids << PAYLOAD_SHIFT)];
        for (int ring = 0; ring < firstPlace; ring += 1 << RING_SHIFT) {
            join(ring, ring);
        }
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
        links[place(id) + GENERATION] = (int) sequence;
    }

    long deadlineNs(int id) {
        return keys[(id << 1) + DEADLINE];
    }

    /** Orders records of one deadline. */
    long arrival(int id) {
        return keys[(id << 1) + ARRIVAL];
    }

    int lengthBytes(int id) {
        return (int) arrival(id) & LENGTH_MASK;
    }

    /** Reads a little, which brings the record into the cache; nobody waits for it. */
    void announce(int id) {
        announced += deadlineNs(id) + (long) LONG.get(payloads, at(id));
    }

    /** The low half of the sequence. */
    int generation(int id) {
        return links[place(id) + GENERATION];
    }

    int second(int id) {
        return links[place(id) + SECOND];
    }

    void second(int id, int cell) {
        links[place(id) + SECOND] = cell;
    }

    int next(int id) {
        return links[place(id) + AFTER];
    }

    void next(int id, int next) {
        links[place(id) + AFTER] = next;
    }

    boolean isEmpty(int ring) {
        int place = ring << RING_SHIFT;
        return links[place + AFTER] == place;
    }

    /** The first record of a ring, or {@link #NONE}. */
    int first(int ring) {
        return idAt(links[(ring << RING_SHIFT) + AFTER]);
    }

    /** The record after another one of its ring, or {@link #NONE}. */
    int after(int id) {
        return idAt(links[place(id) + AFTER]);
    }

    /** Puts a record at the end of a ring. */
    void addLast(int ring, int id) {
        int place = ring << RING_SHIFT;
        join(links[place + BEFORE], place(id));
        join(place(id), place);
    }

    /** Takes the first record out of a ring, which must not be empty. */
    int takeFirst(int ring) {
        int place = ring << RING_SHIFT;
        int first = links[place + AFTER];
        join(place, links[first + AFTER]);
        return idAt(first);
    }

    /** Takes a record out of its ring; the ring, where it is empty now, or {@link #NONE}. */
    int remove(int id) {
        int before = links[place(id) + BEFORE];
        int after = links[place(id) + AFTER];
        join(before, after);
        nowhere(id);
        return before == after ? before >> RING_SHIFT : NONE;
    }

    boolean isInRing(int id) {
        return links[place(id) + BEFORE] >= 0;
    }

    boolean isInHeap(int id) {
        int before = links[place(id) + BEFORE];
        return before < 0 && before != NOWHERE;
    }

    /** Where in the heap a record is. */
    int heapIndex(int id) {
        return ~links[place(id) + BEFORE];
    }

    void heapIndex(int id, int index) {
        links[place(id) + BEFORE] = ~index;
    }

    void nowhere(int id) {
        links[place(id) + BEFORE] = NOWHERE;
    }

    private void join(int before, int after) {
        links[before + AFTER] = after;
        links[after + BEFORE] = before;
    }

    private int place(int id) {
        return firstPlace + (id << LINK_SHIFT);
    }

    /** The id of the record at a place; that of a ring is none. */
    private int idAt(int place) {
        return place < firstPlace ? NONE : place - firstPlace >> LINK_SHIFT;
    }
}
