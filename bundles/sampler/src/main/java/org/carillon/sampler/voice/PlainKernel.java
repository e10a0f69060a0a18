package org.carillon.sampler.voice;

/**
 * Plain arrays. Goes through the lanes that sound, filtered ones two by two: while one filter waits for its last frame,
 * the processor has the other one to do.
 */
final class PlainKernel extends BankKernel {
    @Override
    String name() {
        return "plain";
    }

    @Override
    void mix(Lanes lanes, int firstLane, int active, boolean isFiltered, int from, int to) {
        int rest = active;
        while (rest != 0) {
            int slot = Integer.numberOfTrailingZeros(rest);
            rest &= rest - 1;
            if (!isFiltered) {
                scale(lanes, firstLane + slot, slot, from, to);
            } else if (rest == 0) {
                filter(lanes, firstLane + slot, slot, from, to);
            } else {
                int other = Integer.numberOfTrailingZeros(rest);
                rest &= rest - 1;
                filterTwo(lanes, firstLane, slot, other, from, to);
            }
        }
    }

    private static void filterTwo(Lanes lanes, int firstLane, int slotA, int slotB, int from, int to) {
        int a = firstLane + slotA;
        int b = firstLane + slotB;
        float z1A = lanes.z1[a];
        float z1B = lanes.z1[b];
        float z2A = lanes.z2[a];
        float z2B = lanes.z2[b];
        float b2A = lanes.b2[a];
        float b2B = lanes.b2[b];
        float b3A = lanes.b3[a];
        float b3B = lanes.b3[b];
        float c1A = lanes.c1[a];
        float c1B = lanes.c1[b];
        float dryA = lanes.dry[a];
        float dryB = lanes.dry[b];
        float wetA = lanes.wet[a];
        float wetB = lanes.wet[b];
        float leftA = lanes.left[a];
        float leftB = lanes.left[b];
        float rightA = lanes.right[a];
        float rightB = lanes.right[b];
        float leftStepA = lanes.leftStep[a];
        float leftStepB = lanes.leftStep[b];
        float rightStepA = lanes.rightStep[a];
        float rightStepB = lanes.rightStep[b];
        int distance = slotB - slotA;
        int rowA = slotA * Lanes.TICK_FRAMES;
        int rowB = slotB * Lanes.TICK_FRAMES;
        for (int frame = from; frame < to; frame++) {
            int at = frame * Lanes.WIDTH + slotA;
            float xA = lanes.input[rowA + frame];
            float xB = lanes.input[rowB + frame];
            float vA = xA - z2A;
            float vB = xB - z2B;
            float nA = z2A + b2A * z1A + b3A * vA;
            float nB = z2B + b2B * z1B + b3B * vB;
            float yA = xA * dryA + (z2A + nA) * wetA;
            float yB = xB * dryB + (z2B + nB) * wetB;
            z1A = c1A * z1A + b2A * vA;
            z1B = c1B * z1B + b2B * vB;
            z2A = nA;
            z2B = nB;
            lanes.leftSum[at] += yA * leftA;
            lanes.rightSum[at] += yA * rightA;
            lanes.leftSum[at + distance] += yB * leftB;
            lanes.rightSum[at + distance] += yB * rightB;
            leftA += leftStepA;
            rightA += rightStepA;
            leftB += leftStepB;
            rightB += rightStepB;
        }
        lanes.keep(a, z1A, z2A, leftA, rightA);
        lanes.keep(b, z1B, z2B, leftB, rightB);
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
        int row = slot * Lanes.TICK_FRAMES;
        for (int frame = from; frame < to; frame++) {
            int at = frame * Lanes.WIDTH + slot;
            float x = input[row + frame];
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
        lanes.keep(lane, z1, z2, left, right);
    }

    private static void scale(Lanes lanes, int lane, int slot, int from, int to) {
        float left = lanes.left[lane];
        float right = lanes.right[lane];
        float leftStep = lanes.leftStep[lane];
        float rightStep = lanes.rightStep[lane];
        int row = slot * Lanes.TICK_FRAMES;
        for (int frame = from; frame < to; frame++) {
            int at = frame * Lanes.WIDTH + slot;
            float x = lanes.input[row + frame];
            lanes.leftSum[at] += x * left;
            lanes.rightSum[at] += x * right;
            left += leftStep;
            right += rightStep;
        }
        lanes.left[lane] = left;
        lanes.right[lane] = right;
    }
}
