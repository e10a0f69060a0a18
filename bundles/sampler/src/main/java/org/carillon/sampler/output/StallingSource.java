package org.carillon.sampler.output;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.carillon.sampler.BlockSource;

/**
 * Lets the sound of another source through, and is late on demand: proves that xruns are found, on a real machine and
 * in tests. Stalls by using the processor, as a source does that computes too much.
 */
public final class StallingSource implements BlockSource {
    private final BlockSource source;
    private final AtomicLong orderedNs = new AtomicLong();
    private final AtomicInteger stalls = new AtomicInteger();

    /** @param source whose sound goes through. */
    public StallingSource(BlockSource source) {
        this.source = source;
    }

    /** Makes the next block take so long at least. One order at a time; any thread. */
    public void stall(long durationNs) {
        orderedNs.set(durationNs);
    }

    /** Orders that were carried out. Any thread. */
    public int stalls() {
        return stalls.get();
    }

    @Override
    public void render(float[] buffer, int frames, long startNs) {
        source.render(buffer, frames, startNs);
        long durationNs = orderedNs.get();
        if (durationNs > 0) {
            long beganNs = System.nanoTime();
            while (System.nanoTime() - beganNs < durationNs) {
                Thread.onSpinWait();
            }
            orderedNs.set(0);
            stalls.incrementAndGet();
        }
    }
}
