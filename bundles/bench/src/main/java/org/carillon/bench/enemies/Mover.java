package org.carillon.bench.enemies;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/** A thread that writes values to a word in turn, without rest, from its start until it is closed. */
final class Mover implements AutoCloseable {
    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();

    private final Thread thread;
    private volatile boolean runs = true;

    Mover(MemorySegment segment, long offset, long... values) {
        thread = Thread.ofPlatform().daemon().name("mover").unstarted(() -> {
            for (int i = 0; runs; i = (i + 1) % values.length) {
                LONG.setRelease(segment, offset, values[i]);
            }
        });
    }

    void start() {
        thread.start();
    }

    @Override
    public void close() {
        runs = false;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
