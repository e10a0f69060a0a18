package org.carillon.sampler.voice;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Interpolation of as many frames at once as a vector has lanes. Neighbours are not fetched one by one: what the frames
 * need lies close together, so two vectors of the sample, a window, are loaded and the neighbours chosen out of them.
 * Where a voice reads so fast that a window does not hold all of it, each quarter of the frames has its own.
 */
final class VectorReader {
    private static final VectorSpecies<Float> FLOATS = VectorKernel.SPECIES;
    private static final VectorSpecies<Integer> INTS = VectorKernel.INTS;
    private static final VectorSpecies<Long> LONGS = VectorSpecies.of(long.class, FLOATS.vectorShape());
    private static final int LENGTH = FLOATS.length();
    private static final int QUARTER = LENGTH / 4;
    private static final int WINDOW = 2 * LENGTH;
    /** Beyond the index of a frame. */
    private static final int NEIGHBOURS = 3;
    /** From the first index in a window to the last one, whatever their fractions. */
    private static final long MAX_SPAN = Zone.fixed(WINDOW - NEIGHBOURS - 2);
    private static final long MAX_STEP_IN_ALL = MAX_SPAN / (LENGTH - 1);
    private static final long MAX_STEP_IN_QUARTERS = MAX_SPAN / Math.max(1, QUARTER - 1);

    private static final LongVector NUMBERS = LongVector.zero(LONGS).addIndex(1);
    /** The halves of each position in two vectors of positions. */
    private static final IntVector FRACTIONS = VectorKernel.NUMBERS.mul(2);
    private static final IntVector INDEXES = FRACTIONS.add(1);

    private VectorReader() {}

    /** Reads vectors full of frames, as many as there are; answers how many frames that was, perhaps none. */
    static int read(float[] data, long position, long step, float[] to, int at, int count) {
        if (data.length < WINDOW || step > MAX_STEP_IN_QUARTERS) {
            return 0;
        }
        int part = step > MAX_STEP_IN_ALL ? QUARTER : LENGTH;
        int end = count / LENGTH * LENGTH;
        LongVector some = NUMBERS.mul(step).add(position);
        LongVector others = some.add(step * (LENGTH / 2));
        long where = position;
        for (int frame = 0; frame < end; frame += LENGTH) {
            IntVector indexes = INDEXES.selectFrom(some.reinterpretAsInts(), others.reinterpretAsInts());
            IntVector fraction = FRACTIONS.selectFrom(some.reinterpretAsInts(), others.reinterpretAsInts());
            IntVector before = IntVector.zero(INTS);
            IntVector here = before;
            IntVector next = before;
            IntVector after = before;
            for (int lane = 0; lane < LENGTH; lane += part) {
                // at the end of the data the window begins earlier
                int base = Math.min((int) (where >>> Zone.FRACTION_BITS), data.length - WINDOW);
                IntVector a = FloatVector.fromArray(FLOATS, data, base).reinterpretAsInts();
                IntVector b = FloatVector.fromArray(FLOATS, data, base + LENGTH).reinterpretAsInts();
                IntVector index = indexes.sub(base);
                VectorMask<Integer> mask = VectorKernel.NUMBERS.compare(VectorOperators.GE, lane);
                before = before.blend(index.selectFrom(a, b), mask);
                here = here.blend(index.add(1).selectFrom(a, b), mask);
                next = next.blend(index.add(2).selectFrom(a, b), mask);
                after = after.blend(index.add(NEIGHBOURS).selectFrom(a, b), mask);
                where += step * part;
            }
            curve(fraction, before.reinterpretAsFloats(), here.reinterpretAsFloats(), next.reinterpretAsFloats(),
                    after.reinterpretAsFloats()).intoArray(to, at + frame);
            some = some.add(step * LENGTH);
            others = others.add(step * LENGTH);
        }
        return end;
    }

    private static FloatVector curve(IntVector fraction, FloatVector before, FloatVector here, FloatVector next,
            FloatVector after) {
        IntVector whole = fraction.lanewise(VectorOperators.LSHR, BankKernel.FRACTION_SHIFT);
        FloatVector t = ((FloatVector) whole.convert(VectorOperators.I2F, 0)).mul(BankKernel.FRACTION_UNIT);
        FloatVector slope = next.sub(before).mul(0.5f);
        FloatVector fall = here.sub(next);
        FloatVector sum = slope.add(fall);
        FloatVector cubic = sum.add(fall).add(after.sub(here).mul(0.5f));
        return cubic.mul(t).sub(sum.add(cubic)).mul(t).add(slope).mul(t).add(here);
    }
}
