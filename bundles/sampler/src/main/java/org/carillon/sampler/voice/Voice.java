package org.carillon.sampler.voice;

import java.util.Arrays;

/** One lane that sounds: it reads a sample at its own speed and says how loud its lane is. Audio thread. */
final class Voice {
    private static final int MONO = -1;
    /** How much of its loudness a voice keeps in memory from tick to tick. */
    private static final float PEAK_MEMORY = 0.97f;
    private static final double POSITION_UNIT = 0x1p32;
    /** As many positions as numbers lie in one line of a processor's cache. */
    private static final long CACHE_LINE = Zone.fixed(16);
    private static final long TOUCH_AHEAD = 3 * CACHE_LINE;
    /** Ten octaves. */
    private static final double MAX_STEP = 0x1p42;

    final int lane;
    int channel;
    int key;
    long note;
    Layer layer;
    /** The other side of a sample in stereo, or null. */
    Voice partner;
    boolean isActive;
    /** Against the polyphony; not so while it fades. */
    boolean isCounted;
    boolean isReleased;

    private final Lanes lanes;
    /** Where this lane begins in the bank's input. */
    private final int row;
    private final boolean isStereoOut;
    private final Contour contour = new Contour();
    private ChannelState controls;
    private int side;
    private Track track;
    private Zone zone;
    private long position;
    private long step;
    private int delayFrames;
    private boolean hasEnded;
    private double octaves;
    private float gain;
    private float panLeft;
    private float panRight;
    /** Where the ramps of this tick lead. */
    private float left;
    private float right;
    private boolean isFlat;
    private float peak;

    Voice(Lanes lanes, int lane, boolean isStereoOut) {
        this.lanes = lanes;
        this.lane = lane;
        this.isStereoOut = isStereoOut;
        row = lane % Lanes.WIDTH * Lanes.TICK_FRAMES;
    }

    /**
     * Starts at the frame that is rendered next.
     *
     * @param side   channel of the sample.
     * @param frames to the next tick; 0 when it comes before this frame.
     */
    void begin(Layer layer, int side, ChannelState controls, int channel, int key, int velocity, int frames) {
        this.layer = layer;
        this.side = layer.tracks.length == 1 ? MONO : side;
        this.controls = controls;
        this.channel = channel;
        this.key = key;
        partner = null;
        isActive = true;
        isCounted = true;
        isReleased = false;
        hasEnded = false;
        track = layer.tracks[side];
        position = layer.startPosition;
        zone = track.begin(position);
        if (zone.originFrame != 0) {
            position -= Zone.fixed(zone.originFrame);
        }
        octaves = layer.octaves(key);
        bend();
        gain = layer.gain(velocity);
        peak = 1;
        lanes.rest(lane);
        layer.tuneFilter(lanes, lane, key, velocity);
        delayFrames = layer.amplitude.delayFrames;
        contour.begin(layer.amplitude);
        pan();
        float amplitude = contour.level() * gain * controls.gain();
        left = amplitude * panLeft;
        right = amplitude * panRight;
        isFlat = false;
        lanes.ramp(lane, left, right, 0, 0);
        if (frames > 0) {
            ramp(frames);
        }
    }

    /** Takes up the pitch wheel. */
    void bend() {
        double sum = octaves + layer.bendOctaves(controls.wheel(), controls.bendRangeOctaves());
        step = (long) Math.clamp(Tables.exp2(sum) * POSITION_UNIT, 1, MAX_STEP);
    }

    private void pan() {
        if (!isStereoOut) {
            panLeft = side == MONO ? 1 : 0.5f;
            panRight = 0;
            return;
        }
        float pan = Math.clamp(layer.pan + controls.pan(), -1, 1);
        if (side == MONO) {
            panLeft = Tables.quarterSine((1 - pan) / 2);
            panRight = Tables.quarterSine((1 + pan) / 2);
        } else {
            panLeft = side == 0 ? Tables.quarterSine(1 - pan) : 0;
            panRight = side == 1 ? Tables.quarterSine(1 + pan) : 0;
        }
    }

    void release() {
        isReleased = true;
        contour.release();
        if (layer.leavesLoop && !hasEnded) {
            long frame = track.fold(position + Zone.fixed(zone.originFrame));
            zone = track.leave(frame);
            position = frame - Zone.fixed(zone.originFrame);
        }
    }

    void fade(int frames) {
        contour.fade(frames);
    }

    /** True when the sample has come to its end. */
    boolean hasEnded() {
        return hasEnded;
    }

    /** True when the lane has nothing more to say: its last ramp led to silence. */
    boolean isOver() {
        return contour.isDone() || hasEnded && !layer.isFiltered;
    }

    /** What would be missed without this voice. */
    float loudness() {
        return peak * gain * controls.gain() * (contour.isRising() ? 1 : contour.level());
    }

    /** The ramps of the next tick. */
    void tick() {
        if (layer.isFiltered) {
            lanes.flush(lane);
        }
        if (controls.isMoving()) {
            pan();
        } else if (isFlat && contour.isSteady()) {
            return;
        }
        ramp(Lanes.TICK_FRAMES);
    }

    private void ramp(int frames) {
        float amplitude = contour.advance(frames) * gain * controls.gain();
        float nextLeft = amplitude * panLeft;
        float nextRight = amplitude * panRight;
        lanes.ramp(lane, left, right, (nextLeft - left) / frames, (nextRight - right) / frames);
        isFlat = left == nextLeft && right == nextRight;
        left = nextLeft;
        right = nextRight;
    }

    /**
     * Reads one number of each cache line that {@link #fill} will be the first to need. The reads of a whole bank wait
     * for memory together; while voices are filled, each would wait alone. A kernel loads more at once than it needs,
     * so this keeps some lines ahead.
     *
     * @return the sum, so that nobody takes the reading for superfluous.
     */
    float touch(int frames) {
        float[] data = zone.data;
        long where = position + TOUCH_AHEAD;
        long end = Math.min(where + step * frames, zone.limit);
        long stride = Math.max(step, CACHE_LINE);
        float sum = 0;
        for (; where < end; where += stride) {
            sum += data[(int) (where >>> Zone.FRACTION_BITS)];
        }
        return sum;
    }

    /** Reads the sample into its row of the bank's input. */
    void fill(BankKernel kernel, int from, int to) {
        float[] input = lanes.input;
        int at = row + from;
        int end = row + to;
        if (delayFrames > 0) {
            int silent = Math.min(delayFrames, to - from);
            delayFrames -= silent;
            Arrays.fill(input, at, at + silent, 0);
            at += silent;
        }
        while (at < end) {
            if (position >= zone.limit && !turn()) {
                Arrays.fill(input, at, end, 0);
                break;
            }
            int count = end - at;
            if (position + step * (count - 1) >= zone.limit) {
                count = (int) ((zone.limit - position + step - 1) / step);
            }
            kernel.interpolate(zone.data, position, step, input, at, count);
            position += step * count;
            at += count;
        }
        if (to == Lanes.TICK_FRAMES) { // not at the end of a block: what is stolen must not depend on that
            peak = Math.max(Math.abs(input[end - 1]), peak * PEAK_MEMORY);
        }
    }

    /** Into the next zone; false at the end of the sample. */
    private boolean turn() {
        while (position >= zone.limit) {
            if (zone.next() == null) {
                hasEnded = true;
                return false;
            }
            position += zone.jump();
            zone = zone.next();
        }
        return true;
    }
}
