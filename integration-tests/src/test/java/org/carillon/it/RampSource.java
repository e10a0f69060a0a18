package org.carillon.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.carillon.sampler.BlockSource;

/**
 * Sound that tells of each frame which one it is: a ramp to the left, the same upside down to the right. It also keeps
 * when it was called, and what the calling thread had allocated.
 */
final class RampSource implements BlockSource {
    private static final int LENGTH = 30_000;
    private static final float FULL_SCALE_24 = 0x7F_FFFF;
    private static final int KEPT = 20_000;

    final long[] startNs = new long[KEPT];
    final long[] calledNs = new long[KEPT];
    final long[] allocatedBytes = new long[KEPT];
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private long frame;
    private volatile int blocks;

    @Override
    public void render(float[] buffer, int frames, long blockStartNs) {
        int block = blocks;
        if (block < KEPT) {
            startNs[block] = blockStartNs;
            calledNs[block] = System.nanoTime();
            allocatedBytes[block] = threads.getCurrentThreadAllocatedBytes();
        }
        for (int i = 0; i < frames; i++) {
            float value = value(frame++);
            buffer[2 * i] = value;
            buffer[2 * i + 1] = -value;
        }
        blocks = block + 1;
    }

    int blocks() {
        return blocks;
    }

    /** Never 0, which is silence; with 15 bits, so that 24 tell all of them apart. */
    private static float value(long frame) {
        long step = frame % LENGTH;
        return (step < LENGTH / 2 ? step - LENGTH / 2 : step - LENGTH / 2 + 1) / 32_768f;
    }

    /** As the recorder's library rounds it. */
    private static int sample(long frame, int side) {
        return (int) Math.rint((side == 0 ? value(frame) : -value(frame)) * FULL_SCALE_24);
    }

    /**
     * That a recording is a piece of this, from its first sound to its end, with nothing lost, doubled or changed. The
     * recorder connects one side after the other: its sound begins when there are both.
     */
    static void assertPlayedWhole(int[] recorded, int leastFrames) {
        int first = 0;
        while (first < recorded.length && (recorded[first] == 0 || recorded[first + 1] == 0)) {
            first += 2;
        }
        int frames = (recorded.length - first) / 2;
        assertTrue(frames >= leastFrames, "sound must not be missing: frames=" + frames);
        int wanted = recorded[first];
        long offset = java.util.stream.LongStream.range(0, LENGTH).filter(f -> sample(f, 0) == wanted).findFirst()
                .orElse(-1);
        assertTrue(offset >= 0, "recording begins with a strange sample: " + wanted);
        int[] expected = new int[2 * frames];
        for (int i = 0; i < frames; i++) {
            expected[2 * i] = sample(offset + i, 0);
            expected[2 * i + 1] = sample(offset + i, 1);
        }
        int[] actual = Arrays.copyOfRange(recorded, first, first + 2 * frames);
        int mismatch = Arrays.mismatch(expected, actual);
        assertEquals(-1, mismatch, () -> "recording differs at sample " + mismatch + " of " + actual.length + ": "
                + expected[mismatch] + " expected, but " + actual[mismatch]);
    }
}
