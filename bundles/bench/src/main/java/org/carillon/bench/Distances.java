package org.carillon.bench;

import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/** Distances from now to a deadline, drawn before measuring, so that drawing is not measured. */
final class Distances {
    /** Instead of a distance: the deadline of the record put in last. */
    static final long TIE = -1;
    static final int COUNT = 1 << 18;
    static final int MASK = COUNT - 1;

    private static final long SECOND_NS = 1_000_000_000;
    private static final long MILLISECOND_NS = 1_000_000;
    private static final int TIES = 10;
    private static final long SEED = 20_251;

    private Distances() {}

    static long[] uniform(long maxNs) {
        SplittableRandom random = new SplittableRandom(SEED);
        return draw(random, () -> random.nextLong(1, maxNs + 1));
    }

    static long[] exponential() {
        SplittableRandom random = new SplittableRandom(SEED);
        return draw(random, () -> 1 + (long) (-Math.log(1 - random.nextDouble()) * SECOND_NS / 10));
    }

    static long[] milliseconds() {
        SplittableRandom random = new SplittableRandom(SEED);
        return draw(random, () -> random.nextLong(1, 1_001) * MILLISECOND_NS);
    }

    /** Half around 10 ms, half around 60 s. */
    static long[] bimodal() {
        SplittableRandom random = new SplittableRandom(SEED);
        return draw(random, () -> random.nextLong(1, 20 * MILLISECOND_NS)
                + (random.nextBoolean() ? 60 * SECOND_NS : 0));
    }

    private static long[] draw(SplittableRandom random, LongSupplier distance) {
        long[] distances = new long[COUNT];
        for (int i = 0; i < COUNT; i++) {
            distances[i] = random.nextInt(TIES) == 0 ? TIE : distance.getAsLong();
        }
        return distances;
    }
}
