package org.carillon.bench;

import java.util.Arrays;
import org.carillon.scheduler.TimeScheduler;

/** What single polls cost while server time goes on by steps of 1 ms. */
final class PollTimes implements HoldModel.PollRecorder {
    private static final long STEP_NS = 1_000_000;
    private static final int POLL_LIMIT = 1_024;
    private static final int POLLS_PER_STEP = 4;
    private static final double QUANTILE = 0.999;

    private final TimeScheduler scheduler;
    private final int steps;
    private final long[] timesNs;
    private int count;
    private int worstMoves;
    private long operations;

    PollTimes(TimeScheduler scheduler, int steps) {
        this.scheduler = scheduler;
        this.steps = steps;
        timesNs = new long[steps * POLLS_PER_STEP];
    }

    /** Does a round of steps; nanoseconds for one. */
    double round(HoldModel model) {
        long startNs = System.nanoTime();
        count = 0;
        for (int i = 0; i < steps; i++) {
            model.step(STEP_NS, POLL_LIMIT, this);
        }
        return (System.nanoTime() - startNs) / (double) steps;
    }

    /** The time that 999 of 1,000 polls of the last round kept below. */
    double quantileNs() {
        Arrays.sort(timesNs, 0, count);
        return timesNs[(int) (count * QUANTILE)];
    }

    @Override
    public void onPoll(long elapsedNs, int count) {
        worstMoves = Math.max(worstMoves, scheduler.movesOfLastPoll());
        operations += count;
        if (this.count < timesNs.length) {
            timesNs[this.count++] = elapsedNs;
        }
    }

    int worstMoves() {
        return worstMoves;
    }

    long operations() {
        return operations;
    }
}
