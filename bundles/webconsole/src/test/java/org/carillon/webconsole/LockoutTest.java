package org.carillon.webconsole;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class LockoutTest {
    private static final long START_NS = Long.MAX_VALUE - 5; // a clock may turn over
    private long nowNs = START_NS;
    private final Lockout lockout = new Lockout(() -> nowNs);

    private void wrong(int times) {
        for (int i = 0; i < times; i++) {
            lockout.wrong("a");
        }
    }

    @Test
    void shouldForgiveAFewMistakes() {
        wrong(Lockout.FREE_TRIES - 1);
        assertEquals(0, lockout.pauseNs("a"));
    }

    @Test
    void shouldPauseLongerEachTime() {
        wrong(Lockout.FREE_TRIES);
        assertEquals(TimeUnit.SECONDS.toNanos(1), lockout.pauseNs("a"));
        wrong(1);
        assertEquals(TimeUnit.SECONDS.toNanos(2), lockout.pauseNs("a"));
        wrong(100);
        assertEquals(TimeUnit.SECONDS.toNanos(60), lockout.pauseNs("a"));
    }

    @Test
    void shouldHearAgainWhenThePauseIsOver() {
        wrong(Lockout.FREE_TRIES);
        nowNs += TimeUnit.SECONDS.toNanos(1);
        assertEquals(0, lockout.pauseNs("a"));
    }

    @Test
    void shouldForgetAfterTheRightOne() {
        wrong(Lockout.FREE_TRIES - 1);
        lockout.right("a");
        wrong(Lockout.FREE_TRIES - 1);
        assertEquals(0, lockout.pauseNs("a"));
    }

    @Test
    void shouldForgetAfterARest() {
        wrong(Lockout.FREE_TRIES - 1);
        nowNs += TimeUnit.SECONDS.toNanos(61);
        assertEquals(1, lockout.wrong("a"));
    }

    @Test
    void shouldPauseNobodyElse() {
        wrong(100);
        assertEquals(0, lockout.pauseNs("b"));
    }

    @Test
    void shouldRememberABoundedNumberOfAddresses() {
        for (int i = 0; i < 10_000; i++) {
            lockout.wrong("address " + i);
        }
        assertEquals(Lockout.MAX_ADDRESSES, lockout.size());
    }

    @Test
    void shouldWriteOneLineAMinute() {
        List<String> lines = new ArrayList<>();
        RareLog log = new RareLog(() -> nowNs, (level, line) -> {
            if (level == Level.WARNING) {
                lines.add(line);
            }
        });
        for (int i = 0; i < 1_000; i++) {
            log.warn("wrong");
        }
        nowNs += TimeUnit.MINUTES.toNanos(1);
        log.warn("wrong");

        assertEquals(2, lines.size());
        assertTrue(lines.getLast().contains("count=999"), lines.getLast());
    }
}
