package org.carillon.scheduler;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * The records, by id: key, links and 32 bytes of payload lie in one cache line, because a store of many records is in
 * no cache, and each line that a record is spread over costs a trip to memory.
 *
 * <pre>
 *   long deadlineNs | long sequence | int next in its slot, int previous | int place, int length in bytes | payload
 *   place:  slot of the wheel from 0 on; or -2 - index in the heap; or -1, nowhere
 * </pre>
 */
final class RecordIndex {
    static final int NONE = -1;

    private static final int FIRST_HEAP_PLACE = -2;
    private static final int SHIFT = 3;
    private static final int DEADLINE_OFFSET = 0;
    private static final int SEQUENCE_OFFSET = 1;
    private static final int LINKS_OFFSET = 2;
    private static final int PLACE_OFFSET = 3;
    private static final int PAYLOAD_OFFSET = 4;
    /** Longs before the first record, so that with the header of the array no record lies on two cache lines. */
    private static final int START = 6;
    private static final long LOW = 0xFFFF_FFFFL;
    private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG_UNALIGNED;

    private final long[] records;
    private final int ids;

    /** @param ids of records, from 0 on. */
    RecordIndex(int ids) {
        this.ids = ids;
        records = new long[START + (ids << SHIFT)];
        Arrays.fill(records, NONE);
    }

    private static int at(int id, int offset) {
        return (id << SHIFT) + START + offset;
    }

    /** The memory of all payloads, to copy parts of them; see {@link #payloadOffset}. */
    MemorySegment segment() {
        return MemorySegment.ofArray(records);
    }

    /** Where the payload of a record starts in the segment. */
    static long payloadOffset(int id) {
        return (long) at(id, PAYLOAD_OFFSET) * Long.BYTES;
    }

    /** Copies a payload of 32 bytes in. */
    void payload(int id, MemorySegment from, long offset) {
        int at = at(id, PAYLOAD_OFFSET);
        records[at] = from.get(WORD, offset);
        records[at + 1] = from.get(WORD, offset + Long.BYTES);
        records[at + 2] = from.get(WORD, offset + 2 * Long.BYTES);
        records[at + 3] = from.get(WORD, offset + 3 * Long.BYTES);
    }

    /** Copies 32 bytes of payload out. */
    void copyPayload(int id, MemorySegment to, long offset) {
        int at = at(id, PAYLOAD_OFFSET);
        to.set(WORD, offset, records[at]);
        to.set(WORD, offset + Long.BYTES, records[at + 1]);
        to.set(WORD, offset + 2 * Long.BYTES, records[at + 2]);
        to.set(WORD, offset + 3 * Long.BYTES, records[at + 3]);
    }

    int ids() {
        return ids;
    }

    long deadlineNs(int id) {
        return records[at(id, DEADLINE_OFFSET)];
    }

    long sequence(int id) {
        return records[at(id, SEQUENCE_OFFSET)];
    }

    void key(int id, long deadlineNs, long sequence) {
        records[at(id, DEADLINE_OFFSET)] = deadlineNs;
        records[at(id, SEQUENCE_OFFSET)] = sequence;
    }

    int next(int id) {
        return (int) records[at(id, LINKS_OFFSET)];
    }

    void next(int id, int next) {
        int at = at(id, LINKS_OFFSET);
        records[at] = records[at] & ~LOW | next & LOW;
    }

    int previous(int id) {
        return (int) (records[at(id, LINKS_OFFSET)] >> Integer.SIZE);
    }

    void previous(int id, int previous) {
        int at = at(id, LINKS_OFFSET);
        records[at] = records[at] & LOW | (long) previous << Integer.SIZE;
    }

    void links(int id, int previous, int next) {
        records[at(id, LINKS_OFFSET)] = next & LOW | (long) previous << Integer.SIZE;
    }

    int lengthBytes(int id) {
        return (int) (records[at(id, PLACE_OFFSET)] >> Integer.SIZE);
    }

    void lengthBytes(int id, int lengthBytes) {
        int at = at(id, PLACE_OFFSET);
        records[at] = records[at] & LOW | (long) lengthBytes << Integer.SIZE;
    }

    boolean isInWheel(int id) {
        return place(id) >= 0;
    }

    boolean isInHeap(int id) {
        return place(id) <= FIRST_HEAP_PLACE;
    }

    /** The slot of a record in the wheel. */
    int slot(int id) {
        return place(id);
    }

    void slot(int id, int slot) {
        place(id, slot);
    }

    /** Where in the heap a record is. */
    int heapIndex(int id) {
        return FIRST_HEAP_PLACE - place(id);
    }

    void heapIndex(int id, int index) {
        place(id, FIRST_HEAP_PLACE - index);
    }

    void nowhere(int id) {
        place(id, NONE);
    }

    private int place(int id) {
        return (int) records[at(id, PLACE_OFFSET)];
    }

    private void place(int id, int place) {
        int at = at(id, PLACE_OFFSET);
        records[at] = records[at] & ~LOW | place & LOW;
    }
}
