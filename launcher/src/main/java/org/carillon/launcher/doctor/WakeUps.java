package org.carillon.launcher.doctor;

import java.util.List;
import org.carillon.sampler.output.DurationSummary;

/**
 * How punctually the audio thread was woken on this machine, and how long its blocks took.
 *
 * @param seconds      that were measured.
 * @param fifoPriority real-time priority of the thread; 0 where it had none.
 * @param voices       that sounded.
 * @param xruns        blocks that came or ended too late.
 * @param lateness     distance between the period and what passed between two wake-ups.
 * @param render       time that a block took.
 */
record WakeUps(int seconds, int fifoPriority, int voices, long xruns, DurationSummary lateness,
        DurationSummary render) {
    static final int RATE_HZ = 48_000;
    /** Length of the blocks that are measured; what is said of longer ones is computed from them. */
    static final int BLOCK_FRAMES = 64;
    /** What is judged; a longer block is late for the ear, whatever the machine does. */
    static final List<Integer> LENGTHS = List.of(64, 128, 256, 512, 1024);
    private static final long NS_PER_S = 1_000_000_000L;

    private static final long THOUSAND = 1_000;
    /** Fewer wake-ups say too little of the late ones among them. */
    private static final long FEWEST = 500;

    boolean isEnough() {
        return lateness.count() >= FEWEST;
    }

    /**
     * A wake-up may be late by half a period, for the other half is needed to make the sound; and the sound of a block
     * may take half a period, for the same reason.
     *
     * @param frames length of the block.
     */
    BlockSafety safety(int frames) {
        long halfNs = frames * NS_PER_S / RATE_HZ / 2;
        long renderNs = render.p99Ns() * frames / BLOCK_FRAMES;
        // of fewer than a thousand the latest one alone would be one in a thousand
        long oftenNs = lateness.count() >= THOUSAND ? lateness.p999Ns() : lateness.p99Ns();
        if (oftenNs >= halfNs || renderNs >= halfNs) {
            return BlockSafety.UNSAFE;
        }
        return lateness.maxNs() >= halfNs ? BlockSafety.RISKY : BlockSafety.SAFE;
    }
}
