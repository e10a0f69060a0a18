package org.carillon.sampler.builtin;

/** One period of a sine, looked up: quick, and the same bits on every machine. */
final class Sine {
    static final int FRAMES = 4_096;
    private static final double[] TABLE = new double[FRAMES + 1];

    static {
        for (int i = 0; i < TABLE.length; i++) {
            TABLE[i] = StrictMath.sin(2 * StrictMath.PI * i / FRAMES);
        }
    }

    private Sine() {}

    /** @param turns periods since the beginning, whole and part. */
    static double at(double turns) {
        return at(TABLE, turns);
    }

    /** At a frame of the period, counted on through later periods. */
    static double frame(int frame) {
        return TABLE[frame & FRAMES - 1];
    }

    /** Looks another period up, of as many frames, and the first of the next. */
    static double at(double[] period, double turns) {
        double place = (turns - Math.floor(turns)) * FRAMES;
        int before = (int) place;
        return period[before] + (period[before + 1] - period[before]) * (place - before);
    }
}
