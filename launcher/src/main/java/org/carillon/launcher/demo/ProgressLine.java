package org.carillon.launcher.demo;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Says on standard error how far the music is: one line that is written over, or a new one now and then. */
final class ProgressLine implements Player.Progress {
    private static final long TERMINAL_STEP_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long PLAIN_STEP_NS = TimeUnit.SECONDS.toNanos(5);

    private final PrintWriter out;
    private final Score score;
    private final boolean terminal;
    private long nextNs = Long.MIN_VALUE;

    ProgressLine(PrintWriter out, Score score, boolean terminal) {
        this.out = out;
        this.score = score;
        this.terminal = terminal;
    }

    @Override
    public void played(int count, long sinceStartNs) {
        if (sinceStartNs < nextNs) {
            return;
        }
        long stepNs = terminal ? TERMINAL_STEP_NS : PLAIN_STEP_NS;
        nextNs = Math.max(0, sinceStartNs) + stepNs;
        String line = String.format(Locale.ROOT, "%s: %d of %d s, %d of %d events", score.name(),
                Math.max(0, TimeUnit.NANOSECONDS.toSeconds(sinceStartNs)),
                TimeUnit.NANOSECONDS.toSeconds(score.durationNs()), count, score.events().size());
        out.print(terminal ? "\r" + line : line + System.lineSeparator());
        out.flush();
    }

    /** Leaves the line. */
    void end() {
        if (terminal) {
            out.println();
            out.flush();
        }
    }
}
