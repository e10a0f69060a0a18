package org.carillon.transport.shm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LifeSpanTest {
    private static final long START_NS = Long.MAX_VALUE - 5_000_000_000L; // the clock may wrap

    private int downs;

    @Test
    void shouldEndTwoSecondsAfterTheLastSession() {
        LifeSpan span = new LifeSpan(true, () -> downs++);
        span.look(START_NS);
        span.sessions(1, START_NS);
        span.look(START_NS + 3_600_000_000_000L);
        assertEquals(0, downs);
        assertEquals(-1, span.limitMs(START_NS));

        span.sessions(0, START_NS + 10);
        span.look(START_NS + 10 + LifeSpan.GRACE_NS - 1);
        assertEquals(0, downs);
        assertTrue(span.limitMs(START_NS + 10) >= 2_000);
        span.sessions(1, START_NS + 1_000);
        span.sessions(0, START_NS + 2_000);
        span.look(START_NS + 2_000 + LifeSpan.GRACE_NS - 1);
        assertEquals(0, downs);
        span.look(START_NS + 2_000 + LifeSpan.GRACE_NS);
        span.look(START_NS + 2_000 + 2 * LifeSpan.GRACE_NS);

        assertEquals(1, downs);
    }

    @Test
    void shouldEndWhenTheFirstSessionNeverComes() {
        LifeSpan span = new LifeSpan(true, () -> downs++);
        span.look(START_NS);
        span.look(START_NS + LifeSpan.FIRST_NS - 1);
        assertEquals(0, downs);
        span.look(START_NS + LifeSpan.FIRST_NS);
        assertEquals(1, downs);
    }

    @Test
    void shouldStayWhenItIsNotOnDemandOrIsToldTo() {
        LifeSpan stays = new LifeSpan(false, () -> downs++);
        stays.sessions(0, START_NS);
        stays.look(START_NS + 10 * LifeSpan.FIRST_NS);
        LifeSpan told = new LifeSpan(true, () -> downs++);
        told.sessions(0, START_NS);
        told.stay();
        told.look(START_NS + 10 * LifeSpan.FIRST_NS);

        assertEquals(0, downs);
        assertEquals(-1, told.limitMs(START_NS));
    }
}
