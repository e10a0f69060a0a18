package org.carillon.bench.sound;

import java.util.concurrent.locks.LockSupport;

/** A thread that makes 100 MB of garbage each second, beside some that lives for a while, until it is ended. */
final class Garbage {
    private static final double BYTES_PER_S = 100e6;
    private static final int PIECE_BYTES = 1_024;
    private static final int LIVE_PIECES = 20_000;
    private static final long PAUSE_NS = 1_000_000;
    private static final double NS_PER_S = 1e9;
    private static final double MB = 1e6;

    private final byte[][] live = new byte[LIVE_PIECES][];
    private final Thread thread;
    private volatile boolean isOver;
    private double mbPerS;

    Garbage() {
        thread = Thread.ofPlatform().daemon().name("garbage").start(this::make);
    }

    private void make() {
        long startNs = System.nanoTime();
        long bytes = 0;
        int place = 0;
        while (!isOver) {
            double due = (System.nanoTime() - startNs) / NS_PER_S * BYTES_PER_S;
            for (; bytes < due; bytes += PIECE_BYTES) {
                live[place] = new byte[PIECE_BYTES];
                place = (place + 1) % LIVE_PIECES;
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
        mbPerS = bytes / MB / ((System.nanoTime() - startNs) / NS_PER_S);
    }

    /** Ends it; million bytes a second that it made. */
    double end() throws InterruptedException {
        isOver = true;
        thread.join();
        return mbPerS;
    }
}
