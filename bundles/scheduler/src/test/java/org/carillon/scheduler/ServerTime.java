package org.carillon.scheduler;

import java.util.SplittableRandom;

/** Server time of a test: a line over a clock that never goes back, redrawn now and then. */
final class ServerTime {
    private static final long[] STARTS_NS = {0, -1, 1L << 40, -(1L << 60), 1L << 62, 1_767_225_600_000_000_000L};

    private final SplittableRandom random;
    private final long maxStepNs;
    private long monoNs;
    private long baseMonoNs;
    private long baseServerNs;
    private double rate = 1;

    ServerTime(SplittableRandom random, long maxStepNs) {
        this.random = random;
        this.maxStepNs = maxStepNs;
        baseServerNs = STARTS_NS[random.nextInt(STARTS_NS.length)];
    }

    long nowNs() {
        long deltaNs = monoNs - baseMonoNs;
        return baseServerNs + (rate == 1 ? deltaNs : (long) (deltaNs * rate));
    }

    /** Lets time pass: mostly little, sometimes hours; sometimes at another rate from now on, sometimes a step back. */
    void advance() {
        int choice = random.nextInt(1_000);
        monoNs += Regime.magnitude(random, choice == 0 ? 1_000 * maxStepNs : maxStepNs);
        if (choice < 20) {
            jump(nowNs());
            rate = 0.5 + random.nextDouble();
        } else if (choice < 40) {
            jump(nowNs() - Regime.magnitude(random, 5_000_000));
        }
    }

    /** Draws the line through another server time now. */
    void jump(long nowNs) {
        baseServerNs = nowNs;
        baseMonoNs = monoNs;
    }
}
