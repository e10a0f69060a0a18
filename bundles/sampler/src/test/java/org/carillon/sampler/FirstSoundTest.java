package org.carillon.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FirstSoundTest {
    @Test
    void shouldSoundFromTheFrameOfTheMessage() {
        Sampler sampler = Sampler.create(SamplerOptions.at(Waves.RATE_HZ).withChannels(1));
        sampler.addSample(Waves.constant(0.5f, 48_000), 60, 0, 127, 0, 127);
        float[] block = new float[64];
        sampler.sendAt(37, 0x90, 60, 127);
        sampler.process(block, 64);

        for (int frame = 0; frame < 64; frame++) {
            assertEquals(frame >= 37, Math.abs(block[frame]) > 0.1, "frame=" + frame);
        }
        assertTrue(sampler.statistics().activeVoices() == 1);
    }
}
