package org.carillon.sampler.builtin;

import java.util.List;
import org.carillon.sampler.instrument.Envelope;
import org.carillon.sampler.instrument.Region;

/** Tones that are struck once and die away: sums of partials, each with a decay of its own. */
final class Struck {
    private static final Envelope DAMPED = new Envelope(0, 0, 0, 0, 1, 0.3);
    private static final Envelope RINGING = new Envelope(0, 0, 0, 0, 1, 2.5);
    private static final int STRINGS_PARTIALS = 24;
    private static final double MIDDLE_C_HZ = 261.6;
    private static final double BELL_S = 1.8;
    private static final double FADE_S = 0.05;
    private static final double ATTACK_S = 0.002;
    /** Partials of a bell, hum, prime, tierce and on: ratio to the prime, level, and how long it lasts. */
    private static final double[][] BELL = {{0.5, 0.3, 1.6}, {1, 0.6, 1.2}, {1.183, 0.35, 0.9}, {1.506, 0.25, 0.6},
        {2, 1, 0.8}, {2.514, 0.3, 0.4}, {2.662, 0.25, 0.35}, {3.011, 0.3, 0.3}, {4.166, 0.25, 0.2},
        {5.433, 0.15, 0.12}};

    private Struck() {}

    static List<Region> piano() {
        // the hammer touches at a ninth of the string; stiffness spreads the partials
        return Zones.make("piano", pitchHz -> string(pitchHz, 3, 1.0 / 9, 1.1, 0.0004), region -> {
            region.amplitude = DAMPED;
        });
    }

    static List<Region> guitar() {
        return Zones.make("guitar", pitchHz -> string(pitchHz, 2, 1.0 / 5, 1.4, 0.0001), region -> {
            region.amplitude = DAMPED;
        });
    }

    static List<Region> bell() {
        return Zones.make("bell", Struck::bell, region -> {
            region.amplitude = RINGING;
        });
    }

    /**
     * A string that is struck or plucked.
     *
     * @param seconds   that it sounds at middle C; low strings sound longer.
     * @param point     where along the string.
     * @param roll      how fast partials get weaker upwards.
     * @param stiffness how far they lie above the multiples of the pitch.
     */
    private static Zones.Tone string(double pitchHz, double seconds, double point, double roll, double stiffness) {
        double length = seconds * StrictMath.min(1.5, StrictMath.pow(MIDDLE_C_HZ / pitchHz, 0.5));
        double[] sum = new double[(int) (length * Zones.RATE_HZ)];
        for (int partial = 1; partial <= Zones.partials(pitchHz, STRINGS_PARTIALS); partial++) {
            double hz = pitchHz * partial * StrictMath.sqrt((1 + stiffness * partial * partial) / (1 + stiffness));
            double level = StrictMath.abs(StrictMath.sin(StrictMath.PI * partial * point))
                    / StrictMath.pow(partial, roll);
            double decayS = length / 5 / (1 + 0.25 * (partial - 1));
            add(sum, hz, level * 0.7, decayS);
            add(sum, hz * 1.0004, level * 0.3, decayS * 1.6); // a second string, nearly in tune, that lasts
        }
        return new Zones.Tone(shaped(sum), pitchHz);
    }

    private static Zones.Tone bell(double pitchHz) {
        double[] sum = new double[(int) (BELL_S * Zones.RATE_HZ)];
        for (double[] partial : BELL) {
            double hz = pitchHz * partial[0];
            if (partial[0] <= 1 || hz < Zones.TOP_HZ) {
                add(sum, hz, partial[1], 0.4 * partial[2]);
            }
        }
        return new Zones.Tone(shaped(sum), pitchHz);
    }

    /** Adds a sine that falls by 1/e in the given time: a point that turns and shrinks from frame to frame. */
    static void add(double[] sum, double hz, double level, double decayS) {
        double angle = 2 * StrictMath.PI * hz / Zones.RATE_HZ;
        double shrink = StrictMath.exp(-1 / (decayS * Zones.RATE_HZ));
        double cos = shrink * StrictMath.cos(angle);
        double sin = shrink * StrictMath.sin(angle);
        double x = level;
        double y = 0;
        for (int i = 0; i < sum.length; i++) {
            sum[i] += y;
            double turned = x * cos - y * sin;
            y = x * sin + y * cos;
            x = turned;
        }
    }

    /** Neither begins nor ends with a click. */
    static float[] shaped(double[] sum) {
        float[] frames = new float[sum.length];
        double attackFrames = ATTACK_S * Zones.RATE_HZ;
        double fadeFrames = FADE_S * Zones.RATE_HZ;
        for (int i = 0; i < frames.length; i++) {
            double in = Math.min(1, (i + 1) / attackFrames);
            double out = Math.min(1, (frames.length - i) / fadeFrames);
            frames[i] = (float) (sum[i] * in * out);
        }
        return frames;
    }
}
