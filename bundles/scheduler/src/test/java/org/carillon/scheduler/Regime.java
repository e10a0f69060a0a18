package org.carillon.scheduler;

import java.util.SplittableRandom;

/** Kinds of load that the property check draws its operations from. */
enum Regime {
    /** 1 ns to 30 days, every magnitude alike. */
    EVERY_DISTANCE(4_096, 1_000, 32, false, 10_000_000_000L) {
        @Override
        long distanceNs(SplittableRandom random) {
            return magnitude(random, 30 * DAY_NS);
        }
    },
    /** What music does: within a second. */
    SECOND(65_536, 20_000, 32, false, 1_000_000) {
        @Override
        long distanceNs(SplittableRandom random) {
            return 1 + random.nextLong(1_000_000_000);
        }
    },
    /** Many ties: what a file with a grid of milliseconds does. */
    MILLISECONDS(4_096, 2_000, 32, false, 1_000_000) {
        @Override
        long distanceNs(SplittableRandom random) {
            return random.nextLong(100) * 1_000_000;
        }
    },
    /** All of it in the heap, or all in one slot. */
    BURST(4_096, 2_000, 32, false, 100) {
        @Override
        long distanceNs(SplittableRandom random) {
            return random.nextLong(10_000);
        }
    },
    /** Close and far, so that slots of several levels open at once. */
    TWO_GROUPS(8_192, 4_000, 32, false, 10_000_000) {
        @Override
        long distanceNs(SplittableRandom random) {
            return (random.nextBoolean() ? 10_000_000L : 60_000_000_000L) + random.nextLong(1_000_000);
        }
    },
    /** Any deadline that a signed word can hold. */
    ANY_DEADLINE(1_024, 500, 32, true, 1L << 52) {
        @Override
        long distanceNs(SplittableRandom random) {
            return random.nextLong();
        }
    },
    /** Long records in a store that is nearly full. */
    CROWDED(1_024, 1_024, 1_024, false, 100_000_000) {
        @Override
        long distanceNs(SplittableRandom random) {
            return magnitude(random, 10_000_000_000L);
        }
    };

    private static final long DAY_NS = 24L * 3_600 * 1_000_000_000;

    final int capacity;
    final int usualPending;
    final int maxLength;
    /** Whether {@link #distanceNs} is a deadline by itself. */
    final boolean isAbsolute;
    /** How far time goes on between two polls at most, but for rare jumps. */
    final long maxStepNs;

    Regime(int capacity, int usualPending, int maxLength, boolean isAbsolute, long maxStepNs) {
        this.capacity = capacity;
        this.usualPending = usualPending;
        this.maxLength = maxLength;
        this.isAbsolute = isAbsolute;
        this.maxStepNs = maxStepNs;
    }

    abstract long distanceNs(SplittableRandom random);

    /** 1 to max, each power of two as likely as another. */
    static long magnitude(SplittableRandom random, long max) {
        return (long) Math.exp(random.nextDouble() * Math.log(max));
    }
}
