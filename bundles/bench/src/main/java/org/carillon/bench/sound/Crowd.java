package org.carillon.bench.sound;

import java.util.ArrayList;
import java.util.List;
import org.carillon.sampler.Sampler;
import org.carillon.sampler.SamplerOptions;
import org.carillon.sampler.instrument.Envelope;
import org.carillon.sampler.instrument.Instrument;
import org.carillon.sampler.instrument.LoopMode;
import org.carillon.sampler.instrument.Region;
import org.carillon.sampler.instrument.Sample;

/**
 * Many finished voices that sustain: each reads another place of memory at another speed, from two octaves down to
 * three octaves up, through its own low-pass and to its own side. The control in C has the same ones.
 */
final class Crowd {
    static final int RATE_HZ = 48_000;
    static final int BLOCK_FRAMES = 64;
    private static final int SAMPLES = 16;
    private static final int SAMPLE_FRAMES = 192_000;
    private static final int LOOP_START = 1_000;
    private static final int LOOP_END = SAMPLE_FRAMES - 100;
    private static final int SEED = (int) 2_463_534_242L;
    private static final double FULL_SCALE = 0x1p31;
    private static final int KEYS = 128;
    private static final int VELOCITY = 100;
    private static final double LOWEST_CENTS = -2_400;
    private static final double RANGE_CENTS = 6_000;
    /** So that all together, which differ in all they do, stay near full scale. */
    private static final double ALL_DB = 6;

    private final List<Sample> samples = new ArrayList<>();

    Crowd() {
        for (int i = 0; i < SAMPLES; i++) {
            samples.add(new Sample("noise " + i, RATE_HZ, noise(SAMPLE_FRAMES, i)));
        }
    }

    /** A sampler whose voices all sound, as many as it has. */
    Sampler sounding(int voices) {
        Sampler sampler = Sampler.create(SamplerOptions.at(RATE_HZ).withPolyphony(voices));
        sampler.setInstrument(instrument(voices));
        for (int i = 0; i < voices; i++) {
            sampler.noteOn(i / KEYS, i % KEYS, VELOCITY);
        }
        return sampler;
    }

    private Instrument instrument(int voices) {
        List<Region> regions = new ArrayList<>();
        for (int i = 0; i < voices; i++) {
            Region.Builder region = Region.of(samples.get(i % SAMPLES));
            region.loKey = region.hiKey = region.rootKey = i % KEYS;
            region.loChannel = region.hiChannel = i / KEYS;
            region.tuneCents = LOWEST_CENTS + RANGE_CENTS * i / voices;
            region.loopMode = LoopMode.CONTINUOUS;
            region.loopStartFrame = LOOP_START;
            region.loopEndFrame = LOOP_END;
            region.pan = 2.0 * i / voices - 1;
            region.volumeDb = ALL_DB - 10 * Math.log10(voices);
            region.amplitude = new Envelope(0, 0.01, 0.01, 1, 0.5, 0.5);
            region.cutoffHz = 500 + 20 * i;
            region.resonanceDb = 3;
            regions.add(region.build());
        }
        return Instrument.of("crowd", regions);
    }

    /** White noise, full scale, the same as in the control (xorshift, G. Marsaglia 2003). */
    static float[] noise(int frames, int seed) {
        float[] values = new float[frames];
        int x = SEED + seed;
        for (int i = 0; i < frames; i++) {
            x ^= x << 13;
            x ^= x >>> 17;
            x ^= x << 5;
            values[i] = (float) (x / FULL_SCALE);
        }
        return values;
    }
}
