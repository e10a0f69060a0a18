package org.carillon.sampler.voice;

import org.carillon.sampler.instrument.LoopMode;
import org.carillon.sampler.instrument.Region;

/** The zones of one channel of a region: how it plays while it may loop, and how it plays on to its end. */
final class Track {
    /** A shorter loop is written out as often as it takes, so that a voice seldom has to turn. */
    private static final int SHORT_LOOP_FRAMES = 512;
    /** Neighbours that interpolation reads before and after a frame. */
    private static final int BEFORE = 1;
    private static final int AFTER = 2;
    /** Length of the zones that cover an end or a seam. */
    private static final int SEAM_FRAMES = 3;
    private static final int HEAD_FRAMES = 1;

    private final float[] samples;
    private final int endFrame;
    private final int loopStartFrame;
    private final int loopEndFrame;
    private final Zone[] looping;
    private final Zone[] ending;

    Track(Region.Builder region, int channel) {
        samples = region.sample.channels()[channel];
        endFrame = region.endFrame;
        loopStartFrame = region.loopStartFrame;
        loopEndFrame = region.loopEndFrame;
        ending = chain(false);
        boolean mayLoop = region.loopMode == LoopMode.CONTINUOUS || region.loopMode == LoopMode.SUSTAIN;
        looping = mayLoop ? chain(true) : ending;
    }

    /** Where a voice begins that starts at this frame of the sample. */
    Zone begin(long position) {
        return zone(looping, position);
    }

    /** Where a voice goes on that leaves the loop at this frame of the sample. */
    Zone leave(long position) {
        return zone(ending, position);
    }

    /** Turns a position in unrolled loops into one of the sample. */
    long fold(long position) {
        long end = Zone.fixed(loopEndFrame);
        long start = Zone.fixed(loopStartFrame);
        return position < end ? position : start + (position - start) % (end - start);
    }

    private static Zone zone(Zone[] chain, long position) {
        return chain[position < Zone.fixed(HEAD_FRAMES) ? 0 : 1];
    }

    /** Head and main zone; the rest hangs on them. */
    private Zone[] chain(boolean loops) {
        int lastFrame = loops ? loopEndFrame : endFrame;
        Zone head = new Zone(copy(-BEFORE, HEAD_FRAMES + AFTER, loops), 0, HEAD_FRAMES);
        Zone main = new Zone(samples, BEFORE, lastFrame - AFTER);
        head.continueIn(main, HEAD_FRAMES, HEAD_FRAMES);
        int seam = lastFrame - AFTER;
        if (!loops) {
            main.continueIn(cut(seam, seam + SEAM_FRAMES, false), seam, seam);
            return new Zone[]{head, main};
        }
        int length = loopEndFrame - loopStartFrame;
        if (length >= SHORT_LOOP_FRAMES) {
            Zone turn = cut(seam, loopEndFrame + BEFORE, true);
            main.continueIn(turn, seam, seam);
            turn.continueIn(main, loopEndFrame, loopStartFrame);
        } else {
            int laps = (SHORT_LOOP_FRAMES + length - 1) / length * length;
            int from = loopEndFrame + BEFORE;
            Zone ring = cut(seam, from + laps, true);
            main.continueIn(ring, seam, seam);
            ring.continueIn(ring, from + laps, from);
        }
        return new Zone[]{head, main};
    }

    private Zone cut(int fromFrame, int toFrame, boolean loops) {
        return new Zone(copy(fromFrame - BEFORE, toFrame + AFTER, loops), fromFrame, toFrame);
    }

    private float[] copy(int fromFrame, int toFrame, boolean loops) {
        float[] copy = new float[toFrame - fromFrame];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = at(fromFrame + i, loops);
        }
        return copy;
    }

    private float at(int frame, boolean loops) {
        if (loops && frame >= loopEndFrame) {
            return samples[loopStartFrame + (frame - loopStartFrame) % (loopEndFrame - loopStartFrame)];
        }
        return frame < 0 || frame >= endFrame ? 0 : samples[frame];
    }
}
