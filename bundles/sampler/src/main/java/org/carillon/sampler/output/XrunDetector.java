package org.carillon.sampler.output;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Finds interruptions of the sound by the clock alone, for not every sound server tells of them. A block is one xrun at
 * most, of one of two kinds:
 * <ul>
 * <li>late wake-up: more than one and a half periods have passed since the block before began, or, when that one
 * overran, since it ended;
 * <li>overrun: making the block took longer than the block lasts.
 * </ul>
 * The audio thread tells it of the beginning and end of each block; it allocates nothing. Any thread reads.
 */
final class XrunDetector {
    private final DurationHistogram wakeUpErrors = new DurationHistogram();
    private final DurationHistogram renderTimes = new DurationHistogram();
    private final AtomicLong blocks = new AtomicLong();
    private final AtomicLong lateWakeUps = new AtomicLong();
    private final AtomicLong overruns = new AtomicLong();
    private long periodNs;
    private long startNs;
    private long endNs;
    private boolean hasLast;

    /** What comes next has no block before it: the first one, or the first after an interruption that is known. */
    void restart() {
        hasLast = false;
    }

    /** @param lengthNs of the block that begins, when it is played. */
    void blockStarted(long nowNs, long lengthNs) {
        if (hasLast) {
            long intervalNs = nowNs - startNs;
            wakeUpErrors.record(Math.abs(intervalNs - periodNs));
            boolean hasOverrun = endNs - startNs > periodNs;
            long gapNs = hasOverrun ? nowNs - endNs : intervalNs;
            if (gapNs > periodNs + (periodNs >> 1)) {
                increment(lateWakeUps);
            }
        }
        hasLast = true;
        startNs = nowNs;
        periodNs = lengthNs;
    }

    void blockEnded(long nowNs) {
        endNs = nowNs;
        long tookNs = nowNs - startNs;
        renderTimes.record(tookNs);
        if (tookNs > periodNs) {
            increment(overruns);
        }
        increment(blocks);
    }

    long blocks() {
        return blocks.getOpaque();
    }

    long lateWakeUps() {
        return lateWakeUps.getOpaque();
    }

    long overruns() {
        return overruns.getOpaque();
    }

    DurationSummary wakeUpError() {
        return wakeUpErrors.summary();
    }

    DurationSummary renderTime() {
        return renderTimes.summary();
    }

    /** One writer: no atomic addition needed. */
    private static void increment(AtomicLong count) {
        count.setOpaque(count.getPlain() + 1);
    }
}
