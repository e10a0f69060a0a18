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
        int laneA = firstLane + slotA;
        int laneB = firstLane + slotB;
        float a1 = lanes.z1[laneA];
        float a2 = lanes.z2[laneA];
        float b1 = lanes.z1[laneB];
        float b2 = lanes.z2[laneB];
        float across = lanes.b2[laneA];
        float acrossB = lanes.b2[laneB];
        float through = lanes.b3[laneA];
        float throughB = lanes.b3[laneB];
        float stay = lanes.c1[laneA];
        float stayB = lanes.c1[laneB];
        float dry = lanes.dry[laneA];
        float dryB = lanes.dry[laneB];
        float wet = lanes.wet[laneA];
        float wetB = lanes.wet[laneB];
        float[] input = lanes.input;
        int distance = slotB - slotA;
        int end = to * Lanes.WIDTH + slotA;
        for (int at = from * Lanes.WIDTH + slotA; at < end; at += Lanes.WIDTH) {
            float x = input[at];
            float xB = input[at + distance];
            float v = x - a2;
            float vB = xB - b2;
            float n = a2 + across * a1 + through * v;
            float nB = b2 + acrossB * b1 + throughB * vB;
            input[at] = x * dry + (a2 + n) * wet;
            input[at + distance] = xB * dryB + (b2 + nB) * wetB;
            a1 = stay * a1 + across * v;
            b1 = stayB * b1 + acrossB * vB;
            a2 = n;
            b2 = nB;
        }
        lanes.z1[laneA] = a1;
        lanes.z2[laneA] = a2;
        lanes.z1[laneB] = b1;
        lanes.z2[laneB] = b2;
        scale(lanes, laneA, slotA, from, to);
        scale(lanes, laneB, slotB, from, to);
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
