package org.carillon.launcher.command;

import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** One line on standard error that is written over while something goes on; nothing where that is no terminal. */
public final class StatusLine {
    private static final long STEP_NS = TimeUnit.MILLISECONDS.toNanos(200);

    private final PrintWriter out;
    private final boolean isShown;
    private long nextNs;
    private int length;

    /** @param isShown whether somebody looks. */
    public StatusLine(PrintWriter out, boolean isShown) {
        this.out = out;
        this.isShown = isShown;
        nextNs = System.nanoTime();
    }

    /** Whether standard input and output are a terminal. */
    public static boolean isTerminal() {
        return System.console() != null && System.console().isTerminal();
    }

    /** Writes the text over the last one, at most five times a second. */
    public void show(Supplier<String> text) {
        long nowNs = System.nanoTime();
        if (isShown && nowNs - nextNs >= 0) {
            nextNs = nowNs + STEP_NS;
            String line = text.get();
            out.print("\r" + line + " ".repeat(Math.max(0, length - line.length())));
            out.flush();
            length = line.length();
        }
    }

    /** Takes the line away. */
    public void end() {
        if (length > 0) {
            out.print("\r" + " ".repeat(length) + "\r");
            out.flush();
            length = 0;
        }
    }
}
