package org.carillon.sampler.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DurationHistogramTest {
    private final DurationHistogram histogram = new DurationHistogram();

    @Test
    void shouldBeEmptyAtFirst() {
        assertEquals(new DurationSummary(0, 0, 0, 0, 0, 0), histogram.summary());
    }

    @Test
    void shouldKeepSmallDurationsExactly() {
        for (int i = 1; i <= 50; i++) {
            histogram.record(i);
        }
        assertEquals(new DurationSummary(50, 25, 45, 50, 50, 50), histogram.summary());
    }

    @Test
    void shouldKeepPercentilesToOneIn32() {
        Random random = new Random(1);
        long[] durationsNs = random.doubles(10_000).mapToLong(d -> (long) Math.exp(d * 25)).sorted().toArray();
        Arrays.stream(durationsNs).forEach(histogram::record);

        DurationSummary summary = histogram.summary();
        assertNear(durationsNs[4_999], summary.p50Ns());
        assertNear(durationsNs[8_999], summary.p90Ns());
        assertNear(durationsNs[9_899], summary.p99Ns());
        assertNear(durationsNs[9_989], summary.p999Ns());
        assertEquals(durationsNs[9_999], summary.maxNs());
        assertEquals(10_000, summary.count());
    }

    private static void assertNear(long exactNs, long seenNs) {
        assertTrue(seenNs >= exactNs && seenNs <= exactNs + exactNs / 32 + 1, exactNs + " " + seenNs);
    }

    @Test
    void shouldTakeAnyLength() {
        histogram.record(-5);
        histogram.record(Long.MAX_VALUE);

        assertEquals(0, histogram.summary().p50Ns());
        assertEquals(2, histogram.summary().count());
        assertEquals(Long.MAX_VALUE, histogram.summary().maxNs());
    }
}
