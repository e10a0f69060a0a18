package org.carillon.sampler.voice;

/** Curves that the audio thread looks up rather than computes. */
final class Tables {
    private static final int EXP2_STEPS = 256;
    private static final int MIN_EXPONENT = -1_000;
    private static final int MAX_EXPONENT = 1_000;
    private static final int EXPONENT_BIAS = 1_023;
    private static final int EXPONENT_SHIFT = 52;
    private static final double STEP_LN = Math.log(2) / EXP2_STEPS;
    private static final double[] EXP2 = new double[EXP2_STEPS];
    private static final int PAN_STEPS = 1_024;
    /** A quarter of a sine wave. */
    private static final float[] QUARTER_SINE = new float[PAN_STEPS + 1];
    private static final int MAX_VALUE = 127;

    static {
        for (int i = 0; i < EXP2_STEPS; i++) {
            EXP2[i] = Math.pow(2, (double) i / EXP2_STEPS);
        }
        for (int i = 0; i <= PAN_STEPS; i++) {
            QUARTER_SINE[i] = (float) Math.sin(i * Math.PI / 2 / PAN_STEPS);
        }
    }

    private Tables() {}

    /** Two to this power, within 1e-11 of it: a table, and three terms of a series between its places. */
    static double exp2(double octaves) {
        double whole = Math.floor(octaves);
        if (whole < MIN_EXPONENT) {
            return 0;
        }
        double place = (octaves - whole) * EXP2_STEPS;
        int index = Math.min((int) place, EXP2_STEPS - 1);
        double x = (place - index) * STEP_LN;
        double mantissa = EXP2[index] * (1 + x * (1 + x * (0.5 + x / 6)));
        long exponent = (long) Math.min(whole, MAX_EXPONENT) + EXPONENT_BIAS;
        return mantissa * Double.longBitsToDouble(exponent << EXPONENT_SHIFT);
    }

    /** Sine of a quarter turn times the place, 0 to 1. */
    static float quarterSine(float place) {
        float at = Math.clamp(place, 0f, 1f) * PAN_STEPS;
        int index = Math.min((int) at, PAN_STEPS - 1);
        return QUARTER_SINE[index] + (QUARTER_SINE[index + 1] - QUARTER_SINE[index]) * (at - index);
    }

    /** The square law of controllers and velocities, 0 to 127. */
    static float square(int value) {
        float part = (float) value / MAX_VALUE;
        return part * part;
    }

    static double decibels(double db) {
        return Math.pow(10, db / 20);
    }
}
