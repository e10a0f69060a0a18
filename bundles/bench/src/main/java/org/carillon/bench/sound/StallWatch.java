package org.carillon.bench.sound;

import java.util.function.LongSupplier;
import org.carillon.sampler.BlockSource;
import org.carillon.sampler.output.StallingSource;

/**
 * Stands between an output and a source that is late on demand, with a clock of its own, and judges what the output's
 * detector counts: each stall must be found, and what is found without a stall must at least be late by this clock.
 * The audio thread plays; any thread reads.
 */
final class StallWatch implements BlockSource {
    private final StallingSource source;
    private final LongSupplier detected;
    private final long periodNs;
    private long lastStartNs;
    private long lastEndNs;
    private long lastDetected;
    private int lastStalls;
    private boolean wasStalled;
    private volatile long blocks;
    private volatile int found;
    private volatile int invented;

    /** @param detected how many xruns the detector has counted until now. */
    StallWatch(StallingSource source, LongSupplier detected, long periodNs) {
        this.source = source;
        this.detected = detected;
        this.periodNs = periodNs;
    }

    @Override
    public void render(float[] buffer, int frames, long startNs) {
        long nowNs = System.nanoTime();
        long count = detected.getAsLong();
        if (blocks > 0) {
            judge(count - lastDetected, nowNs - lastStartNs, lastEndNs - lastStartNs);
        }
        lastDetected = count;
        lastStartNs = nowNs;
        source.render(buffer, frames, startNs);
        int stalls = source.stalls();
        wasStalled = stalls != lastStalls;
        lastStalls = stalls;
        lastEndNs = System.nanoTime();
        blocks = blocks + 1;
    }

    /**
     * Of the block before: how often it was found late, and what our own clock says.
     *
     * @param gapNs  between its start and that of this block.
     * @param tookNs that it took.
     */
    private void judge(long news, long gapNs, long tookNs) {
        if (news == 0) {
            return;
        }
        if (wasStalled) {
            found = found + 1;
        } else if (gapNs < periodNs + periodNs / 2 && tookNs <= periodNs) {
            invented = invented + 1;
        }
    }

    long blocks() {
        return blocks;
    }

    int found() {
        return found;
    }

    int invented() {
        return invented;
    }
}
