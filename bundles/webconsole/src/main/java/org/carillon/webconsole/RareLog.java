package org.carillon.webconsole;

import java.lang.System.Logger.Level;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/** Warnings that somebody outside brings about: at most one a minute, so that nobody can fill a disk with them. */
final class RareLog {
    private static final long PAUSE_NS = 60_000_000_000L;

    private final LongSupplier clock;
    private final BiConsumer<Level, String> log;
    private long nextNs;
    private long left;

    /** @param clock nanoseconds, as of {@link System#nanoTime}. */
    RareLog(LongSupplier clock, BiConsumer<Level, String> log) {
        this.clock = clock;
        this.log = log;
        nextNs = clock.getAsLong();
    }

    synchronized void warn(String message) {
        long nowNs = clock.getAsLong();
        if (nowNs - nextNs < 0) {
            left++;
            log.accept(Level.DEBUG, message);
        } else {
            log.accept(Level.WARNING, left == 0 ? message : message + ", and as many before it: count=" + left);
            left = 0;
            nextNs = nowNs + PAUSE_NS;
        }
    }
}
