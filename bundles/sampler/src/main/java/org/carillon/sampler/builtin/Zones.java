package org.carillon.sampler.builtin;

import java.util.ArrayList;
import java.util.List;
import org.carillon.sampler.instrument.Region;
import org.carillon.sampler.instrument.Sample;

/** Divides the keys among samples, one for each octave. */
final class Zones {
    static final int RATE_HZ = 32_000;
    /** The loudest frame of every sample: eight notes at full strength stay below full scale. */
    static final double PEAK = 0.3;
    private static final int FIRST_ROOT = 30;
    private static final int LAST_ROOT = 102;
    private static final int OCTAVE = 12;
    private static final int ABOVE = 5;
    private static final int MAX_KEY = 127;
    private static final int A4_KEY = 69;
    private static final double A4_HZ = 440;
    /** Partials above would come back as false tones where a sample is played fastest. */
    static final double TOP_HZ = 10_000;
    private static final double CENTS = 1_200;

    /** Makes what one octave plays. */
    interface Maker {
        Tone make(double rootHz);
    }

    /** Frames, and the pitch that they really have. */
    record Tone(float[] frames, double pitchHz) {}

    /** The rest of what a region says. */
    interface Finish {
        void finish(Region.Builder region);
    }

    private Zones() {}

    static List<Region> make(String name, Maker maker, Finish finish) {
        List<Region> regions = new ArrayList<>();
        for (int root = FIRST_ROOT; root <= LAST_ROOT; root += OCTAVE) {
            double rootHz = A4_HZ * StrictMath.pow(2, (root - A4_KEY) / (double) OCTAVE);
            Tone tone = maker.make(rootHz);
            normalise(tone.frames);
            Region.Builder region = Region.of(new Sample(name + " " + root, RATE_HZ, tone.frames));
            region.rootKey = root;
            region.tuneCents = CENTS * StrictMath.log(rootHz / tone.pitchHz) / StrictMath.log(2);
            region.loKey = root == FIRST_ROOT ? 0 : root + ABOVE + 1 - OCTAVE;
            region.hiKey = root == LAST_ROOT ? MAX_KEY : root + ABOVE;
            finish.finish(region);
            regions.add(region.build());
        }
        return regions;
    }

    /** How many partials of a tone there is room for. */
    static int partials(double pitchHz, int most) {
        return (int) StrictMath.max(1, StrictMath.min(most, TOP_HZ / pitchHz));
    }

    static void normalise(float[] frames) {
        double peak = 0;
        for (float frame : frames) {
            peak = Math.max(peak, Math.abs(frame));
        }
        float factor = (float) (PEAK / peak);
        for (int i = 0; i < frames.length; i++) {
            frames[i] *= factor;
        }
    }
}
