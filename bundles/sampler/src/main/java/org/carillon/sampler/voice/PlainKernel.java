package org.carillon.sampler.voice;

/** Plain arrays. Goes through the lanes that sound, one after the other. */
final class PlainKernel extends BankKernel {
    @Override
    String name() {
        return "plain";
    }

    @Override
    void mix(Lanes lanes, int firstLane, int active, boolean isFiltered, int from, int to) {
        for (int rest = active; rest != 0; rest &= rest - 1) {
            int slot = Integer.numberOfTrailingZeros(rest);
            if (isFiltered) {
                filter(lanes, firstLane + slot, slot, from, to);
            } else {
                scale(lanes, firstLane + slot, slot, from, to);
            }
        }
    }

    private static void filter(Lanes lanes, int lane, int slot, int from, int to) {
        float z1 = lanes.z1[lane];
        float z2 = lanes.z2[lane];
        float b2 = lanes.b2[lane];
        float b3 = lanes.b3[lane];
        float c1 = lanes.c1[lane];
        float dry = lanes.dry[lane];
        float wet = lanes.wet[lane];
        float left = lanes.left[lane];
        float right = lanes.right[lane];
        float leftStep = lanes.leftStep[lane];
        float rightStep = lanes.rightStep[lane];
        float[] input = lanes.input;
        float[] leftSum = lanes.leftSum;
        float[] rightSum = lanes.rightSum;
        for (int frame = from; frame < to; frame++) {
            int at = frame * Lanes.WIDTH + slot;
            float x = input[at];
            float v = x - z2;
            float n2 = z2 + b2 * z1 + b3 * v;
            float y = x * dry + (z2 + n2) * wet;
            z1 = c1 * z1 + b2 * v;
            z2 = n2;
            leftSum[at] += y * left;
            rightSum[at] += y * right;
            left += leftStep;
            right += rightStep;
        }
        lanes.z1[lane] = z1;
        lanes.z2[lane] = z2;
        lanes.left[lane] = left;
        lanes.right[lane] = right;
    }

    private static void scale(Lanes lanes, int lane, int slot, int from, int to) {
        float left = lanes.left[lane];
        float right = lanes.right[lane];
        float leftStep = lanes.leftStep[lane];
        float rightStep = lanes.rightStep[lane];
        for (int frame = from; frame < to; frame++) {
            int at = frame * Lanes.WIDTH + slot;
            float x = lanes.input[at];
            lanes.leftSum[at] += x * left;
            lanes.rightSum[at] += x * right;
            left += leftStep;
            right += rightStep;
        }
        lanes.left[lane] = left;
        lanes.right[lane] = right;
    }
}
