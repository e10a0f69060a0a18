package org.carillon.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.carillon.sampler.instrument.Envelope;
import org.carillon.sampler.instrument.Instrument;
import org.carillon.sampler.instrument.LoopMode;
import org.carillon.sampler.instrument.Program;
import org.carillon.sampler.instrument.Region;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which program a channel plays, and what happens when the instrument is replaced. Levels tell programs apart. */
class ProgramTest {
    private static final int FRAMES = 4_800;
    private static final int PERCUSSION = 9;

    private static Region.Builder level(double level) {
        Region.Builder region = Region.of(Waves.constant((float) level, 4_800));
        region.loopMode = LoopMode.CONTINUOUS;
        region.velocityTrack = 0;
        return region;
    }

    private static Program program(int bank, int number, double level) {
        return new Program(bank, number, "p", List.of(level(level).build()));
    }

    private static Rig rig(Program... programs) {
        Rig rig = Rig.mono();
        rig.sampler.setInstrument(new Instrument("test", Arrays.asList(programs)));
        return rig;
    }

    private static double level(Rig rig, int channel) {
        rig.sampler.noteOn(channel, 60, 100);
        double level = rig.play(FRAMES)[FRAMES - 1];
        rig.sampler.noteOff(channel, 60);
        rig.play(FRAMES);
        return level;
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0, 0.1", "0, 0, 5, 0.2", "0, 3, 5, 0.3", "8, 0, 5, 0.4", "3, 0, 5, 0.3", "9, 9, 5, 0.2",
        "0, 0, 99, 0.1", "1, 0, 0, 0.1"})
    void shouldPlayTheProgramOfItsBankOrTheNearestThereIs(int high, int low, int number, double expected) {
        Rig rig = rig(program(0, 0, 0.1), program(0, 5, 0.2), program(3, 5, 0.3), program(8 * 128, 5, 0.4),
                program(Program.PERCUSSION_BANK, 0, 0.5));
        rig.control(0, high).control(32, low);
        rig.sampler.programChange(0, number);

        assertEquals(expected, level(rig, 0), 1e-3);
    }

    @Test
    void shouldPlayPercussionOnItsChannel() {
        Rig rig = rig(program(0, 0, 0.1), program(0, 7, 0.2), program(Program.PERCUSSION_BANK, 0, 0.3), program(
                Program.PERCUSSION_BANK, 8, 0.4));

        assertEquals(0.3, level(rig, PERCUSSION), 1e-3);
        rig.sampler.programChange(PERCUSSION, 8);
        assertEquals(0.4, level(rig, PERCUSSION), 1e-3);
        rig.sampler.programChange(PERCUSSION, 7);
        assertEquals(0.3, level(rig, PERCUSSION), 1e-3);
        Rig melodic = rig(program(0, 0, 0.1), program(0, 7, 0.2));
        melodic.sampler.programChange(PERCUSSION, 7);
        assertEquals(0.2, level(melodic, PERCUSSION), 1e-3);
    }

    @Test
    void shouldLetNotesRingOutWhenTheInstrumentIsReplaced() {
        Region.Builder old = level(0.1);
        old.amplitude = new Envelope(0, 0, 0, 0, 1, 0.05);
        Rig rig = Rig.mono(old).on(60);
        rig.play(FRAMES);
        Instrument replacement = Rig.instrument(level(0.4));
        rig.sampler.setInstrument(replacement);

        float[] across = rig.play(FRAMES);
        assertEquals(0, Signal.steepest(across), 1e-6);
        assertEquals(0.1, across[FRAMES - 1], 1e-3);
        assertSame(replacement, rig.sampler.instrument());
        assertEquals(0.5, rig.on(62).play(FRAMES)[FRAMES - 1], 1e-3);
        assertEquals(0.4, rig.off(60).play(FRAMES)[FRAMES - 1], 1e-3);
    }

    @Test
    void shouldKeepProgramNumbersWhenTheInstrumentIsReplaced() {
        Rig rig = rig(program(0, 0, 0.1));
        rig.sampler.programChange(0, 5);
        assertEquals(0.1, level(rig, 0), 1e-3);
        rig.sampler.setInstrument(new Instrument("other", List.of(program(0, 0, 0.2), program(0, 5, 0.3))));

        assertEquals(0.3, level(rig, 0), 1e-3);
    }

    @Test
    void shouldAddSamplesOneByOne() {
        Rig rig = Rig.mono();
        assertEquals(0, level(rig, 0));
        rig.sampler.addSample(Waves.constant(0.25f, 96_000), 60, 0, 60, 0, 127);
        rig.sampler.addSample(Waves.sine(440, 96_000), 69, 61, 127, 0, 127);
        assertTrue(level(rig, 0) > 0.1);
        float[] tone = Signal.audible(rig.on(81).play(48_000));

        assertEquals(880, Signal.frequency(tone, Waves.RATE_HZ), 0.1);
    }
}
