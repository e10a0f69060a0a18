package org.carillon.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.carillon.sampler.instrument.Envelope;
import org.carillon.sampler.instrument.LoopMode;
import org.carillon.sampler.instrument.Region;
import org.carillon.sampler.instrument.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoopTest {
    private static final int PERIOD_FRAMES = 50;
    private static final double CLEAN_DB = 75;

    private static Region.Builder looped(int start, int end) {
        Region.Builder region = Region.of(Waves.cycle(PERIOD_FRAMES, 60));
        region.loopMode = LoopMode.CONTINUOUS;
        region.loopStartFrame = start;
        region.loopEndFrame = end;
        return region;
    }

    private static double cleanDb(Region.Builder region, int key) {
        float[] played = Rig.mono(region).on(key).play(48_000);
        double hz = (double) Waves.RATE_HZ / PERIOD_FRAMES * Math.pow(2, (key - 60) / 12.0);
        return Signal.sineToRestDb(Signal.part(Signal.audible(played), 0, 40_000), hz, Waves.RATE_HZ);
    }

    /** Long loops that turn at a seam, short ones that are written out, one at the very start, one at the very end. */
    @ParameterizedTest
    @CsvSource({"0, 50", "0, 3000", "1, 51", "123, 173", "100, 1600", "2950, 3000", "500, 2500"})
    void shouldTurnWithoutAClick(int start, int end) {
        for (int key : new int[]{43, 60, 67, 79}) {
            assertTrue(cleanDb(looped(start, end), key) > CLEAN_DB,
                    "key=" + key + ", db=" + cleanDb(looped(start, end), key));
        }
        // a loop of one frame too few clicks, and no loop at all ends
        assertTrue(cleanDb(looped(start, end - 1), 60) < 50);
        Region.Builder unlooped = looped(start, end);
        unlooped.loopMode = LoopMode.NONE;
        assertTrue(cleanDb(unlooped, 60) < 3);
    }

    @Test
    void shouldLoopOneFrame() {
        float[] values = {0, 0.25f, 0.5f};
        Region.Builder region = Region.of(new Sample("three", Waves.RATE_HZ, values));
        region.loopMode = LoopMode.CONTINUOUS;
        region.loopStartFrame = 2;

        assertEquals(0.5, Rig.mono(region).on(72).play(1_000)[999], 1e-4);
    }

    @Test
    void shouldPlayASampleOfOneFrame() {
        Region.Builder region = Region.of(new Sample("impulse", Waves.RATE_HZ, new float[]{1}));
        Rig rig = Rig.mono(region).on(60);
        float[] played = rig.play(100);

        assertEquals(1, played[0], 1e-4);
        assertEquals(0, Signal.peak(Signal.part(played, 1, 100)), 1e-6);
        assertEquals(0, rig.voices());
    }

    @Test
    void shouldPlayFramesAsTheyAreAtTheirOwnPitch() {
        Sample noise = Waves.noise(3_000, 1);
        Region.Builder region = Region.of(noise);
        region.startFrame = 100;
        region.endFrame = 2_500;
        float[] played = Signal.audible(Rig.mono(region).on(60).play(3_000));

        for (int i = 0; i < 2_400; i++) {
            assertEquals(noise.channels()[0][100 + i], played[i], 1e-4, "frame=" + i);
        }
        assertEquals(0, Signal.peak(Signal.part(played, 2_400, 3_000)), 1e-6);
    }

    @Test
    void shouldPlayAOneShotToItsEnd() {
        Region.Builder region = Region.of(Waves.constant(0.5f, 4_800));
        region.loopMode = LoopMode.ONE_SHOT;
        Rig rig = Rig.mono(region).on(60).off(60);
        float[] played = rig.play(9_600);
        region.loopMode = LoopMode.NONE;
        float[] ended = Rig.mono(region).on(60).off(60).play(9_600);

        assertEquals(0.5, played[4_790], 1e-4);
        assertEquals(0, played[4_810], 1e-4);
        assertEquals(0, rig.voices());
        assertEquals(0, ended[4_790], 1e-4);
    }

    @Test
    void shouldLeaveASustainLoopWithTheNote() {
        float[] values = new float[4_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = i < 2_000 ? 0.25f : 0.75f; // the loop is soft, what follows is loud
        }
        Region.Builder region = Region.of(new Sample("two levels", Waves.RATE_HZ, values));
        region.loopMode = LoopMode.SUSTAIN;
        region.loopStartFrame = 500;
        region.loopEndFrame = 1_900;
        region.amplitude = new Envelope(0, 0, 0, 0, 1, 100);
        Rig rig = Rig.mono(region).on(60);
        float[] held = rig.play(20_000);
        float[] left = rig.off(60).play(4_000);
        region.loopMode = LoopMode.CONTINUOUS;
        Rig stays = Rig.mono(region).on(60);
        stays.play(20_000);

        assertEquals(0.25, Signal.peak(held), 1e-3);
        assertTrue(Signal.peak(left) > 0.7);
        assertEquals(0, left[3_999], 1e-6);
        assertEquals(0.25, Signal.peak(stays.off(60).play(4_000)), 1e-3);
    }
}
