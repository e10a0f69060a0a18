package org.carillon.sampler.output;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.carillon.sampler.BlockSource;

/**
 * Asks the source for a block, and keeps account of it. An exception of the source is counted, and heard as silence.
 * The audio thread renders; any thread reads the account.
 */
final class Renderer {
    private static final long NS_PER_S = 1_000_000_000L;

    private final XrunDetector detector = new XrunDetector();
    private final AtomicLong frameCount = new AtomicLong();
    private final AtomicLong failureCount = new AtomicLong();
    private final BlockSource source;
    private final float[] buffer;
    private volatile Throwable failure;

    /** @param mostFrames that a block will ever have. */
    Renderer(BlockSource source, int channels, int mostFrames) {
        this.source = source;
        buffer = new float[channels * mostFrames];
    }

    /** Makes a block, which stands at the start of {@link #buffer()} until the next. */
    void render(int frames, int sampleRateHz, long startNs) {
        begin(frames, sampleRateHz);
        fill(frames, startNs);
        end(frames);
    }

    void begin(int frames, int sampleRateHz) {
        detector.blockStarted(System.nanoTime(), frames * NS_PER_S / sampleRateHz);
    }

    void fill(int frames, long startNs) {
        try {
            source.render(buffer, frames, startNs);
        } catch (Throwable thrown) {
            Arrays.fill(buffer, 0);
            failureCount.setOpaque(failureCount.getPlain() + 1);
            if (failure == null) {
                failure = thrown;
            }
        }
    }

    void end(int frames) {
        frameCount.setOpaque(frameCount.getPlain() + frames);
        detector.blockEnded(System.nanoTime());
    }

    /** The next block follows a known interruption. */
    void restart() {
        detector.restart();
    }

    float[] buffer() {
        return buffer;
    }

    Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    OutputStatistics statistics(long backendXruns, long interruptions) {
        return new OutputStatistics(detector.blocks(), frameCount.getOpaque(), detector.lateWakeUps(),
                detector.overruns(), backendXruns, interruptions, failureCount.getOpaque(), detector.wakeUpError(),
                detector.renderTime());
    }
}
