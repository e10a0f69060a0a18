package org.carillon.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.carillon.sampler.instrument.LoopMode;
import org.carillon.sampler.instrument.Region;
import org.carillon.sampler.instrument.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LevelTest {
    private static final double LEVEL = 0.5;
    private static final double DB = 0.01;

    private static Region.Builder steady() {
        return Region.of(Waves.constant((float) LEVEL, 96_000));
    }

    private static double db(Rig rig) {
        float[] played = rig.play(9_600);
        return Signal.decibels(played[played.length - 1] / LEVEL);
    }

    @Test
    void shouldPlayFullScaleAsItIs() {
        assertEquals(0, db(Rig.mono(steady()).on(60)), DB);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-40, -6, 3, 12})
    void shouldAddTheVolumeOfTheRegion(double volumeDb) {
        Region.Builder region = steady();
        region.volumeDb = volumeDb;

        assertEquals(volumeDb, db(Rig.mono(region).on(60)), DB);
    }

    @ParameterizedTest
    @CsvSource({"1, 64", "1, 1", "0.5, 64", "0, 1", "-1, 64"})
    void shouldFollowTheVelocity(double track, int velocity) {
        Region.Builder region = steady();
        region.velocityTrack = track;
        double square = Math.pow(velocity / 127.0, 2);
        double expected = track >= 0 ? 1 - track * (1 - square) : 1 + track * square;

        assertEquals(Signal.decibels(expected), db(Rig.mono(region).on(60, velocity)), DB);
    }

    @Test
    void shouldFollowVolumeAndExpressionWithoutSteps() {
        Rig rig = Rig.mono(steady()).on(60);
        rig.play(4_800);
        rig.control(7, 64).control(11, 32);
        float[] way = rig.play(9_600);

        assertEquals(Signal.decibels(Math.pow(64 / 127.0 * 32 / 127.0, 2)), db(rig), 0.05);
        assertTrue(Signal.steepest(way) < 0.01, "step=" + Signal.steepest(way));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, -0.5, 0, 0.3, 1})
    void shouldKeepThePowerOfMonoSamplesWherever(double pan) {
        Region.Builder region = steady();
        region.pan = pan;
        float[] played = Rig.stereo(region).on(60).play(1_000);
        double left = played[1_998] / LEVEL;
        double right = played[1_999] / LEVEL;

        assertEquals(1, left * left + right * right, 1e-4);
        assertEquals((pan + 1) * 45, Math.toDegrees(Math.atan2(right, left)), 0.01);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "64, 45", "127, 90"})
    void shouldPanByController(int value, double degrees) {
        Rig rig = Rig.stereo(steady()).on(60);
        rig.control(10, value);
        float[] played = Signal.audible(rig.play(9_600));

        assertEquals(degrees, Math.toDegrees(Math.atan2(played[19_199], played[19_198])), 0.01);
        assertTrue(Signal.steepest(Signal.side(played, 0)) < 0.4);
    }

    @Test
    void shouldKeepTheSidesOfStereoSamplesApart() {
        Sample sample = new Sample("sides", Waves.RATE_HZ, Waves.constant(0.5f, 9_600).channels()[0],
                Waves.constant(-0.25f, 9_600).channels()[0]);
        Region.Builder region = Region.of(sample);
        float[] centre = Rig.stereo(region).on(60).play(1_000);
        region.pan = 1;
        float[] right = Rig.stereo(region).on(60).play(1_000);
        float[] mono = Rig.mono(region).on(60).play(1_000);

        assertEquals(0.5, centre[1_998], 1e-4);
        assertEquals(-0.25, centre[1_999], 1e-4);
        assertEquals(0, right[1_998], 1e-4);
        assertEquals(-0.25, right[1_999], 1e-4);
        assertEquals(0.125, mono[999], 1e-4);
    }

    @Test
    void shouldStaySilentForAVeryLoudFault() {
        Region.Builder region = Region.of(Waves.constant(900, 96_000));
        region.volumeDb = 144;
        region.loopMode = LoopMode.CONTINUOUS;

        assertEquals(0, Signal.peak(Rig.mono(region).on(60).play(1_000)));
    }
}
