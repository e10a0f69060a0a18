package org.carillon.sampler;

import java.util.Arrays;
import java.util.Random;
import org.carillon.sampler.instrument.Sample;

/** Samples made of formulas. */
final class Waves {
    static final int RATE_HZ = 48_000;

    private Waves() {}

    static Sample sine(double frequencyHz, int frames) {
        return sine(frequencyHz, frames, RATE_HZ);
    }

    static Sample sine(double frequencyHz, int frames, int rateHz) {
        float[] values = new float[frames];
        for (int i = 0; i < frames; i++) {
            values[i] = (float) Math.sin(2 * Math.PI * frequencyHz * i / rateHz);
        }
        return new Sample("sine", rateHz, values);
    }

    /** So many periods of a sine, of so many frames each: a loop without a seam. */
    static Sample cycle(int framesPerPeriod, int periods) {
        return sine((double) RATE_HZ / framesPerPeriod, framesPerPeriod * periods);
    }

    static Sample constant(float value, int frames) {
        float[] values = new float[frames];
        Arrays.fill(values, value);
        return new Sample("constant", RATE_HZ, values);
    }

    static Sample noise(int frames, long seed) {
        Random random = new Random(seed);
        float[] values = new float[frames];
        for (int i = 0; i < frames; i++) {
            values[i] = (float) (random.nextDouble() * 2 - 1);
        }
        return new Sample("noise", RATE_HZ, values);
    }
}
