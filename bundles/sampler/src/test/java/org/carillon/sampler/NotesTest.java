package org.carillon.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.carillon.sampler.instrument.Envelope;
import org.carillon.sampler.instrument.LoopMode;
import org.carillon.sampler.instrument.Region;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which regions a note starts and what ends them. Levels tell the regions apart. */
class NotesTest {
    private static final int SHORT = 960;
    private static final int LONG = 9_600;

    private static Region.Builder level(double level) {
        Region.Builder region = Region.of(Waves.constant((float) level, 4_800));
        region.loopMode = LoopMode.CONTINUOUS;
        region.velocityTrack = 0;
        return region;
    }

    private static double now(Rig rig) {
        return rig.play(SHORT)[SHORT - 1];
    }

    private static void assertLevel(double expected, Rig rig) {
        assertEquals(expected, now(rig), 1e-3);
    }

    @Test
    void shouldPlayWhatTheKeyAndTheVelocityAskFor() {
        Region.Builder low = level(0.1);
        low.hiKey = 59;
        Region.Builder soft = level(0.2);
        soft.loKey = 60;
        soft.hiVelocity = 63;
        Region.Builder loud = level(0.4);
        loud.loKey = 60;
        loud.loVelocity = 64;

        assertLevel(0.1, Rig.mono(low, soft, loud).on(59, 100));
        assertLevel(0.2, Rig.mono(low, soft, loud).on(60, 63));
        assertLevel(0.4, Rig.mono(low, soft, loud).on(60, 64));
        assertLevel(0.6, Rig.mono(soft, level(0.4)).on(60, 1)); // layers add up
    }

    @Test
    void shouldPlayOnItsChannelsOnly() {
        Region.Builder region = level(0.5);
        region.loChannel = 1;
        Rig rig = Rig.mono(region).on(60);

        assertLevel(0, rig);
        rig.sampler.noteOn(1, 60, 100);
        assertLevel(0.5, rig);
    }

    @Test
    void shouldTakeTurns() {
        Region.Builder[] regions = new Region.Builder[3];
        for (int i = 0; i < 3; i++) {
            regions[i] = level(0.1 * (i + 1));
            regions[i].sequenceLength = 3;
            regions[i].sequencePosition = i + 1;
        }
        Rig rig = Rig.mono(regions);
        for (double expected : new double[]{0.1, 0.2, 0.3, 0.1, 0.2}) {
            assertLevel(expected, rig.on(60));
            rig.off(60).play(LONG);
        }
    }

    @Test
    void shouldDrawLots() {
        Region.Builder one = level(0.1);
        one.hiRandom = 0.25;
        Region.Builder other = level(0.2);
        other.loRandom = 0.25;
        Rig rig = Rig.mono(one, other);
        int[] drawn = new int[3];
        for (int i = 0; i < 400; i++) {
            drawn[(int) Math.round(now(rig.on(60)) * 10)]++;
            rig.off(60).play(SHORT);
        }

        assertEquals(0, drawn[0]);
        assertEquals(100, drawn[1], 30);
        assertEquals(300, drawn[2], 30);
    }

    @Test
    void shouldTellTheFirstNoteFromThoseThatFollow() {
        Region.Builder first = level(0.1);
        first.trigger = Region.Trigger.FIRST;
        Region.Builder legato = level(0.2);
        legato.trigger = Region.Trigger.LEGATO;
        Rig rig = Rig.mono(first, legato);

        assertLevel(0.1, rig.on(60));
        assertLevel(0.3, rig.on(64));
        rig.off(60).off(64).play(LONG);
        assertLevel(0.1, rig.on(64));
    }

    @Test
    void shouldPlayReleaseSamplesToTheirEnd() {
        Region.Builder tone = level(0.1);
        Region.Builder release = level(0.4);
        release.trigger = Region.Trigger.RELEASE;
        release.velocityTrack = 1;
        Rig rig = Rig.mono(tone, release);

        assertLevel(0.1, rig.on(60, 64));
        assertLevel(0.4 * Math.pow(64 / 127.0, 2), rig.off(60)); // by the velocity of its note
        rig.play(4_800);
        assertEquals(0, rig.voices());
        assertLevel(0, rig.off(60)); // a note that is not held releases nothing
    }

    @Test
    void shouldEndTheNoteThatIsStruckAgain() {
        Rig rig = Rig.mono(level(0.1)).on(60);
        assertLevel(0.1, rig);
        rig.on(60);
        rig.play(LONG);

        assertLevel(0.1, rig);
        assertEquals(1, rig.voices());
    }

    @Test
    void shouldHoldNotesByThePedal() {
        Rig rig = Rig.mono(level(0.1)).on(60).control(64, 127).off(60);
        rig.play(LONG);
        assertLevel(0.1, rig);
        rig.on(62).control(64, 0).play(LONG);

        assertLevel(0.1, rig); // 62 is still held by its key
        rig.off(62).play(LONG);
        assertLevel(0, rig);
        rig.on(60).off(60).play(LONG);
        assertLevel(0, rig); // without the pedal the note ends
    }

    @Test
    void shouldHoldByTheSostenutoWhatWasDownBefore() {
        Rig rig = Rig.mono(level(0.1)).on(60).control(66, 127).on(62).off(60).off(62);
        rig.play(LONG);
        assertLevel(0.1, rig);
        rig.control(66, 0).play(LONG);

        assertLevel(0, rig);
    }

    @Test
    void shouldPlayReleaseSamplesWhenThePedalLetsGo() {
        Region.Builder release = level(0.4);
        release.trigger = Region.Trigger.RELEASE;
        Rig rig = Rig.mono(release).on(60).control(64, 127).off(60);
        assertLevel(0, rig);

        assertLevel(0.4, rig.control(64, 0));
    }

    @Test
    void shouldChokeFastOrAsANoteEnds() {
        Region.Builder open = level(0.1);
        open.hiKey = 60;
        open.group = 1;
        open.offBy = 2;
        open.amplitude = new Envelope(0, 0, 0, 0, 1, 10);
        Region.Builder closed = level(0.2);
        closed.loKey = 61;
        closed.group = 2;
        Rig fast = Rig.mono(open, closed).on(60);
        assertLevel(0.1, fast);
        float[] choked = fast.on(61).play(SHORT);
        open.offMode = Region.OffMode.NORMAL;
        Rig normal = Rig.mono(open, closed).on(60);
        normal.play(SHORT);
        normal.on(61).play(SHORT);
        open.offBy = Region.NO_GROUP;
        Rig free = Rig.mono(open, closed).on(60);
        free.play(SHORT);
        free.on(61).play(SHORT);

        assertEquals(0.2, choked[SHORT - 1], 1e-3);
        assertTrue(choked[0] > 0.28, "fades rather than stops");
        double left = now(normal);
        assertTrue(left > 0.21 && left < 0.299, "left=" + left);
        assertLevel(0.3, free);
    }

    @Test
    void shouldNotChokeItsOwnNote() {
        Region.Builder one = level(0.1);
        one.group = 1;
        one.offBy = 1;
        Region.Builder two = level(0.2);
        two.group = 1;
        two.offBy = 1;
        Rig rig = Rig.mono(one, two).on(60);

        assertLevel(0.3, rig);
        assertLevel(0.3, rig.on(62)); // the first note is gone
    }

    @ParameterizedTest
    @ValueSource(ints = {120, 123, 124, 127})
    void shouldEndAllNotesOfTheChannel(int mode) {
        Rig rig = Rig.mono(level(0.1)).on(60).on(64);
        rig.sampler.noteOn(1, 67, 100);
        assertLevel(0.3, rig);
        rig.control(mode, 0).play(LONG);

        assertLevel(0.1, rig);
    }

    @Test
    void shouldSilenceWhatThePedalHolds() {
        Rig rig = Rig.mono(level(0.1)).control(64, 127).on(60);
        rig.control(123, 0).play(LONG);
        assertLevel(0.1, rig);
        rig.control(120, 0).play(LONG);

        assertLevel(0, rig);
    }

    @Test
    void shouldResetControllers() {
        Rig rig = Rig.mono(level(0.1)).control(64, 127).control(11, 10).on(60).off(60);
        rig.play(LONG);
        rig.control(121, 0).play(LONG);

        assertEquals(0, rig.voices());
        assertLevel(0.1, rig.on(60));
    }

    @Test
    void shouldTakeANoteOnWithoutVelocityAsItsEnd() {
        Rig rig = Rig.mono(level(0.1)).on(60);
        assertLevel(0.1, rig);
        rig.on(60, 0).play(LONG);

        assertLevel(0, rig);
    }

    @Test
    void shouldFallSilentAtASystemReset() {
        Rig rig = Rig.mono(level(0.1)).on(60).control(64, 127);
        assertLevel(0.1, rig);
        rig.sampler.send(0xFF, 0, 0);
        rig.play(LONG);

        assertEquals(0, rig.voices());
    }
}
