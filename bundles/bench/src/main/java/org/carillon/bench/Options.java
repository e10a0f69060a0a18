package org.carillon.bench;

import java.io.PrintStream;
import java.util.concurrent.TimeUnit;

/**
 * How to run a benchmark.
 *
 * @param seconds  about how long to measure, warm-up not counted.
 * @param isFull   whether one that counts its attempts makes all of them, which takes an hour.
 * @param progress where to tell a waiting person how far it is.
 */
public record Options(int seconds, boolean isFull, PrintStream progress) {
    public static final int DEFAULT_SECONDS = 20;
    public static final int MAX_SECONDS = (int) TimeUnit.DAYS.toSeconds(7);

    public Options {
        if (seconds < 1 || seconds > MAX_SECONDS) {
            throw new IllegalArgumentException("seconds must be 1 to " + MAX_SECONDS + ": seconds=" + seconds);
        }
    }
}
