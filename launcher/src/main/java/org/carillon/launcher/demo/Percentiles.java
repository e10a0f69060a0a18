package org.carillon.launcher.demo;

import java.util.Arrays;

/**
 * What half of the values, 99 of 100 and all of them do not exceed.
 *
 * @param p50Ns median.
 * @param p99Ns of few values it is the greatest.
 * @param maxNs greatest value.
 */
record Percentiles(long p50Ns, long p99Ns, long maxNs) {
    /** By nearest rank: each percentile is one of the values. The array is left as it is. */
    static Percentiles of(long[] valuesNs) {
        if (valuesNs.length == 0) {
            throw new IllegalArgumentException("percentiles must have a value: values=0");
        }
        long[] sorted = valuesNs.clone();
        Arrays.sort(sorted);
        return new Percentiles(atRank(sorted, 50), atRank(sorted, 99), sorted[sorted.length - 1]);
    }

    private static long atRank(long[] sorted, int percent) {
        int rank = (int) Math.ceilDiv((long) sorted.length * percent, 100);
        return sorted[rank - 1];
    }
}
