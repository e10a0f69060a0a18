package org.carillon.sampler.voice;

/**
 * The state of all filters and gains, side by side, so that {@link #WIDTH} voices, a bank, go through them in lock
 * step: a filter waits for its own last frame, sixteen filters do not wait for each other.
 * <p>
 * The filter is the state-variable filter in its trapezoidal form (A. Simper, Solving the continuous SVF equations
 * using trapezoidal integration and equivalent currents, 2013), with {@code b = 2a} and {@code c = 2a1 - 1} worked out.
 */
final class Lanes {
    /** Voices in a bank. */
    static final int WIDTH = 16;
    /** Frames between two steps of envelopes and controllers. */
    static final int TICK_FRAMES = 32;
    /** Below this a filter is silent; numbers that small would slow the processor down. */
    private static final float TINY = 1e-15f;

    final float[] z1;
    final float[] z2;
    final float[] b2;
    final float[] b3;
    final float[] c1;
    /** Parts of the unfiltered and the filtered signal; the filter's output comes doubled. */
    final float[] dry;
    final float[] wet;
    final float[] left;
    final float[] right;
    final float[] leftStep;
    final float[] rightStep;
    /** One bank's input, voice by voice: each has a row of {@link #TICK_FRAMES}. */
    final float[] input = new float[TICK_FRAMES * WIDTH];
    /** Room for a kernel that turns the input round. */
    final float[] turning = new float[TICK_FRAMES * WIDTH];
    /** Sums over the banks, frame by frame, lane by lane. */
    final float[] leftSum = new float[TICK_FRAMES * WIDTH];
    final float[] rightSum = new float[TICK_FRAMES * WIDTH];

    Lanes(int count) {
        z1 = new float[count];
        z2 = new float[count];
        b2 = new float[count];
        b3 = new float[count];
        c1 = new float[count];
        dry = new float[count];
        wet = new float[count];
        left = new float[count];
        right = new float[count];
        leftStep = new float[count];
        rightStep = new float[count];
    }

    /** A lane at rest adds nothing, whatever its input. */
    void rest(int lane) {
        z1[lane] = 0;
        z2[lane] = 0;
        b2[lane] = 0;
        b3[lane] = 0;
        c1[lane] = 0;
        dry[lane] = 0;
        wet[lane] = 0;
        ramp(lane, 0, 0, 0, 0);
    }

    void bypass(int lane) {
        dry[lane] = 1;
    }

    /**
     * Low-pass.
     *
     * @param g       tangent of half the angle of the cutoff.
     * @param damping reciprocal of the quality.
     */
    void tune(int lane, double g, double damping) {
        double a1 = 1 / (1 + g * (g + damping));
        c1[lane] = (float) (2 * a1 - 1);
        b2[lane] = (float) (2 * g * a1);
        b3[lane] = (float) (2 * g * g * a1);
        dry[lane] = 0;
        wet[lane] = 0.5f;
    }

    void ramp(int lane, float fromLeft, float fromRight, float leftStep, float rightStep) {
        left[lane] = fromLeft;
        right[lane] = fromRight;
        this.leftStep[lane] = leftStep;
        this.rightStep[lane] = rightStep;
    }

    /** What a lane has come to, for the frames that follow. */
    void keep(int lane, float z1, float z2, float left, float right) {
        this.z1[lane] = z1;
        this.z2[lane] = z2;
        this.left[lane] = left;
        this.right[lane] = right;
    }

    void flush(int lane) {
        if (Math.abs(z1[lane]) < TINY && Math.abs(z2[lane]) < TINY) {
            z1[lane] = 0;
            z2[lane] = 0;
        }
    }
}
