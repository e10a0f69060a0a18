package org.carillon.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.carillon.sampler.instrument.Envelope;
import org.carillon.sampler.instrument.LoopMode;
import org.carillon.sampler.instrument.Region;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Seen on a sample that is 1 all the time. */
class EnvelopeTest {
    private static final int RATE_HZ = Waves.RATE_HZ;

    private static Rig rig(Envelope envelope) {
        Region.Builder region = Region.of(Waves.constant(1, 960));
        region.loopMode = LoopMode.CONTINUOUS;
        region.amplitude = envelope;
        return Rig.mono(region);
    }

    private static int frames(double seconds) {
        return (int) Math.round(seconds * RATE_HZ);
    }

    private static int firstAbove(float[] signal, double level) {
        for (int i = 0; i < signal.length; i++) {
            if (signal[i] > level) {
                return i;
            }
        }
        return signal.length;
    }

    private static int firstBelow(float[] signal, int from, double level) {
        for (int i = from; i < signal.length; i++) {
            if (signal[i] < level) {
                return i;
            }
        }
        return signal.length;
    }

    @Test
    void shouldStartAtOnceWithoutAttack() {
        float[] played = rig(Envelope.GATE).on(60).play(100);

        assertEquals(1, played[0], 1e-4);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.1, 0.7})
    void shouldRiseInAStraightLine(double attackS) {
        float[] played = rig(new Envelope(0, attackS, 0, 0, 1, 0.1)).on(60).play(frames(1));

        for (int tenth = 1; tenth < 10; tenth++) {
            int at = frames(attackS * tenth / 10);
            double step = (double) Rig.STEP_FRAMES / frames(attackS);
            assertEquals(tenth / 10.0, played[at], step);
        }
        assertEquals(1, played[frames(attackS) + Rig.STEP_FRAMES], 1e-4);
        // without the attack the level is there at once
        assertTrue(rig(Envelope.GATE).on(60).play(frames(1))[frames(attackS / 2)] > 0.99);
    }

    @Test
    void shouldWaitAndHold() {
        float[] played = rig(new Envelope(0.05, 0.01, 0.2, 0.1, 0, 0.1)).on(60).play(frames(1));

        assertEquals(frames(0.05), firstAbove(played, 0), Rig.STEP_FRAMES);
        assertEquals(frames(0.06), firstAbove(played, 0.999), Rig.STEP_FRAMES);
        assertEquals(frames(0.26), firstBelow(played, frames(0.1), 0.999), Rig.STEP_FRAMES);
        assertEquals(frames(0.26 + 0.09), firstBelow(played, frames(0.1), Math.pow(10, -4.5)), Rig.STEP_FRAMES);
    }

    @Test
    void shouldFallStraightInDecibelsToTheSustainLevel() {
        float[] played = rig(new Envelope(0, 0, 0, 0.4, 0.01, 0.1)).on(60).play(frames(1));

        for (int tenth = 1; tenth < 4; tenth++) {
            assertEquals(-10 * tenth, Signal.decibels(played[frames(0.1 * tenth)]), 0.1);
        }
        assertEquals(0.01, played[frames(0.5)], 1e-5);
        assertEquals(0.01, played[frames(1) - 1], 1e-5);
        assertTrue(rig(Envelope.GATE).on(60).play(frames(1))[frames(0.2)] > 0.99);
    }

    @Test
    void shouldEndTheVoiceWhenNothingIsSustained() {
        Rig rig = rig(new Envelope(0, 0, 0, 0.1, 0, 0.1)).on(60);
        Signal.audible(rig.play(frames(0.05)));
        assertEquals(1, rig.voices());
        rig.play(frames(0.1));

        assertEquals(0, rig.voices());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.5, 2})
    void shouldFallStraightInDecibelsAfterTheNote(double releaseS) {
        Rig rig = rig(new Envelope(0, 0, 0, 0, 1, releaseS)).on(60);
        Signal.audible(rig.play(frames(0.1)));
        float[] played = rig.off(60).play(frames(3));

        for (int tenth = 1; tenth < 9; tenth++) {
            double stepDb = 100.0 * Rig.STEP_FRAMES / frames(releaseS);
            assertEquals(-10 * tenth, Signal.decibels(played[frames(releaseS * tenth / 10)]), stepDb + 0.1);
        }
        assertEquals(0, Signal.peak(Signal.part(played, frames(releaseS) + 3 * Rig.STEP_FRAMES, frames(3))));
        assertEquals(0, rig.voices());
    }

    @Test
    void shouldReleaseFromWhereTheAttackIs() {
        Rig rig = rig(new Envelope(0, 1, 0, 0, 1, 1)).on(60);
        float[] rise = rig.play(frames(0.5));
        float[] fall = rig.off(60).play(frames(1));

        assertEquals(0.5, rise[rise.length - 1], 0.01);
        assertEquals(Signal.decibels(0.5) - 10, Signal.decibels(fall[frames(0.1)]), 0.2);
        assertTrue(Signal.steepest(fall) < 0.002);
    }

    @Test
    void shouldNotSoundWhenItsNoteEndsInTheDelay() {
        Rig rig = rig(new Envelope(0.1, 0, 0, 0, 1, 1)).on(60);
        rig.play(frames(0.05));

        assertEquals(0, Signal.peak(rig.off(60).play(frames(1))));
    }
}
