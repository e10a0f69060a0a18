package org.carillon.sampler.voice;

/** One lane that sounds: it reads a sample at its own speed and says how loud its lane is. Audio thread. */
final class Voice {
    private static final int MONO = -1;
    /** How much of its loudness a voice keeps in memory from tick to tick. */
    private static final float PEAK_MEMORY = 0.97f;
    private static final float FRACTION_UNIT = 0x1p-24f;
    private static final int FRACTION_SHIFT = 8;
    private static final double POSITION_UNIT = 0x1p32;
    /** Ten octaves. */
    /** As many positions as numbers lie in one line of a processor's cache. */
    private static final long CACHE_LINE = 16L << Zone.FRACTION_BITS;
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
    private final int slot;
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
        slot = lane % Lanes.WIDTH;
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
     * Reads one number of each cache line that {@link #fill} is about to read. The reads of a whole bank wait for memory
     * together; while voices are filled, each would wait alone.
     *
     * @return the sum, so that nobody takes the reading for superfluous.
     */
    float touch(int frames) {
        float[] data = zone.data;
        long end = Math.min(position + step * frames, zone.limit);
        long stride = Math.max(step, CACHE_LINE);
        float sum = 0;
        for (long where = position; where < end; where += stride) {
            sum += data[(int) (where >>> Zone.FRACTION_BITS)];
        }
        return sum;
    }

    /** Reads the sample into its column of the bank's input. */
    void fill(int from, int to) {
        float[] input = lanes.input;
        int at = from * Lanes.WIDTH + slot;
        int end = to * Lanes.WIDTH + slot;
        if (delayFrames > 0) {
            int silent = Math.min(delayFrames, to - from);
            delayFrames -= silent;
            at = silence(input, at, at + silent * Lanes.WIDTH);
        }
        while (at < end) {
            if (position >= zone.limit && !turn()) {
                at = silence(input, at, end);
                break;
            }
            int count = (end - at) / Lanes.WIDTH;
            if (position + step * (count - 1) >= zone.limit) {
                count = (int) ((zone.limit - position + step - 1) / step);
            }
            interpolate(zone.data, position, step, input, at, count);
            position += step * count;
            at += count * Lanes.WIDTH;
        }
        if (to == Lanes.TICK_FRAMES) { // not at the end of a block: what is stolen must not depend on that
            peak = Math.max(Math.abs(input[end - Lanes.WIDTH]), peak * PEAK_MEMORY);
        }
    }

    private static int silence(float[] input, int from, int to) {
        int at = from;
        for (; at < to; at += Lanes.WIDTH) {
            input[at] = 0;
        }
        return at;
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

    /** Third-order interpolation through four neighbours (Hermite, Catmull-Rom tangents). */
    private static void interpolate(float[] data, long position, long step, float[] input, int at, int count) {
        long where = position;
        int to = at;
        for (int i = 0; i < count; i++) {
            int index = (int) (where >>> Zone.FRACTION_BITS);
            float t = ((int) where >>> FRACTION_SHIFT) * FRACTION_UNIT;
            float before = data[index];
            float here = data[index + 1];
            float next = data[index + 2];
            float after = data[index + 3];
            float slope = (next - before) * 0.5f;
            float fall = here - next;
            float sum = slope + fall;
            float cubic = sum + fall + (after - here) * 0.5f;
            input[to] = ((cubic * t - (sum + cubic)) * t + slope) * t + here;
            where += step;
            to += Lanes.WIDTH;
        }
    }
}
