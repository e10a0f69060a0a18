package org.carillon.sampler.graph;

import org.carillon.sampler.BlockSource;

/** Turns a source louder or softer, without steps. At 0 dB it leaves every bit as it is. */
final class Fader implements BlockSource {
    private static final float TRAVEL_S = 0.02f;

    private final BlockSource source;
    private final int channels;
    private final float stepPerFrame;
    private volatile float target;
    private float gain;

    Fader(BlockSource source, int channels, int sampleRateHz, double gainDb) {
        this.source = source;
        this.channels = channels;
        stepPerFrame = 1 / (TRAVEL_S * sampleRateHz);
        set(gainDb);
        gain = target;
    }

    /** Any thread. */
    void set(double gainDb) {
        target = (float) Math.pow(10, gainDb / 20);
    }

    @Override
    public void render(float[] buffer, int frames, long startNs) {
        source.render(buffer, frames, startNs);
        float goal = target;
        if (gain == 1 && goal == 1) {
            return;
        }
        int at = 0;
        for (int frame = 0; frame < frames; frame++) {
            gain += Math.clamp(goal - gain, -stepPerFrame, stepPerFrame);
            for (int channel = 0; channel < channels; channel++) {
                buffer[at++] *= gain;
            }
        }
    }
}
