package org.carillon.scheduler;

import java.util.Arrays;

/**
 * What is known of each record by its id. Keys and links lie apart: taking a record out of its slot touches links only,
 * and the links of many records fit where the payload of few would.
 *
 * <pre>
 *   keys:   long deadlineNs | long sequence
 *   links:  int next in its slot | int previous in its slot | int place | int length in bytes
 *   place:  slot of the wheel from 0 on; or -2 - index in the heap; or -1, nowhere
 * </pre>
 */
final class RecordIndex {
    static final int NONE = -1;

    private static final int FIRST_HEAP_PLACE = -2;
    private static final int DEADLINE_OFFSET = 0;
    private static final int SEQUENCE_OFFSET = 1;
    private static final int KEY_SHIFT = 1;
    private static final int NEXT_OFFSET = 0;
    private static final int PREVIOUS_OFFSET = 1;
    private static final int PLACE_OFFSET = 2;
    private static final int LENGTH_OFFSET = 3;
    private static final int LINK_SHIFT = 2;

    private final long[] keys;
    private final int[] links;

    /** @param ids of records, from 0 on. */
    RecordIndex(int ids) {
        keys = new long[ids << KEY_SHIFT];
        links = new int[ids << LINK_SHIFT];
        Arrays.fill(links, NONE);
    }

    int ids() {
        return keys.length >> KEY_SHIFT;
    }

    long deadlineNs(int id) {
        return keys[(id << KEY_SHIFT) + DEADLINE_OFFSET];
    }

    long sequence(int id) {
        return keys[(id << KEY_SHIFT) + SEQUENCE_OFFSET];
    }

    void key(int id, long deadlineNs, long sequence) {
        keys[(id << KEY_SHIFT) + DEADLINE_OFFSET] = deadlineNs;
        keys[(id << KEY_SHIFT) + SEQUENCE_OFFSET] = sequence;
    }

    int next(int id) {
        return links[(id << LINK_SHIFT) + NEXT_OFFSET];
    }

    void next(int id, int next) {
        links[(id << LINK_SHIFT) + NEXT_OFFSET] = next;
    }

    int previous(int id) {
        return links[(id << LINK_SHIFT) + PREVIOUS_OFFSET];
    }

    void previous(int id, int previous) {
        links[(id << LINK_SHIFT) + PREVIOUS_OFFSET] = previous;
    }

    void links(int id, int previous, int next) {
        links[(id << LINK_SHIFT) + NEXT_OFFSET] = next;
        links[(id << LINK_SHIFT) + PREVIOUS_OFFSET] = previous;
    }

    int lengthBytes(int id) {
        return links[(id << LINK_SHIFT) + LENGTH_OFFSET];
    }

    void lengthBytes(int id, int lengthBytes) {
        links[(id << LINK_SHIFT) + LENGTH_OFFSET] = lengthBytes;
    }

    boolean isInWheel(int id) {
        return links[(id << LINK_SHIFT) + PLACE_OFFSET] >= 0;
    }

    boolean isInHeap(int id) {
        return links[(id << LINK_SHIFT) + PLACE_OFFSET] <= FIRST_HEAP_PLACE;
    }

    /** The slot of a record in the wheel. */
    int slot(int id) {
        return links[(id << LINK_SHIFT) + PLACE_OFFSET];
    }

    void slot(int id, int slot) {
        links[(id << LINK_SHIFT) + PLACE_OFFSET] = slot;
    }

    /** Where in the heap a record is. */
    int heapIndex(int id) {
        return FIRST_HEAP_PLACE - links[(id << LINK_SHIFT) + PLACE_OFFSET];
    }

    void heapIndex(int id, int index) {
        links[(id << LINK_SHIFT) + PLACE_OFFSET] = FIRST_HEAP_PLACE - index;
    }

    void nowhere(int id) {
        links[(id << LINK_SHIFT) + PLACE_OFFSET] = NONE;
    }
}
