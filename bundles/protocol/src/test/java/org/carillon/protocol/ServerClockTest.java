package org.carillon.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class ServerClockTest {
    private static final long SEED = 20_260_101;
    private static final int LINES = 2_000;
    private static final int DATES = 100;

    private static final int LINE_WORDS = ServerClock.LINE_LENGTH / Long.BYTES;

    private final long[] lines = new long[ServerClock.LENGTH / Long.BYTES];
    private final ServerClock clock = new ServerClock(MemorySegment.ofArray(lines));
    private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);

    @Test
    void shouldFollowItsLine() {
        clock.set(1_000, 500, 1.0);
        assertEquals(1_000, clock.serverNs(500));
        assertEquals(1_001, clock.serverNs(501));
        assertEquals(400, clock.serverNs(-100));
        assertEquals(500, clock.monoNs(1_000));

        clock.set(1_000, 500, 2.0);
        assertEquals(1_200, clock.serverNs(600));
        assertEquals(800, clock.serverNs(400));
        assertEquals(600, clock.monoNs(1_200));
        assertEquals(601, clock.monoNs(1_201), "the first nanosecond at which the date is reached");
        assertEquals(2.0, clock.rate());
    }

    @Test
    void shouldStandWhileTheNextLineIsDrawn() {
        clock.set(1_000, 500, 1.0);
        clock.set(2_000, 500, 1.0);
        lines[LINE_WORDS + 1] = 77; // the line of odd sequences, as one leaves it who ends halfway
        assertEquals(2_000, clock.serverNs(500));
        assertEquals(500, clock.monoNs(2_000));
    }

    @Test
    void shouldNotJumpWhenTheRateChanges() {
        clock.set(7_000_000_000L, System.nanoTime(), 1.0);
        double rate = 1.0;
        for (int i = 0; i < 1_000; i++) {
            double next = 0.5 + random.nextDouble() * 1.5;
            long beforeMonoNs = System.nanoTime();
            long beforeNs = clock.serverNs(beforeMonoNs);

            clock.setRate(next);

            long afterMonoNs = System.nanoTime();
            long passedNs = clock.serverNs(afterMonoNs) - beforeNs;
            long elapsedNs = afterMonoNs - beforeMonoNs;
            assertTrue(passedNs >= 0, "passedNs=" + passedNs);
            assertTrue(passedNs <= Math.ceil(elapsedNs * Math.max(rate, next)) + 1, "passedNs=" + passedNs);
            rate = next;
        }
    }

    @Test
    void shouldRefuseBadRates() {
        clock.set(5, 6, 1.0);
        double[] rates = {0, -0.0, -1, 1_000.000_1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (double rate : rates) {
            assertThrows(IllegalArgumentException.class, () -> clock.set(0, 0, rate), "rate=" + rate);
            assertThrows(IllegalArgumentException.class, () -> clock.setRate(rate), "rate=" + rate);
        }
        assertEquals(5, clock.serverNs(6), "the line stands as it was");
    }

    @Test
    void shouldNeverBeEarly() {
        for (int line = 0; line < LINES; line++) {
            clock.set(date(), Math.abs(date() >> 8), rate());
            for (int i = 0; i < DATES; i++) {
                assertNotEarly(date());
            }
        }
    }

    private void assertNotEarly(long serverNs) {
        long monoNs = clock.monoNs(serverNs);
        if (monoNs > Long.MIN_VALUE && monoNs < Long.MAX_VALUE) {
            long reachedNs = clock.serverNs(monoNs);
            assertTrue(reachedNs >= serverNs, () -> "serverNs=" + serverNs + ", reachedNs=" + reachedNs + ", monoNs="
                    + monoNs + ", rate=" + clock.rate());
        }
    }

    @Test
    void shouldNeverBeLateByMoreThanANanosecondNearItsLine() {
        for (int line = 0; line < LINES; line++) {
            double rate = 0.5 + random.nextDouble();
            long baseMonoNs = Math.abs(date() >> 8);
            clock.set(date() >> 8, baseMonoNs, rate);
            for (int i = 0; i < DATES; i++) {
                long serverNs = clock.serverNs(baseMonoNs + random.nextLong(1L << 50)) + random.nextLong(1_000);
                long monoNs = clock.monoNs(serverNs);
                assertTrue(clock.serverNs(monoNs - 2) < serverNs, () -> "serverNs=" + serverNs + ", rate=" + rate);
            }
        }
    }

    @Test
    void shouldStopAtTheEndsOfTheRangeForFarDates() {
        double[] rates = {1e-12, 0.25, 0.999_9, 1.0};
        for (double rate : rates) {
            clock.set(-10, 1_000_000, rate);
            assertEquals(Long.MAX_VALUE, clock.monoNs(Long.MAX_VALUE), "rate=" + rate);
            assertEquals(Long.MAX_VALUE, clock.monoNs(Long.MAX_VALUE - 1_000), "rate=" + rate);
            clock.set(1_000_000, -10, rate);
            assertEquals(Long.MIN_VALUE, clock.monoNs(Long.MIN_VALUE), "rate=" + rate);
        }
    }

    @Test
    void shouldNeverGoBackwardsFromDateToDate() {
        for (int line = 0; line < LINES; line++) {
            clock.set(random.nextLong(1L << 50), Math.abs(date() >> 8), rate());
            long beforeNs = Long.MIN_VALUE;
            for (long serverNs : random.longs(DATES, 0, 1L << 50).sorted().toArray()) {
                long monoNs = clock.monoNs(serverNs);
                assertTrue(monoNs >= beforeNs, () -> "serverNs=" + serverNs);
                beforeNs = monoNs;
            }
        }
    }

    /** Dates of every magnitude, of both signs. */
    private long date() {
        return random.nextLong() >> random.nextInt(Long.SIZE);
    }

    private double rate() {
        return switch (random.nextInt(4)) {
            case 0 -> 1.0;
            case 1 -> 1.0 + (random.nextDouble() - 0.5) * 1e-3;
            case 2 -> Math.pow(10, random.nextDouble() * 15 - 12);
            default -> random.nextDouble(0.1, 10);
        };
    }
}
