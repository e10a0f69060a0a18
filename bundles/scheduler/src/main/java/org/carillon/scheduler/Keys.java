package org.carillon.scheduler;

/** Deadline and sequence number of each record by its id: what the order rests on. */
final class Keys {
    private static final int DEADLINE_OFFSET = 0;
    private static final int SEQUENCE_OFFSET = 1;
    private static final int LENGTH_SHIFT = 1;

    private final long[] words;

    Keys(int capacity) {
        words = new long[capacity << LENGTH_SHIFT];
    }

    long deadlineNs(int id) {
        return words[(id << LENGTH_SHIFT) + DEADLINE_OFFSET];
    }

    long sequence(int id) {
        return words[(id << LENGTH_SHIFT) + SEQUENCE_OFFSET];
    }

    void set(int id, long deadlineNs, long sequence) {
        words[(id << LENGTH_SHIFT) + DEADLINE_OFFSET] = deadlineNs;
        words[(id << LENGTH_SHIFT) + SEQUENCE_OFFSET] = sequence;
    }
}
