package org.carillon.sampler.voice;

/** Reads samples; filters a bank of voices, scales and adds them. All ways of doing it give the same bits. */
abstract class BankKernel {
    static final int FRACTION_SHIFT = 8;
    static final float FRACTION_UNIT = 0x1p-24f;

    abstract String name();

    /**
     * Adds a bank to the sums of its lanes.
     *
     * @param firstLane  of the bank.
     * @param active     one bit for each lane that sounds.
     * @param isFiltered false when no lane of the bank has a filter.
     * @param from       first frame within the tick.
     * @param to         frame after the last one.
     */
    abstract void mix(Lanes lanes, int firstLane, int active, boolean isFiltered, int from, int to);

    /**
     * Third-order interpolation through four neighbours (Hermite, Catmull-Rom tangents).
     *
     * @param data     of a zone.
     * @param position of the first frame, as {@link Zone} counts.
     * @param step     from frame to frame.
     * @param to       gets the frames, from {@code at}.
     */
    void interpolate(float[] data, long position, long step, float[] to, int at, int count) {
        long where = position;
        for (int i = at; i < at + count; i++) {
            int index = (int) (where >>> Zone.FRACTION_BITS);
            float t = ((int) where >>> FRACTION_SHIFT) * FRACTION_UNIT;
            float before = data[index];
            float here = data[index + 1];
            float next = data[index + 2];
            float after = data[index + 3];
            float slope = (next - before) * 0.5f;
            float fall = here - next;
            float sum = slope + fall;
            float cubic = sum + fall + (after - here) * 0.5f;
            to[i] = ((cubic * t - (sum + cubic)) * t + slope) * t + here;
            where += step;
        }
    }
}
