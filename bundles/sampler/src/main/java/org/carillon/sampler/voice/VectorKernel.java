package org.carillon.sampler.voice;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Vectors of lanes. Loaded only where the module {@code jdk.incubator.vector} is there. */
final class VectorKernel extends BankKernel {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED.length() > Lanes.WIDTH
            ? FloatVector.SPECIES_512
            : FloatVector.SPECIES_PREFERRED;
    private static final int LENGTH = SPECIES.length();

    VectorKernel() {
        // a module that is missing shows here, not in the audio thread
        FloatVector.zero(SPECIES);
    }

    @Override
    String name() {
        return "vector, " + LENGTH + " lanes";
    }

    @Override
    void mix(Lanes lanes, int firstLane, int active, boolean isFiltered, int from, int to) {
        for (int slot = 0; slot < Lanes.WIDTH; slot += LENGTH) {
            if (isFiltered) {
                filter(lanes, firstLane + slot, slot, from, to);
            } else {
                scale(lanes, firstLane + slot, slot, from, to);
            }
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
