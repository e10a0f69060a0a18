package org.carillon.launcher.demo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class PercentilesTest {
    @Test
    void shouldTakeTheNearestRank() {
        long[] valuesNs = LongStream.rangeClosed(1, 1_000).map(i -> 1_001 - i).toArray();

        assertEquals(new Percentiles(500, 990, 1_000), Percentiles.of(valuesNs));
    }

    @Test
    void shouldTakeAnExistingValueOfFew() {
        assertEquals(new Percentiles(20, 30, 30), Percentiles.of(new long[]{30, 10, 20}));
        assertEquals(new Percentiles(7, 7, 7), Percentiles.of(new long[]{7}));
    }

    @Test
    void shouldLeaveTheValuesInTheirOrder() {
        long[] valuesNs = {3, 1, 2};
        Percentiles.of(valuesNs);

        assertArrayEquals(new long[]{3, 1, 2}, valuesNs);
    }

    @Test
    void shouldRefuseNoValues() {
        assertThrows(IllegalArgumentException.class, () -> Percentiles.of(new long[0]));
    }
}
