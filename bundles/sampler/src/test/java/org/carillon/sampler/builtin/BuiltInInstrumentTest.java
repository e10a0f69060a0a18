package org.carillon.sampler.builtin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.carillon.sampler.Sampler;
import org.carillon.sampler.SamplerOptions;
import org.carillon.sampler.instrument.Instrument;
import org.carillon.sampler.instrument.LoopMode;
import org.carillon.sampler.instrument.Program;
import org.carillon.sampler.instrument.Region;
import org.junit.jupiter.api.Test;

class BuiltInInstrumentTest {
    private static final int RATE_HZ = 48_000;
    private static final Instrument INSTRUMENT = BuiltInInstrument.create();

    private static float[] play(int channel, int program, int key) {
        Sampler sampler = Sampler.create(SamplerOptions.at(RATE_HZ).withChannels(1));
        sampler.setInstrument(INSTRUMENT);
        sampler.programChange(channel, program);
        sampler.noteOn(channel, key, 100);
        float[] played = new float[RATE_HZ / 2];
        sampler.process(played, played.length);
        return played;
    }

    private static double peak(float[] played) {
        double peak = 0;
        for (float frame : played) {
            peak = Math.max(peak, Math.abs(frame));
        }
        return peak;
    }

    @Test
    void shouldSoundOnEveryProgramAndKeyWithoutClipping() {
        for (int program = 0; program < 128; program += 8) {
            for (int key = 12; key < 128; key += 23) {
                double peak = peak(play(0, program, key));
                assertTrue(peak > 0.01 && peak < 0.3, "program=" + program + ", key=" + key + ", peak=" + peak);
            }
        }
    }

    @Test
    void shouldHaveItsDrumsOnChannelTen() {
        for (int key = 35; key <= 81; key++) {
            assertTrue(peak(play(9, 0, key)) > 0.05, "key=" + key);
        }
        assertEquals(0, peak(play(9, 0, 20)));
    }

    /** By the distance after which a tone is most like itself. */
    @Test
    void shouldBeInTune() {
        for (int program : new int[]{0, 16, 24, 32, 40, 48, 56, 64, 72}) {
            for (int key = 50; key <= 74; key += 4) {
                float[] played = play(0, program, key);
                double hz = 440 * Math.pow(2, (key - 69) / 12.0);
                int distance = (int) Math.round(20 * RATE_HZ / hz);
                int best = distance - 60;
                for (int each = distance - 60; each <= distance + 60; each++) {
                    best = likeness(played, each) > likeness(played, best) ? each : best;
                }
                double cents = 1_200 * Math.log((double) distance / best) / Math.log(2);
                assertEquals(0, cents, 8, "program=" + program + ", key=" + key);
            }
        }
    }

    private static double likeness(float[] played, int distance) {
        double sum = 0;
        for (int i = 4_800; i < 14_400; i++) {
            sum += played[i] * played[i + distance];
        }
        return sum;
    }

    @Test
    void shouldLoopWithoutASeam() {
        for (Program program : INSTRUMENT.programs()) {
            for (Region region : program.regions()) {
                Region.Builder values = region.with();
                if (values.loopMode == LoopMode.CONTINUOUS) {
                    float[] frames = values.sample.channels()[0];
                    int last = frames.length - 1;
                    double before = frames[last] - frames[last - 1];
                    double after = frames[1] - frames[0];
                    double expected = frames[last] + (before + after) / 2;
                    assertEquals(expected, frames[0], 0.03 + Math.abs(before - after), values.sample.name());
                }
            }
        }
    }

    @Test
    void shouldAlwaysBeTheSame() {
        Instrument again = BuiltInInstrument.create();
        long frames = 0;
        for (int i = 0; i < INSTRUMENT.programs().size(); i++) {
            Program one = INSTRUMENT.programs().get(i);
            Program other = again.programs().get(i);
            for (int r = 0; r < one.regions().size(); r++) {
                float[] expected = one.regions().get(r).with().sample.channels()[0];
                assertArrayEquals(expected, other.regions().get(r).with().sample.channels()[0]);
                frames += i % 8 == 0 ? expected.length : 0;
            }
        }
        assertEquals(129, INSTRUMENT.programs().size());
        assertTrue(frames > 0);
    }
}
