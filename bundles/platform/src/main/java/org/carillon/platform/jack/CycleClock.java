package org.carillon.platform.jack;

/**
 * When cycles begin, as a line through the earliest of them: a cycle comes late now and then, but never before its
 * time. So whatever happens after a cycle has begun lies less than a period before the start of the next one. The
 * server's own smoothed times go through the middle of its cycles and, on a busy machine, periods ahead of them. One
 * thread.
 */
final class CycleClock {
    /** Follows a card that is slower than its rate says, by up to a few hundred ppm within 100 us. */
    private static final int FOLLOW_SHIFT = 8;

    private long startNs;
    private long periodNs;

    /**
     * A cycle begins.
     *
     * @param nowNs    at its first instruction.
     * @param lengthNs of its frames.
     * @return when it was due; not after {@code nowNs}.
     */
    long begin(long nowNs, long lengthNs) {
        long dueNs = startNs + periodNs;
        long lateNs = nowNs - dueNs;
        boolean isFirst = periodNs == 0;
        boolean hasGap = lateNs > periodNs; // cycles were left out: the line begins anew
        startNs = isFirst || hasGap || lateNs < 0 ? nowNs : dueNs + (lateNs >> FOLLOW_SHIFT);
        periodNs = lengthNs;
        return startNs;
    }
}
