package org.carillon.launcher.sound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class LevelMeterTest {
    private static final int FRAMES = 300_000;
    private final LevelMeter meter = new LevelMeter(2);

    @Test
    void shouldMeasureASine() {
        meter.add(sine(0.5), FRAMES);

        assertEquals(FRAMES, meter.frames());
        assertEquals(-6.02, meter.peakDbfs(), 0.01);
        assertEquals(-9.03, meter.rmsDbfs(), 0.01);
    }

    @Test
    void shouldCallNothingSilence() {
        assertEquals(Double.NEGATIVE_INFINITY, meter.rmsDbfs());
        meter.add(new float[64], 32);
        assertEquals(Double.NEGATIVE_INFINITY, meter.peakDbfs());
    }

    @Test
    void shouldKeepTheOutlineHoweverLongItIs() {
        float[] sound = new float[2 * FRAMES];
        sound[FRAMES] = -1; // in the middle
        meter.add(sound, FRAMES);

        float[] lows = meter.lows();
        int lowest = 0;
        for (int i = 0; i < lows.length; i++) {
            lowest = lows[i] < lows[lowest] ? i : lowest;
        }
        assertEquals(-1, lows[lowest]);
        assertEquals(0.5, (double) lowest / lows.length, 0.01);
        assertTrue(lows.length > 1_000 && lows.length <= 4_096);
        for (float high : meter.highs()) {
            assertEquals(0, high);
        }
    }

    @Test
    void shouldNotDependOnBlocks() {
        float[] sound = sine(0.9);
        LevelMeter other = new LevelMeter(2);
        meter.add(sound, FRAMES);
        for (int frame = 0; frame < FRAMES; frame += 100) {
            other.add(Arrays.copyOfRange(sound, 2 * frame, 2 * frame + 200), 100);
        }

        assertEquals(meter.peakDbfs(), other.peakDbfs());
        assertEquals(meter.rmsDbfs(), other.rmsDbfs(), 1e-9);
        assertEquals(Arrays.toString(meter.highs()), Arrays.toString(other.highs()));
    }

    private static float[] sine(double amplitude) {
        float[] sound = new float[2 * FRAMES];
        for (int frame = 0; frame < FRAMES; frame++) {
            float value = (float) (amplitude * Math.sin(2 * Math.PI * frame / 100));
            sound[2 * frame] = value;
            sound[2 * frame + 1] = -value;
        }
        return sound;
    }
}
