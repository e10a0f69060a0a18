package org.carillon.sampler.voice;

/**
 * A stretch of audio that a voice reads without looking where it is: all four neighbours of each frame in it stand in
 * the array. Where it ends, the position moves by a jump into the next zone. Seams of loops and both ends of a sample
 * are small zones with their neighbours copied together, so that the inner loop has no special cases.
 * <p>
 * A position is a frame in units of 2 to the power -32, counted in the zone's own array; it lies between the elements
 * {@code index + 1} and {@code index + 2}.
 */
final class Zone {
    static final int FRACTION_BITS = 32;

    final float[] data;
    /** Frame of the sample for position 0 of this zone. */
    final int originFrame;
    final long limit;
    private Zone next;
    private long jump;

    Zone(float[] data, int originFrame, int limitFrame) {
        this.data = data;
        this.originFrame = originFrame;
        limit = fixed(limitFrame - originFrame);
    }

    /** What stands at a frame here stands at another frame there. */
    void continueIn(Zone next, int frame, int frameThere) {
        this.next = next;
        jump = fixed((long) originFrame - frame + frameThere - next.originFrame);
    }

    /** Null where the sample ends. */
    Zone next() {
        return next;
    }

    long jump() {
        return jump;
    }

    static long fixed(long frames) {
        return frames << FRACTION_BITS;
    }
}
