package org.carillon.sampler.output;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts durations in buckets: each power of two of nanoseconds has 32 of equal width. One thread records and neither
 * waits nor allocates; any thread reads, and sees nearly the latest.
 */
final class DurationHistogram {
    private static final int SUB_BITS = 5;
    private static final int SUB_COUNT = 1 << SUB_BITS;
    private static final int LONGEST_BITS = 42; // more than an hour
    private static final long LONGEST_NS = (1L << LONGEST_BITS) - 1;

    private final AtomicLongArray counts = new AtomicLongArray((LONGEST_BITS - SUB_BITS + 1) * SUB_COUNT);
    private final AtomicLong longestNs = new AtomicLong();

    /** Counts one duration; a negative one as 0. */
    void record(long durationNs) {
        int bucket = bucket(Math.clamp(durationNs, 0, LONGEST_NS));
        counts.setOpaque(bucket, counts.getPlain(bucket) + 1);
        if (durationNs > longestNs.getPlain()) {
            longestNs.setOpaque(durationNs);
        }
    }

    DurationSummary summary() {
        long[] copy = new long[counts.length()];
        long total = 0;
        for (int i = 0; i < copy.length; i++) {
            copy[i] = counts.getOpaque(i);
            total += copy[i];
        }
        return new DurationSummary(total, percentileNs(copy, total, 0.5), percentileNs(copy, total, 0.9),
                percentileNs(copy, total, 0.99), percentileNs(copy, total, 0.999), longestNs.getOpaque());
    }

    private long percentileNs(long[] copy, long total, double share) {
        long wanted = Math.max(1, (long) Math.ceil(share * total));
        long seen = 0;
        for (int i = 0; i < copy.length; i++) {
            seen += copy[i];
            if (seen >= wanted) {
                return Math.min(highestNs(i), longestNs.getOpaque());
            }
        }
        return 0;
    }

    /** The first 32 buckets are 1 ns wide, and so are the next; then the width doubles with each power of two. */
    private static int bucket(long durationNs) {
        int shift = Math.max(0, Long.SIZE - 1 - SUB_BITS - Long.numberOfLeadingZeros(durationNs | 1));
        return (shift << SUB_BITS) + (int) (durationNs >>> shift);
    }

    private static long highestNs(int bucket) {
        int shift = Math.max(0, (bucket >> SUB_BITS) - 1);
        long mantissa = bucket - ((long) shift << SUB_BITS);
        return (mantissa + 1 << shift) - 1;
    }
}
