package org.carillon.sampler.graph;

import java.util.concurrent.atomic.AtomicLong;
import org.carillon.sampler.BlockSource;
import org.carillon.sampler.Sampler;

/**
 * Plays messages at the frame of their time: the same code live, where they come through a ring, and off line, where
 * they are a list.
 * <p>
 * A time belongs to the nearest frame, counted from time 0, and the start of a block likewise; so the frame of a
 * message does not depend on where blocks begin. A message sounds at its frame plus the latency, exactly; one that
 * comes too late for that sounds with the next block's first frame, and is counted. Live the latency is one block, so
 * that whatever comes while a block passes sounds in the next with its distances kept. Off line it is 0.
 * <p>
 * The audio thread renders; it neither waits nor allocates. Any thread looks at the counts.
 */
public final class TimedSampler implements BlockSource {
    private static final long NS_PER_S = 1_000_000_000L;
    /** The sampler keeps no more for one block; what is left waits for the next, and is late. */
    private static final int MAX_BLOCK_MESSAGES = 1_024;
    /** The start of a block is rounded, and a sound server's clock is no better. */
    private static final int ROUNDING_FRAMES = 1;

    private final Sampler sampler;
    private final MessageFeed feed;
    private final int latencyFrames;
    private final int sampleRateHz;
    private final MessageFeed.Taker taker = this::take;
    private final AtomicLong messages = new AtomicLong();
    private final AtomicLong lateMessages = new AtomicLong();
    private final AtomicLong latestFrames = new AtomicLong();

    // of the block that is rendered
    private long startFrame;
    private int blockFrames;
    private int room;

    private TimedSampler(Sampler sampler, MessageFeed feed, int latencyFrames) {
        this.sampler = sampler;
        this.feed = feed;
        this.latencyFrames = latencyFrames;
        sampleRateHz = sampler.options().sampleRateHz();
    }

    /**
     * For a live output.
     *
     * @param feed        with times of {@link System#nanoTime()}.
     * @param blockFrames of the output; the latency.
     */
    public static TimedSampler live(Sampler sampler, MessageFeed feed, int blockFrames) {
        return new TimedSampler(sampler, feed, blockFrames);
    }

    /** For a file or for memory: times count from 0, and there is no latency. */
    public static TimedSampler offLine(Sampler sampler, MessageFeed feed) {
        return new TimedSampler(sampler, feed, 0);
    }

    /** The frame that is nearest to a time, both counted from 0; halves go up. */
    static long frameAt(long timeNs, int sampleRateHz) {
        long seconds = Math.floorDiv(timeNs, NS_PER_S);
        long restNs = timeNs - seconds * NS_PER_S;
        return seconds * sampleRateHz + (2 * restNs * sampleRateHz + NS_PER_S) / (2 * NS_PER_S);
    }

    @Override
    public void render(float[] buffer, int frames, long startNs) {
        startFrame = frameAt(startNs, sampleRateHz);
        blockFrames = frames;
        room = MAX_BLOCK_MESSAGES;
        feed.offerTo(taker);
        sampler.process(buffer, frames);
    }

    private boolean take(long timeNs, int status, int data1, int data2) {
        long frame = frameAt(timeNs, sampleRateHz) - startFrame + latencyFrames;
        if (frame >= blockFrames || room == 0) {
            return false;
        }
        room--;
        messages.setOpaque(messages.getPlain() + 1);
        if (frame < -ROUNDING_FRAMES) {
            countLate(-frame);
        }
        sampler.sendAt((int) Math.max(0, frame), status, data1, data2);
        return true;
    }

    private void countLate(long frames) {
        lateMessages.setOpaque(lateMessages.getPlain() + 1);
        if (frames > latestFrames.getPlain()) {
            latestFrames.setOpaque(frames);
        }
    }

    /** Frames from a message to its sound. */
    public int latencyFrames() {
        return latencyFrames;
    }

    /** What was played so far. */
    public long messages() {
        return messages.getOpaque();
    }

    /** What came too late for its frame, by more than one. */
    public long lateMessages() {
        return lateMessages.getOpaque();
    }

    /** How late the latest of them was. */
    public long latestFrames() {
        return latestFrames.getOpaque();
    }

    /** Whether nothing is left to play and the last voice has died away; after the last block, off line. */
    public boolean isSilent() {
        return feed.isEmpty() && sampler.isSilent();
    }
}
