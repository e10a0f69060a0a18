package org.carillon.sampler.voice;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Vectors read what plain arrays read, up to the last number of the data. */
class VectorReaderTest {
    private static final int FRAMES = Lanes.TICK_FRAMES;
    private static final int NEIGHBOURS = 3;
    private static final int GUARD = 5;
    private static final double HIGHEST_OCTAVE = 4.5;

    private final Random random = new Random(1);
    private final BankKernel plain = new PlainKernel();
    private final BankKernel vectors = new VectorKernel();

    private static float[] read(BankKernel kernel, float[] data, long position, long step, int count) {
        float[] read = new float[GUARD + FRAMES + GUARD];
        kernel.interpolate(data, position, step, read, GUARD, count);
        return read;
    }

    private float[] noise(int length) {
        float[] noise = new float[length];
        for (int i = 0; i < length; i++) {
            noise[i] = random.nextFloat() - 0.5f;
        }
        return noise;
    }

    @Test
    void shouldReadTheSameBitsAtAnySpeed() {
        for (double octave = -7; octave < HIGHEST_OCTAVE; octave += 0.01) {
            long step = (long) (Math.pow(2, octave) * Zone.fixed(1));
            int count = 1 + random.nextInt(FRAMES);
            long position = random.nextLong(Zone.fixed(60));
            int last = (int) (position + step * (count - 1) >>> Zone.FRACTION_BITS);
            float[] data = noise(last + NEIGHBOURS + 1); // nothing behind what the last frame needs

            float[] expected = read(plain, data, position, step, count);

            assertNotEquals(0, expected[GUARD]);
            assertEquals(0, expected[GUARD - 1]);
            assertArrayEquals(expected, read(vectors, data, position, step, count),
                    "octave=" + octave + ", position=" + position + ", count=" + count);
        }
    }

    @Test
    void shouldReadTheSameBitsOnTheBordersOfFrames() {
        for (int eighths = 1; eighths <= 8 * 16; eighths++) {
            long step = Zone.fixed(1) / 8 * eighths;
            for (long fraction : new long[]{0, 1, Zone.fixed(1) - 1}) {
                float[] data = noise((int) (fraction + step * (FRAMES - 1) >>> Zone.FRACTION_BITS) + NEIGHBOURS + 1);

                assertArrayEquals(read(plain, data, fraction, step, FRAMES),
                        read(vectors, data, fraction, step, FRAMES),
                        "eighths=" + eighths + ", fraction=" + fraction);
            }
        }
    }
}
