package org.carillon.bench.sound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SineFitTest {
    private static final int FRAMES = 48_000;
    private static final double CYCLES_PER_FRAME = 0.0468;

    private static float[] sine(double cyclesPerFrame, double noise) {
        float[] values = new float[FRAMES];
        for (int i = 0; i < FRAMES; i++) {
            double other = noise * Math.sin(2 * Math.PI * 0.123 * i);
            values[i] = (float) (0.5 * Math.sin(2 * Math.PI * cyclesPerFrame * i + 1.2) + other);
        }
        return values;
    }

    @Test
    void shouldFindNoNoiseInASine() {
        assertTrue(SineFit.snrDb(sine(CYCLES_PER_FRAME, 0), 1_000, FRAMES, CYCLES_PER_FRAME) > 140);
    }

    @Test
    void shouldMeasureWhatIsAddedToIt() {
        // half as loud as a thousandth of it: 60 dB and 6 dB
        assertEquals(66.02, SineFit.snrDb(sine(CYCLES_PER_FRAME, 0.00025), 0, FRAMES, CYCLES_PER_FRAME), 0.01);
    }

    @Test
    void shouldTakeAnotherPitchForNoise() {
        assertTrue(SineFit.snrDb(sine(CYCLES_PER_FRAME * 1.001, 0), 0, FRAMES, CYCLES_PER_FRAME) < 0);
    }
}
