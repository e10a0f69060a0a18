package org.carillon.sampler;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.carillon.sampler.instrument.Instrument;
import org.carillon.sampler.instrument.Region;

/** A sampler with its volume at full, and what it has played. */
final class Rig {
    static final int BLOCK_FRAMES = 64;
    /** A step of the envelopes. */
    static final int STEP_FRAMES = 32;
    private static final int SETTLE_FRAMES = 48_000;

    final Sampler sampler;
    private final int channels;

    Rig(SamplerOptions options) {
        sampler = Sampler.create(options);
        channels = options.channels();
        for (int channel = 0; channel < 16; channel++) {
            sampler.controlChange(channel, 7, 127);
        }
        play(SETTLE_FRAMES); // the volume is on its way for some milliseconds
    }

    /** One channel at 48 kHz. */
    static Rig mono(Region.Builder... regions) {
        return new Rig(SamplerOptions.at(Waves.RATE_HZ).withChannels(1)).with(regions);
    }

    static Rig stereo(Region.Builder... regions) {
        return new Rig(SamplerOptions.at(Waves.RATE_HZ)).with(regions);
    }

    Rig with(Region.Builder... regions) {
        sampler.setInstrument(instrument(regions));
        return this;
    }

    static Instrument instrument(Region.Builder... regions) {
        List<Region> built = Arrays.stream(regions).map(Region.Builder::build).toList();
        return Instrument.of("test", built);
    }

    Rig on(int key) {
        return on(key, 127);
    }

    Rig on(int key, int velocity) {
        assertTrue(sampler.noteOn(0, key, velocity));
        return this;
    }

    Rig off(int key) {
        assertTrue(sampler.noteOff(0, key));
        return this;
    }

    Rig control(int number, int value) {
        assertTrue(sampler.controlChange(0, number, value));
        return this;
    }

    /** The next frames, block by block, interleaved. */
    float[] play(int frames) {
        float[] played = new float[frames * channels];
        float[] block = new float[BLOCK_FRAMES * channels];
        for (int done = 0; done < frames; done += BLOCK_FRAMES) {
            int count = Math.min(BLOCK_FRAMES, frames - done);
            sampler.process(block, count);
            System.arraycopy(block, 0, played, done * channels, count * channels);
        }
        return played;
    }

    int voices() {
        return sampler.statistics().activeVoices();
    }
}
