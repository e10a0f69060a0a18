package org.carillon.sampler.voice;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Voices, channels and their clock. Envelopes and controllers step every {@link Lanes#TICK_FRAMES} frames, counted from
 * the first frame of all; whatever the blocks, the same messages at the same frames give the same bits.
 */
public final class Engine {
    private static final int MAX_BLOCK_MESSAGES = 1_024;
    /** A controller has gone most of its way after this time. */
    private static final double CONTROLLER_S = 0.005;
    /** More than 100 dB above full scale is a fault, not music. */
    private static final float MAX_OUTPUT = 1e5f;

    private final int channels;
    private final Lanes lanes;
    private final VoicePool pool;
    private final Performer performer;
    /** Null: what the process has chosen so far. */
    private final BankKernel kernel;
    private final KernelChoice choice;
    private final MessageRing ring;
    private final Agenda agenda = new Agenda(MAX_BLOCK_MESSAGES);
    /**
     * A bare field, and no atomic reference: that one casts by {@link Class#cast}, changes are rare, and so the call
     * that at last asks the compiler for it comes late and from the audio thread, where it makes the string constants
     * of {@code Class} on the heap.
     */
    private volatile PatchSet wanted;
    /** Audio thread: what of {@link #wanted} it plays. */
    private PatchSet playing;
    private int frameOfTick;

    private final AtomicLong frames = new AtomicLong();
    private final AtomicLong voices = new AtomicLong();
    private final AtomicLong peakVoices = new AtomicLong();
    private final AtomicLong stolenVoices = new AtomicLong();
    private final AtomicLong lateMessages = new AtomicLong();
    private volatile boolean isSilent = true;

    /** @param ringCapacity messages from other threads that may wait, a power of two. */
    public Engine(int sampleRateHz, int channels, int polyphony, int ringCapacity, PatchSet patches) {
        this(sampleRateHz, channels, polyphony, ringCapacity, patches, null);
    }

    /** @param kernel null: the best one that this process has, as soon as it has it. */
    Engine(int sampleRateHz, int channels, int polyphony, int ringCapacity, PatchSet patches, BankKernel kernel) {
        this.channels = channels;
        this.kernel = kernel;
        choice = kernel != null ? null : KernelChoice.ofThisProcess();
        int laneCount = VoicePool.laneCount(polyphony);
        lanes = new Lanes(laneCount);
        pool = new VoicePool(lanes, laneCount, polyphony, channels == 2, sampleRateHz);
        double ticks = CONTROLLER_S * sampleRateHz / Lanes.TICK_FRAMES;
        performer = new Performer(pool, patches, (float) (1 - Math.exp(-1 / ticks)));
        ring = new MessageRing(ringCapacity);
        wanted = patches;
        playing = patches;
    }

    /** How the voices are computed, for people. */
    public String kernelName() {
        return kernel().name();
    }

    private BankKernel kernel() {
        return choice == null ? kernel : choice.kernel();
    }

    /** Waits until the voices of this process run as fast as they can; false when that takes too long. */
    public static boolean warmUp(long timeoutNs) throws InterruptedException {
        return KernelChoice.ofThisProcess().await(timeoutNs);
    }

    /** Any thread; false when the ring is full. Heard from the next block's first frame. */
    public boolean offer(int status, int data1, int data2) {
        return ring.offer(Message.of(status, data1, data2));
    }

    /** Audio thread, before the block: a message for a frame of it, or of a later one; false when too many wait. */
    public boolean schedule(int frame, int status, int data1, int data2) {
        boolean isAdded = agenda.add(Math.max(0, frame), Message.of(status, data1, data2));
        if (!isAdded) {
            lateMessages.setOpaque(lateMessages.getPlain() + 1);
        }
        return isAdded;
    }

    /** Any thread: takes effect with the next block; what sounds rings out. */
    public void play(PatchSet patches) {
        wanted = patches;
    }

    /** Audio thread: the next block. */
    public void process(float[] buffer, int blockFrames) {
        PatchSet patches = wanted;
        if (patches != playing) {
            playing = patches;
            performer.play(patches);
        }
        for (int message = ring.poll(); message != MessageRing.EMPTY; message = ring.poll()) {
            performer.perform(message, framesToTick());
        }
        BankKernel blockKernel = kernel();
        int done = 0;
        while (done < blockFrames) {
            while (agenda.nextFrame() <= done) {
                performer.perform(agenda.take(), framesToTick());
            }
            int count = Math.min(Math.min(blockFrames, agenda.nextFrame()) - done, Lanes.TICK_FRAMES - frameOfTick);
            render(blockKernel, buffer, done, count);
            done += count;
        }
        agenda.endBlock(blockFrames);
        count(blockFrames);
    }

    private int framesToTick() {
        return (Lanes.TICK_FRAMES - frameOfTick) % Lanes.TICK_FRAMES;
    }

    private void render(BankKernel blockKernel, float[] buffer, int done, int count) {
        if (frameOfTick == 0) {
            performer.tick();
            pool.tick();
        }
        int end = frameOfTick + count;
        if (pool.isSilent()) {
            Arrays.fill(buffer, done * channels, (done + count) * channels, 0);
        } else {
            Arrays.fill(lanes.leftSum, frameOfTick * Lanes.WIDTH, end * Lanes.WIDTH, 0);
            Arrays.fill(lanes.rightSum, frameOfTick * Lanes.WIDTH, end * Lanes.WIDTH, 0);
            pool.render(blockKernel, frameOfTick, end);
            int to = done * channels;
            for (int frame = frameOfTick; frame < end; frame++) {
                buffer[to++] = sum(lanes.leftSum, frame * Lanes.WIDTH);
                if (channels == 2) {
                    buffer[to++] = sum(lanes.rightSum, frame * Lanes.WIDTH);
                }
            }
        }
        frameOfTick = end % Lanes.TICK_FRAMES;
    }

    /** Adds the lanes of a frame; a number that is none, or no music, becomes silence. */
    private static float sum(float[] sums, int at) {
        float even = sums[at] + sums[at + 2] + (sums[at + 4] + sums[at + 6])
                + (sums[at + 8] + sums[at + 10] + (sums[at + 12] + sums[at + 14]));
        float odd = sums[at + 1] + sums[at + 3] + (sums[at + 5] + sums[at + 7])
                + (sums[at + 9] + sums[at + 11] + (sums[at + 13] + sums[at + 15]));
        float sum = even + odd;
        return Math.abs(sum) <= MAX_OUTPUT ? sum : 0;
    }

    private void count(int blockFrames) {
        int sounding = pool.sounding();
        frames.setOpaque(frames.getPlain() + blockFrames);
        voices.setOpaque(sounding);
        if (sounding > peakVoices.getPlain()) {
            peakVoices.setOpaque(sounding);
        }
        stolenVoices.setOpaque(pool.stolen());
        if (isSilent != pool.isSilent()) {
            isSilent = pool.isSilent();
        }
    }

    /** Whether no voice was left at the end of the last block, not even one that fades out. */
    public boolean isSilent() {
        return isSilent;
    }

    /** Frames rendered so far. Any thread, like all that follow. */
    public long frames() {
        return frames.getOpaque();
    }

    public int activeVoices() {
        return (int) voices.getOpaque();
    }

    /** The most voices at the end of any block. */
    public int peakVoices() {
        return (int) peakVoices.getOpaque();
    }

    public long stolenVoices() {
        return stolenVoices.getOpaque();
    }

    /** Messages that found no room. */
    public long droppedMessages() {
        return ring.refused() + lateMessages.getOpaque();
    }
}
