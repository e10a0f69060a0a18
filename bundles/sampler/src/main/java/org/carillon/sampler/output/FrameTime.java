package org.carillon.sampler.output;

/** Frames as nanoseconds, without losing any over years. */
final class FrameTime {
    private static final long NS_PER_S = 1_000_000_000L;

    private FrameTime() {}

    /** Time at which a frame begins, counted from frame 0. */
    static long toNs(long frame, int sampleRateHz) {
        return frame / sampleRateHz * NS_PER_S + frame % sampleRateHz * NS_PER_S / sampleRateHz;
    }
}
