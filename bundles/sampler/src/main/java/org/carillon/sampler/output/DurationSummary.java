package org.carillon.sampler.output;

/**
 * A distribution of durations. Percentiles are exact to 1/32; the count and the longest are exact.
 *
 * @param count  of durations.
 * @param p50Ns  the duration that half of them do not exceed.
 * @param p90Ns  the same for 90 of 100.
 * @param p99Ns  the same for 99 of 100.
 * @param p999Ns the same for 999 of 1 000.
 * @param maxNs  the longest.
 */
public record DurationSummary(long count, long p50Ns, long p90Ns, long p99Ns, long p999Ns, long maxNs) {}
