package org.carillon.platform.jack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class JackClockTest {
    private static final long PERIOD_US = 1_333;
    private final JackClock clock = new JackClock();

    @Test
    void shouldTakeTheFirstReading() {
        clock.compare(5_000_000, 1_000, 5_000_100);

        assertEquals(5_000_050 + 7_000, clock.toNs(1_007));
    }

    @Test
    void shouldFollowAClockThatDrifts() {
        long jackUs = 0;
        double nanos = 1e9;
        for (int cycle = 0; cycle < 20_000; cycle++) {
            clock.compare((long) nanos, jackUs, (long) nanos + 60);
            jackUs += PERIOD_US;
            nanos += PERIOD_US * 1_000 * (1 + 200e-6);
        }

        assertTrue(Math.abs(clock.toNs(jackUs) - nanos) < 40_000, clock.toNs(jackUs) + " " + nanos);
    }

    @Test
    void shouldDisregardAReadingThatWasInterrupted() {
        clock.compare(1_000, 0, 1_000);
        clock.compare(2_000_000, 2_000, 2_900_000);

        assertEquals(1_000, clock.toNs(0));
    }

    @Test
    void shouldJumpToAnotherClock() {
        clock.compare(0, 0, 0);
        clock.compare(9_000_000, 0, 9_000_000);

        assertEquals(9_000_000, clock.toNs(0));
    }

    @Test
    void shouldSayStatusInWords() {
        assertEquals("0x11 (failure, no server reached)", JackStatus.describe(0x11));
    }
}
