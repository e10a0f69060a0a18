package org.carillon.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.carillon.sampler.instrument.LoopMode;
import org.carillon.sampler.instrument.Region;
import org.carillon.sampler.instrument.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {
    private static final int FRAMES = 24_000;
    private static final int SETTLE_FRAMES = 4_800;

    private static Region.Builder tone(double hz) {
        Region.Builder region = Region.of(Waves.sine(hz, FRAMES));
        region.keyTrackCents = 0;
        region.velocityTrack = 0;
        return region;
    }

    private static double db(Region.Builder region, int key, int velocity) {
        return Signal.decibels(Signal.rms(played(region, key, velocity)) * Math.sqrt(2));
    }

    private static float[] played(Region.Builder region, int key, int velocity) {
        return Signal.part(Rig.mono(region).on(key, velocity).play(FRAMES), SETTLE_FRAMES, 19_200);
    }

    private static double responseDb(double hz, double cutoffHz) {
        Region.Builder region = tone(hz);
        region.cutoffHz = cutoffHz;
        return db(region, 60, 127);
    }

    @ParameterizedTest
    @ValueSource(doubles = {200, 1_000, 5_000, 15_000})
    void shouldBeThreeDecibelsDownAtTheCutoff(double hz) {
        assertEquals(Signal.decibels(Math.sqrt(0.5)), responseDb(hz, hz), 0.05);
        assertEquals(0, responseDb(hz, Double.POSITIVE_INFINITY), 0.05); // off
    }

    @Test
    void shouldFallByTwelveDecibelsAnOctave() {
        assertEquals(0, responseDb(100, 1_000), 0.05);
        assertEquals(-12.3, responseDb(2_000, 1_000), 0.2);
        assertEquals(-24.1, responseDb(4_000, 1_000), 0.5);
    }

    @Test
    void shouldRaiseTheCutoffByItsResonance() {
        Region.Builder region = tone(1_000);
        region.cutoffHz = 1_000;
        region.resonanceDb = 12;

        assertEquals(12 + Signal.decibels(Math.sqrt(0.5)), db(region, 60, 127), 0.05);
    }

    @Test
    void shouldTrackKeyAndVelocity() {
        Region.Builder byKey = tone(1_000);
        byKey.cutoffHz = 1_000;
        byKey.filterKeyTrackCents = 100;
        Region.Builder byVelocity = tone(1_000);
        byVelocity.cutoffHz = 1_000;
        byVelocity.filterVelocityCents = -1_200;

        assertTrue(responseDb(1_000, 500) < responseDb(1_000, 4_000) - 10);
        assertEquals(responseDb(1_000, 1_000), db(byKey, 60, 127), 0.01);
        assertEquals(responseDb(1_000, 4_000), db(byKey, 84, 127), 0.01);
        assertEquals(responseDb(1_000, 500), db(byVelocity, 60, 127), 0.01);
        assertEquals(responseDb(1_000, 1_000 * Math.pow(2, -64 / 127.0)), db(byVelocity, 60, 64), 0.01);
    }

    @Test
    void shouldStayTameAtTheEdges() {
        for (double cutoffHz : new double[]{0, 1, 23_999, 1e9}) {
            Region.Builder region = Region.of(Waves.noise(FRAMES, 3));
            region.cutoffHz = cutoffHz;
            region.resonanceDb = 40;
            float[] played = Rig.mono(region).on(60).play(2 * FRAMES);

            assertTrue(Signal.peak(played) < 200, "cutoffHz=" + cutoffHz + ", peak=" + Signal.peak(played));
        }
    }

    @Test
    void shouldPlayFilteredAndUnfilteredVoicesSideBySide() {
        Region.Builder low = tone(500);
        Region.Builder high = tone(8_000);
        float[] alone = Signal.audible(Rig.mono(low).on(60).play(FRAMES));
        high.cutoffHz = 100;
        high.resonanceDb = -20;
        float[] both = Rig.mono(low, high).on(60).play(FRAMES);

        double difference = 0;
        for (int i = SETTLE_FRAMES; i < FRAMES; i++) {
            difference = Math.max(difference, Math.abs(both[i] - alone[i]));
        }
        assertTrue(difference < 1e-3, "difference=" + difference);
        assertTrue(difference > 0);
    }

    @Test
    void shouldRingOutAfterTheEndOfTheSample() {
        Region.Builder region = Region.of(Waves.constant(0.5f, 4_800));
        region.cutoffHz = 300;
        Rig rig = Rig.mono(region).on(60);
        float[] filtered = Signal.audible(rig.play(9_600));
        region.cutoffHz = Double.POSITIVE_INFINITY;

        assertTrue(Signal.steepest(filtered) < 0.05, "step=" + Signal.steepest(filtered));
        assertTrue(Signal.steepest(Rig.mono(region).on(60).play(9_600)) > 0.4);
        assertEquals(0, rig.voices());
    }

    @Test
    void shouldComeToRestWithoutTinyNumbers() {
        float[] values = new float[96_000];
        values[0] = 1;
        Region.Builder region = Region.of(new Sample("click", Waves.RATE_HZ, values));
        region.cutoffHz = 2_000;
        region.loopMode = LoopMode.NONE;
        float[] played = Rig.mono(region).on(60).play(9_600);

        assertTrue(Signal.peak(played) > 0.01);
        for (float value : played) {
            assertTrue(value == 0 || Math.abs(value) >= Float.MIN_NORMAL, "denormal=" + value);
        }
        assertEquals(0, Signal.peak(Signal.part(played, 4_800, 9_600)));
    }
}
