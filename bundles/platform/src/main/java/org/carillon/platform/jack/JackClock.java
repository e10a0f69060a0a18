package org.carillon.platform.jack;

/**
 * Turns the server's microseconds into {@link System#nanoTime()}. The two may be different clocks: builds of JACK read
 * CLOCK_MONOTONIC_RAW, which runs up to 500 ppm beside the one that time servers steer. So each cycle compares them
 * and follows slowly. One thread.
 */
final class JackClock {
    private static final long NS_PER_US = 1_000;
    /** A comparison that took longer was interrupted in between, and says nothing. */
    private static final long TRUSTED_NS = 20_000;
    /** Further away than any drift within a cycle: another clock than before, so no following but a jump. */
    private static final long JUMP_NS = 1_000_000;
    private static final int FOLLOW_SHIFT = 6;

    private long offsetNs;
    private boolean isSet;

    /** Takes a reading of the server's clock that lies between two of ours. */
    void compare(long beforeNs, long jackUs, long afterNs) {
        if (isSet && afterNs - beforeNs > TRUSTED_NS) {
            return;
        }
        long seenNs = beforeNs + ((afterNs - beforeNs) >> 1) - jackUs * NS_PER_US;
        long differenceNs = seenNs - offsetNs;
        if (!isSet || differenceNs > JUMP_NS || differenceNs < -JUMP_NS) {
            offsetNs = seenNs;
            isSet = true;
        } else {
            offsetNs += differenceNs >> FOLLOW_SHIFT;
        }
    }

    long toNs(long jackUs) {
        return jackUs * NS_PER_US + offsetNs;
    }
}
