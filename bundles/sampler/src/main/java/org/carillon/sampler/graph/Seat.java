package org.carillon.sampler.graph;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.carillon.sampler.BlockSource;

/**
 * Where the audio thread of an output sits: it plays the source that it is given, and is silent otherwise. All seats of
 * a sampler share one flag, so that an output that is a moment late to go cannot play beside the next one.
 */
final class Seat implements BlockSource {
    private static final long LIMIT_NS = 1_000_000_000L;
    private static final long LOOK_NS = 100_000;

    private final AtomicBoolean isBusy;
    private volatile BlockSource source;

    /** @param isBusy true while a seat makes a block. */
    Seat(AtomicBoolean isBusy) {
        this.isBusy = isBusy;
    }

    void give(BlockSource given) {
        source = given;
    }

    /**
     * Takes the source away and waits until no block is made of it.
     *
     * @return false when the audio thread does not come back from it.
     */
    boolean take() {
        source = null;
        long startNs = System.nanoTime();
        while (isBusy.get()) {
            if (System.nanoTime() - startNs > LIMIT_NS) {
                return false;
            }
            LockSupport.parkNanos(LOOK_NS);
        }
        return true;
    }

    @Override
    public void render(float[] buffer, int frames, long startNs) {
        // the flag before the source: who has taken the source away and then finds no flag knows that nobody has it
        if (source == null || !isBusy.compareAndSet(false, true)) {
            Arrays.fill(buffer, 0);
            return;
        }
        try {
            BlockSource now = source;
            if (now == null) {
                Arrays.fill(buffer, 0);
            } else {
                now.render(buffer, frames, startNs);
            }
        } finally {
            isBusy.set(false);
        }
    }
}
