package org.carillon.sampler.builtin;

import java.util.List;
import org.carillon.sampler.instrument.Envelope;
import org.carillon.sampler.instrument.LoopMode;
import org.carillon.sampler.instrument.Region;

/** Tones that last as long as the key is down: whole periods, looped without a seam. */
final class Sustained {
    private static final int STRINGS_PARTIALS = 32;
    /** Length of the strings' loop; pitches and their beating are whole periods of it. */
    private static final int STRINGS_FRAMES = Zones.RATE_HZ;
    private static final double VIBRATO_HZ = 5;
    private static final double VIBRATO_CENTS = 7;
    private static final double CENTS_PER_E = 1_731.234;
    private static final int STEADY_FRAMES = 4_096;

    private Sustained() {}

    /** A tone whose periods are all alike. */
    static List<Region> steady(String name, double[] levels, Envelope envelope) {
        return Zones.make(name, pitchHz -> {
            int periods = (int) StrictMath.max(1, StrictMath.rint(pitchHz * STEADY_FRAMES / Zones.RATE_HZ));
            double[] table = table(levels, Zones.partials(pitchHz, levels.length));
            float[] frames = new float[STEADY_FRAMES];
            for (int i = 0; i < frames.length; i++) {
                frames[i] = (float) Sine.at(table, (double) i * periods / STEADY_FRAMES);
            }
            return new Zones.Tone(frames, (double) periods * Zones.RATE_HZ / STEADY_FRAMES);
        }, region -> finish(region, envelope));
    }

    /** Three players, two of them a little beside the first, all with vibrato, each in a phase of his own. */
    static List<Region> strings(Envelope envelope) {
        double[] levels = new double[STRINGS_PARTIALS];
        for (int partial = 1; partial <= levels.length; partial++) {
            levels[partial - 1] = 1 / StrictMath.pow(partial, 1.25);
        }
        return Zones.make("strings", pitchHz -> {
            double[] table = table(levels, Zones.partials(pitchHz, levels.length));
            long periods = (long) StrictMath.rint(pitchHz * STRINGS_FRAMES / Zones.RATE_HZ);
            float[] frames = new float[STRINGS_FRAMES];
            for (int player = -1; player <= 1; player++) {
                bow(frames, table, periods + player, player);
            }
            return new Zones.Tone(frames, (double) periods * Zones.RATE_HZ / STRINGS_FRAMES);
        }, region -> finish(region, envelope));
    }

    /** The same samples with another envelope. */
    static List<Region> with(List<Region> regions, Envelope envelope) {
        return regions.stream().map(region -> {
            Region.Builder builder = region.with();
            builder.amplitude = envelope;
            return builder.build();
        }).toList();
    }

    private static void bow(float[] frames, double[] table, long periods, int player) {
        double depth = VIBRATO_CENTS / CENTS_PER_E * periods / (2 * StrictMath.PI * VIBRATO_HZ);
        for (int i = 0; i < frames.length; i++) {
            double turn = (double) i / frames.length;
            double vibrato = Sine.at(VIBRATO_HZ * turn + player / 3.0);
            frames[i] += (float) Sine.at(table, turn * periods + depth * vibrato + player / 3.0);
        }
    }

    private static void finish(Region.Builder region, Envelope envelope) {
        region.amplitude = envelope;
        region.loopMode = LoopMode.CONTINUOUS;
    }

    /** One period. */
    private static double[] table(double[] levels, int partials) {
        double[] table = new double[Sine.FRAMES + 1];
        for (int partial = 1; partial <= partials; partial++) {
            for (int i = 0; i < table.length; i++) {
                table[i] += levels[partial - 1] * Sine.frame(partial * i);
            }
        }
        return table;
    }
}
