package org.carillon.sampler.voice;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Vectors of lanes. Loaded only where the module {@code jdk.incubator.vector} is there. */
final class VectorKernel extends BankKernel {
    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED.length() > Lanes.WIDTH
            ? FloatVector.SPECIES_512
            : FloatVector.SPECIES_PREFERRED;
    static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, SPECIES.vectorShape());
    /** Of the lanes, from 0. */
    static final IntVector NUMBERS = IntVector.zero(INTS).addIndex(1);
    private static final int LENGTH = SPECIES.length();
    private static final int HALF = Lanes.WIDTH * Lanes.TICK_FRAMES / 2;
    /** Lanes of one vector and another in turn: of their lower halves, of their upper ones. */
    private static final IntVector LOWER = NUMBERS.lanewise(VectorOperators.LSHR, 1).add(NUMBERS.and(1).mul(LENGTH));
    private static final IntVector UPPER = LOWER.add(LENGTH / 2);

    VectorKernel() {
        // a module that is missing shows here, not in the audio thread
        FloatVector.zero(SPECIES);
    }

    @Override
    String name() {
        return "vector, " + LENGTH + " lanes";
    }

    @Override
    void interpolate(float[] data, long position, long step, float[] to, int at, int count) {
        int done = VectorReader.read(data, position, step, to, at, count);
        if (done < count) {
            super.interpolate(data, position + done * step, step, to, at + done, count - done);
        }
    }

    @Override
    void mix(Lanes lanes, int firstLane, int active, boolean isFiltered, int from, int to) {
        turn(lanes.input, lanes.turning);
        for (int slot = 0; slot < Lanes.WIDTH; slot += LENGTH) {
            if (isFiltered) {
                filter(lanes, firstLane + slot, slot, from, to);
            } else {
                scale(lanes, firstLane + slot, slot, from, to);
            }
        }
    }

    /**
     * Turns the bank's rows into columns, since from here on the lanes go side by side. Halves are shuffled as a pack
     * of cards is, which moves the highest bit of each place to the lowest; when all bits of the voice have gone that
     * way, two in each round, what stood voice by voice stands frame by frame.
     */
    private static void turn(float[] input, float[] scratch) {
        for (int voices = Lanes.WIDTH; voices > 1; voices /= 4) {
            shuffle(input, scratch);
            shuffle(scratch, input);
        }
    }

    private static void shuffle(float[] from, float[] to) {
        for (int i = 0; i < HALF; i += LENGTH) {
            IntVector a = FloatVector.fromArray(SPECIES, from, i).reinterpretAsInts();
            IntVector b = FloatVector.fromArray(SPECIES, from, HALF + i).reinterpretAsInts();
            LOWER.selectFrom(a, b).reinterpretAsFloats().intoArray(to, 2 * i);
            UPPER.selectFrom(a, b).reinterpretAsFloats().intoArray(to, 2 * i + LENGTH);
        }
    }

    private static void filter(Lanes lanes, int lane, int slot, int from, int to) {
        FloatVector z1 = FloatVector.fromArray(SPECIES, lanes.z1, lane);
        FloatVector z2 = FloatVector.fromArray(SPECIES, lanes.z2, lane);
        FloatVector b2 = FloatVector.fromArray(SPECIES, lanes.b2, lane);
        FloatVector b3 = FloatVector.fromArray(SPECIES, lanes.b3, lane);
        FloatVector c1 = FloatVector.fromArray(SPECIES, lanes.c1, lane);
        FloatVector dry = FloatVector.fromArray(SPECIES, lanes.dry, lane);
        FloatVector wet = FloatVector.fromArray(SPECIES, lanes.wet, lane);
        FloatVector left = FloatVector.fromArray(SPECIES, lanes.left, lane);
        FloatVector right = FloatVector.fromArray(SPECIES, lanes.right, lane);
        FloatVector leftStep = FloatVector.fromArray(SPECIES, lanes.leftStep, lane);
        FloatVector rightStep = FloatVector.fromArray(SPECIES, lanes.rightStep, lane);
        float[] input = lanes.input;
        float[] leftSum = lanes.leftSum;
        float[] rightSum = lanes.rightSum;
        int end = to * Lanes.WIDTH + slot;
        for (int at = from * Lanes.WIDTH + slot; at < end; at += Lanes.WIDTH) {
            FloatVector x = FloatVector.fromArray(SPECIES, input, at);
            FloatVector v = x.sub(z2);
            FloatVector n2 = z2.add(b2.mul(z1)).add(b3.mul(v));
            FloatVector y = x.mul(dry).add(z2.add(n2).mul(wet));
            z1 = c1.mul(z1).add(b2.mul(v));
            z2 = n2;
            FloatVector.fromArray(SPECIES, leftSum, at).add(y.mul(left)).intoArray(leftSum, at);
            FloatVector.fromArray(SPECIES, rightSum, at).add(y.mul(right)).intoArray(rightSum, at);
            left = left.add(leftStep);
            right = right.add(rightStep);
        }
        z1.intoArray(lanes.z1, lane);
        z2.intoArray(lanes.z2, lane);
        left.intoArray(lanes.left, lane);
        right.intoArray(lanes.right, lane);
    }

    private static void scale(Lanes lanes, int lane, int slot, int from, int to) {
        FloatVector left = FloatVector.fromArray(SPECIES, lanes.left, lane);
        FloatVector right = FloatVector.fromArray(SPECIES, lanes.right, lane);
        FloatVector leftStep = FloatVector.fromArray(SPECIES, lanes.leftStep, lane);
        FloatVector rightStep = FloatVector.fromArray(SPECIES, lanes.rightStep, lane);
        float[] input = lanes.input;
        float[] leftSum = lanes.leftSum;
        float[] rightSum = lanes.rightSum;
        int end = to * Lanes.WIDTH + slot;
        for (int at = from * Lanes.WIDTH + slot; at < end; at += Lanes.WIDTH) {
            FloatVector x = FloatVector.fromArray(SPECIES, input, at);
            FloatVector.fromArray(SPECIES, leftSum, at).add(x.mul(left)).intoArray(leftSum, at);
            FloatVector.fromArray(SPECIES, rightSum, at).add(x.mul(right)).intoArray(rightSum, at);
            left = left.add(leftStep);
            right = right.add(rightStep);
        }
        left.intoArray(lanes.left, lane);
        right.intoArray(lanes.right, lane);
    }
}
