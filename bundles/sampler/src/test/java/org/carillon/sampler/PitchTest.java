package org.carillon.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.carillon.sampler.instrument.LoopMode;
import org.carillon.sampler.instrument.Region;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PitchTest {
    private static final int PERIOD_FRAMES = 96;
    private static final double HZ = (double) Waves.RATE_HZ / PERIOD_FRAMES;
    private static final double CENTS = 0.1;
    private static final int FRAMES = 48_000;

    private static Region.Builder tone() {
        Region.Builder region = Region.of(Waves.cycle(PERIOD_FRAMES, 20));
        region.loopMode = LoopMode.CONTINUOUS;
        return region;
    }

    private static double cents(Rig rig) {
        return Signal.cents(Signal.frequency(Signal.audible(rig.play(FRAMES)), Waves.RATE_HZ) / HZ);
    }

    @ParameterizedTest
    @ValueSource(ints = {24, 36, 48, 55, 59, 60, 61, 67, 72, 84, 96})
    void shouldPlayEachKeyAtItsPitch(int key) {
        assertEquals(100 * (key - 60), cents(Rig.mono(tone()).on(key)), CENTS);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-37.5, 0.2, 12.34, 50})
    void shouldTune(double cents) {
        Region.Builder region = tone();
        region.tuneCents = cents;

        assertEquals(cents, cents(Rig.mono(region).on(60)), CENTS);
    }

    @Test
    void shouldTrackTheKeyAsFarAsAsked() {
        Region.Builder half = tone();
        half.keyTrackCents = 50;
        Region.Builder none = tone();
        none.keyTrackCents = 0;

        assertEquals(600, cents(Rig.mono(half).on(72)), CENTS);
        assertEquals(0, cents(Rig.mono(none).on(72)), CENTS);
    }

    @ParameterizedTest
    @CsvSource({"44100, 48000", "96000, 48000", "48000, 44100", "22050, 192000"})
    void shouldPlaySamplesOfOtherRates(int sampleRateHz, int outputRateHz) {
        Region.Builder region = Region.of(Waves.sine(440, sampleRateHz * 2, sampleRateHz));
        Rig rig = new Rig(SamplerOptions.at(outputRateHz).withChannels(1)).with(region).on(60);

        float[] played = Signal.audible(rig.play(outputRateHz));

        assertEquals(0, Signal.cents(Signal.frequency(played, outputRateHz) / 440), CENTS);
    }

    @ParameterizedTest
    @CsvSource({"8191, 300", "-8192, -500", "0, 0", "-4096, -250"})
    void shouldBendByTheRegionsRange(int wheel, double cents) {
        Region.Builder region = tone();
        region.bendUpCents = 300;
        region.bendDownCents = -500;
        Rig rig = Rig.mono(region).on(60);
        rig.play(100);
        rig.sampler.pitchBend(0, wheel);

        assertEquals(cents, cents(rig), CENTS);
    }

    @Test
    void shouldBendByTheRangeOfTheRegisteredParameter() {
        Rig rig = Rig.mono(tone()).on(60);
        rig.control(101, 0).control(100, 0).control(6, 12).control(38, 50);
        rig.sampler.pitchBend(0, 8_191);

        assertEquals(1_250, cents(rig), CENTS);
    }

    @Test
    void shouldInterpolateAsWellAsPromised() {
        double fallen = Math.pow(2, -5 / 12.0);
        Region.Builder region = Region.of(Waves.sine(3_000, 96_000));
        float[] played = Rig.mono(region).on(55).play(48_000);
        float[] steady = Signal.audible(Signal.part(played, 1_000, 41_000));

        assertTrue(Signal.sineToRestDb(steady, 3_000 * fallen, Waves.RATE_HZ) >= 60);
        // the measure sees what is wrong: a frequency that is not the one played
        assertTrue(Signal.sineToRestDb(steady, 3_000 * fallen * 1.001, Waves.RATE_HZ) < 20);
    }
}
