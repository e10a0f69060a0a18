package org.carillon.protocol;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/**
 * Server time: signed 64-bit nanoseconds on a line over the system's monotonic clock, which is
 * {@link System#nanoTime()}: {@code server = baseServer + (mono - baseMono) * rate}. The rate is 1 unless the server is
 * locked to an outside clock.
 *
 * <pre>
 *   0                8                16               24               32
 *   +----------------+----------------+----------------+----------------+
 *   |    sequence    |  baseServerNs  |   baseMonoNs   | rate (float64) |  line 0
 *   +----------------+----------------+----------------+----------------+
 *                    |  baseServerNs  |   baseMonoNs   | rate (float64) |  line 1
 *                    +----------------+----------------+----------------+
 *                    32               40               48               56
 * </pre>
 *
 * The line in force is that of the sequence's lowest bit; the other one is free to be drawn. The writer, after a
 * release fence, writes the three words of the other line, then the next sequence with release. A reader loads the
 * sequence with acquire, the words of its line, an acquire fence, and the sequence again, and repeats where it has
 * changed: so a writer that is interrupted, or ends, halfway holds nobody up. Any thread and any process that maps the
 * words may read.
 */
public final class ServerClock {
    public static final int SEQUENCE_OFFSET = 0;
    public static final int LINES_OFFSET = SEQUENCE_OFFSET + Long.BYTES;
    /** In a line. */
    public static final int BASE_SERVER_NS_OFFSET = 0;
    public static final int BASE_MONO_NS_OFFSET = BASE_SERVER_NS_OFFSET + Long.BYTES;
    public static final int RATE_OFFSET = BASE_MONO_NS_OFFSET + Long.BYTES;
    public static final int LINE_LENGTH = RATE_OFFSET + Double.BYTES;
    public static final int LENGTH = LINES_OFFSET + 2 * LINE_LENGTH;

    private static final VarHandle WORD = Layouts.LONG.varHandle();
    private static final VarHandle RATE = Layouts.DOUBLE.varHandle();

    private final MemorySegment lines;

    /** @param lines at least {@link #LENGTH} bytes, aligned to 8. */
    public ServerClock(MemorySegment lines) {
        this.lines = lines;
    }

    /** Server time now. */
    public long nowNs() {
        return serverNs(System.nanoTime());
    }

    /** Server time at a time of {@link System#nanoTime()}. */
    public long serverNs(long monoNs) {
        while (true) {
            long sequence = (long) WORD.getAcquire(lines, (long) SEQUENCE_OFFSET);
            long line = line(sequence);
            long baseServerNs = (long) WORD.getOpaque(lines, line + BASE_SERVER_NS_OFFSET);
            long baseMonoNs = (long) WORD.getOpaque(lines, line + BASE_MONO_NS_OFFSET);
            double rate = (double) RATE.getOpaque(lines, line + RATE_OFFSET);
            if (isStill(sequence)) {
                return sum(baseServerNs, scaled(monoNs - baseMonoNs, rate));
            }
            Thread.onSpinWait();
        }
    }

    /**
     * The time of {@link System#nanoTime()} at which server time has reached a date, never earlier, as the line stands;
     * far dates stop at the ends of the range.
     */
    public long monoNs(long serverNs) {
        while (true) {
            long sequence = (long) WORD.getAcquire(lines, (long) SEQUENCE_OFFSET);
            long line = line(sequence);
            long baseServerNs = (long) WORD.getOpaque(lines, line + BASE_SERVER_NS_OFFSET);
            long baseMonoNs = (long) WORD.getOpaque(lines, line + BASE_MONO_NS_OFFSET);
            double rate = (double) RATE.getOpaque(lines, line + RATE_OFFSET);
            if (isStill(sequence)) {
                return onLine(serverNs, baseServerNs, baseMonoNs, rate);
            }
            Thread.onSpinWait();
        }
    }

    /** How much server time passes in one nanosecond of the system's clock. */
    public double rate() {
        while (true) {
            long sequence = (long) WORD.getAcquire(lines, (long) SEQUENCE_OFFSET);
            double rate = (double) RATE.getOpaque(lines, line(sequence) + RATE_OFFSET);
            if (isStill(sequence)) {
                return rate;
            }
            Thread.onSpinWait();
        }
    }

    /** Draws a new line. The kernel's thread only. */
    public void set(long baseServerNs, long baseMonoNs, double rate) {
        if (!(rate > 0) || rate > 1_000) {
            throw new IllegalArgumentException("clock rate must be above 0 and at most 1000: rate=" + rate);
        }
        long next = (long) WORD.getOpaque(lines, (long) SEQUENCE_OFFSET) + 1;
        long line = line(next);
        VarHandle.releaseFence(); // who still reads the line that was there sees that the sequence went on
        WORD.setOpaque(lines, line + BASE_SERVER_NS_OFFSET, baseServerNs);
        WORD.setOpaque(lines, line + BASE_MONO_NS_OFFSET, baseMonoNs);
        RATE.setOpaque(lines, line + RATE_OFFSET, rate);
        WORD.setRelease(lines, (long) SEQUENCE_OFFSET, next);
    }

    /** Goes on from now at another rate: server time does not jump. The kernel's thread only. */
    public void setRate(double rate) {
        long monoNs = System.nanoTime();
        set(serverNs(monoNs), monoNs, rate);
    }

    private static long line(long sequence) {
        return LINES_OFFSET + (sequence & 1) * LINE_LENGTH;
    }

    private boolean isStill(long sequence) {
        VarHandle.acquireFence();
        return (long) WORD.getOpaque(lines, (long) SEQUENCE_OFFSET) == sequence;
    }

    private static long scaled(long deltaNs, double rate) {
        return rate == 1.0 ? deltaNs : (long) Math.floor(deltaNs * rate);
    }

    private static long onLine(long serverNs, long baseServerNs, long baseMonoNs, double rate) {
        long deltaNs = serverNs - baseServerNs;
        boolean overflows = ((serverNs ^ baseServerNs) & (serverNs ^ deltaNs)) < 0;
        return overflows ? end(serverNs) : sum(baseMonoNs, unscaled(deltaNs, rate));
    }

    private static long unscaled(long deltaNs, double rate) {
        if (rate == 1.0) {
            return deltaNs;
        }
        long monoNs = (long) Math.ceil(deltaNs / rate);
        // the quotient is rounded, and scaled() rounds again: what is missing then is added
        long missingNs = deltaNs - scaled(monoNs, rate);
        while (missingNs > 0 && monoNs < Long.MAX_VALUE) {
            monoNs = sum(monoNs, (long) Math.ceil(missingNs / rate));
            missingNs = deltaNs - scaled(monoNs, rate);
        }
        return monoNs;
    }

    /** The sum, or the end of the range that it would pass. */
    private static long sum(long a, long b) {
        long sum = a + b;
        return ((a ^ sum) & (b ^ sum)) < 0 ? end(a) : sum;
    }

    private static long end(long signed) {
        return signed < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
}
