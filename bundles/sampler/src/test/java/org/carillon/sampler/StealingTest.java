package org.carillon.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.carillon.sampler.instrument.Envelope;
import org.carillon.sampler.instrument.LoopMode;
import org.carillon.sampler.instrument.Region;
import org.carillon.sampler.instrument.Sample;
import org.junit.jupiter.api.Test;

class StealingTest {
    private static final int VOICES = 8;
    private static final int FRAMES = 9_600;

    /** Key {@code 60 + i} has a constant level of its own. */
    private static Rig rig(double... levels) {
        Region.Builder[] regions = new Region.Builder[levels.length];
        for (int i = 0; i < levels.length; i++) {
            regions[i] = Region.of(Waves.constant((float) levels[i], 4_800));
            regions[i].loKey = regions[i].hiKey = 60 + i;
            regions[i].loopMode = LoopMode.CONTINUOUS;
            regions[i].amplitude = new Envelope(0, 0.02, 0, 0, 1, 0.5);
        }
        return new Rig(SamplerOptions.at(Waves.RATE_HZ).withChannels(1).withPolyphony(VOICES)).with(regions);
    }

    @Test
    void shouldFadeTheQuietestVoice() {
        Rig rig = rig(0.1, 0.2, 0.01, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1);
        for (int i = 0; i < VOICES; i++) {
            rig.on(60 + i);
        }
        double all = Signal.audible(rig.play(FRAMES))[FRAMES - 1];
        assertEquals(0.81, all, 1e-3);
        assertEquals(0, rig.sampler.statistics().stolenVoices());
        float[] played = rig.on(60 + VOICES).play(FRAMES);

        assertEquals(0.9, played[FRAMES - 1], 1e-3); // what had 0.01 is gone
        assertEquals(1, rig.sampler.statistics().stolenVoices());
        assertEquals(VOICES, rig.voices());
    }

    @Test
    void shouldTakeWhatIsReleasedBeforeWhatIsHeld() {
        Rig rig = rig(0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1);
        for (int i = 0; i < VOICES; i++) {
            rig.on(60 + i);
        }
        rig.play(FRAMES);
        rig.off(64).play(2_400);
        rig.on(60 + VOICES).play(FRAMES);

        assertEquals(0.8, rig.play(FRAMES)[0], 1e-3);
    }

    @Test
    void shouldNotClick() {
        Rig rig = rig(0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5);
        for (int i = 0; i < VOICES; i++) {
            rig.on(60 + i);
        }
        rig.play(FRAMES);
        for (int i = VOICES; i < 2 * VOICES; i++) {
            rig.on(60 + i);
        }
        float[] played = Signal.audible(rig.play(FRAMES));

        assertEquals(VOICES, rig.sampler.statistics().stolenVoices());
        assertTrue(Signal.steepest(played) < 0.03, "step=" + Signal.steepest(played));
    }

    @Test
    void shouldTakeBothSidesOfASampleInStereo() {
        Region.Builder wide = Region.of(new Sample("sides", Waves.RATE_HZ, Waves.constant(0.1f, 4_800).channels()[0],
                Waves.constant(0.01f, 4_800).channels()[0]));
        wide.hiKey = 79;
        wide.loopMode = LoopMode.CONTINUOUS;
        Region.Builder narrow = Region.of(Waves.constant(0, 4_800));
        narrow.loKey = 80;
        narrow.loopMode = LoopMode.CONTINUOUS;
        Rig rig = new Rig(SamplerOptions.at(Waves.RATE_HZ).withPolyphony(VOICES)).with(wide, narrow);
        for (int i = 0; i < VOICES / 2; i++) {
            rig.on(60 + i);
        }
        assertEquals(0.4, Signal.audible(rig.play(FRAMES))[2 * FRAMES - 2], 1e-3);
        float[] played = Signal.audible(rig.on(80).play(FRAMES));

        assertEquals(2, rig.sampler.statistics().stolenVoices());
        assertEquals(0.3, played[2 * FRAMES - 2], 1e-3);
        assertEquals(0.03, played[2 * FRAMES - 1], 1e-3);
    }

    @Test
    void shouldGoOnWhenFarTooManyNotesComeAtOnce() {
        Rig rig = rig(0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5);
        for (int i = 0; i < 1_000; i++) {
            rig.on(60 + i % 16);
        }
        Signal.audible(rig.play(FRAMES));

        assertEquals(VOICES, rig.voices());
        assertEquals(VOICES, rig.sampler.statistics().peakVoices());
        assertTrue(rig.sampler.statistics().stolenVoices() >= 500);
    }
}
