package org.carillon.sequencer;

/** The dates of what was sent and is not yet due: a bound for what waits in the server. */
final class SentWindow {
    private final long[] deadlines;
    private final int[] records;
    private int first;
    private int count;
    private int pending;

    SentWindow(int limit) {
        deadlines = new long[limit];
        records = new int[limit];
    }

    void expire(long nowNs) {
        while (count > 0 && deadlines[first] - nowNs <= 0) {
            pending -= records[first];
            first = (first + 1) % deadlines.length;
            count--;
        }
    }

    boolean hasRoom() {
        return pending < deadlines.length;
    }

    /** When there is room again. */
    long firstNs() {
        return deadlines[first];
    }

    void add(long deadlineNs, int recordCount) {
        int at = (first + count) % deadlines.length;
        deadlines[at] = deadlineNs;
        records[at] = recordCount;
        pending += recordCount;
        count++;
    }
}
