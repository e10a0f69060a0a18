package org.carillon.platform.jack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class CycleClockTest {
    private static final long PERIOD_NS = 1_333_333;
    private static final long ORIGIN_NS = -77_000_000_000L;
    private final CycleClock clock = new CycleClock();

    @Test
    void shouldTakeTheFirstCycleAsItComes() {
        assertEquals(ORIGIN_NS, clock.begin(ORIGIN_NS, PERIOD_NS));
    }

    @Test
    void shouldDrawALineThroughTheEarliestCycles() {
        Random random = new Random(7);
        for (int cycle = 0; cycle < 20_000; cycle++) {
            long trueNs = ORIGIN_NS + cycle * PERIOD_NS;
            long nowNs = trueNs + 5_000 + (long) Math.min(600_000, -40_000 * Math.log(1 - random.nextDouble()));
            long startNs = clock.begin(nowNs, PERIOD_NS);

            assertTrue(startNs <= nowNs);
            if (cycle > 1_000) {
                assertEquals(15_000.0, startNs - trueNs, 12_000.0, "cycle " + cycle);
            }
        }
    }

    @Test
    void shouldFollowACardThatIsSlowOrFast() {
        for (double drift : new double[]{-300e-6, 300e-6}) {
            double trueNs = ORIGIN_NS;
            long startNs = 0;
            for (int cycle = 0; cycle < 20_000; cycle++) {
                startNs = clock.begin((long) trueNs + 10_000, PERIOD_NS);
                trueNs += PERIOD_NS * (1 + drift);
            }
            assertEquals(0, startNs - (trueNs - PERIOD_NS * (1 + drift)), 120_000);
        }
    }

    @Test
    void shouldBeginAnewWhereCyclesWereLeftOut() {
        clock.begin(ORIGIN_NS, PERIOD_NS);
        long afterGapNs = ORIGIN_NS + 5 * PERIOD_NS + 1_000;

        assertEquals(afterGapNs, clock.begin(afterGapNs, PERIOD_NS));
        assertEquals(afterGapNs + PERIOD_NS, clock.begin(afterGapNs + PERIOD_NS, PERIOD_NS));
    }

    @Test
    void shouldTakeTheLengthOfTheCycleBefore() {
        clock.begin(ORIGIN_NS, 2 * PERIOD_NS);

        assertEquals(ORIGIN_NS + 2 * PERIOD_NS, clock.begin(ORIGIN_NS + 2 * PERIOD_NS + 200, PERIOD_NS));
    }

    @Test
    void shouldSayStatusInWords() {
        assertEquals("0x11 (failure, no server reached)", JackStatus.describe(0x11));
    }
}
