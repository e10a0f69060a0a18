package org.carillon.bench.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SieveTest {
    @Test
    void shouldCountWhatPassesWhereverItBegins() {
        assertEquals(10, Sieve.NONE.passing(3, 13));
        assertEquals(2, Sieve.WORD_PAIRS.passing(3, 12)); // 4, 8
        assertEquals(3, Sieve.WORD_PAIRS.passing(3, 13)); // 4, 8, 12
        assertEquals(7, Sieve.NO_CONTROLLERS.passing(0, 9)); // not 1, 5
        assertEquals(5, Sieve.PRESSURE_AND_WHEEL.passing(2, 11)); // 2, 3, 6, 7, 10
        assertEquals(0, Sieve.WORD_PAIRS.passing(5, 5));
    }
}
