package org.carillon.sampler.instrument;

import java.util.Objects;

/**
 * Where and how a sample plays. Immutable; made by {@link #of} and the {@code with} calls of its {@link Builder}.
 * Ranges are inclusive. A note sounds in every region that accepts it.
 */
public final class Region {
    private static final int MAX_CHANNEL = 15;
    private static final int MAX_VALUE = 127;
    private static final int MAX_SEQUENCE = 1_000;
    private static final double MAX_CENTS = 16_000;
    private static final double MAX_KEY_TRACK_CENTS = 1_200;
    private static final double MAX_DB = 144;
    private static final double MAX_RESONANCE_DB = 96;
    /** No group, or nothing that silences this region. */
    public static final int NO_GROUP = 0;

    /** What starts a region. */
    public enum Trigger {
        ATTACK, RELEASE, FIRST, LEGATO
    }

    /** How a region ends that another one silences. */
    public enum OffMode {
        /** Within some milliseconds. */
        FAST,
        /** As if its note had ended. */
        NORMAL
    }

    private final Builder values;

    private Region(Builder values) {
        this.values = values;
    }

    /** A region that plays a sample at its own pitch on key 60, over all keys and velocities. */
    public static Builder of(Sample sample) {
        return new Builder(sample);
    }

    /** A builder that starts with the values of this region. */
    public Builder with() {
        return values.copy();
    }

    /** Values that are being gathered. Fields are public: a builder is a bag, checked once by {@link #build}. */
    public static final class Builder implements Cloneable {
        public final Sample sample;
        public int loChannel = 0;
        public int hiChannel = 15;
        public int loKey = 0;
        public int hiKey = 127;
        /** Velocities 1 to 127. */
        public int loVelocity = 0;
        public int hiVelocity = 127;
        /** Random number from 0 to 1, drawn for each note, the upper end exclusive. */
        public double loRandom = 0;
        public double hiRandom = 1;
        /** Round robin: this region sounds at each so many-th note, in its turn, 1 to the length. */
        public int sequenceLength = 1;
        public int sequencePosition = 1;
        public Trigger trigger = Trigger.ATTACK;
        public int group = NO_GROUP;
        /** The group whose notes silence this region. */
        public int offBy = NO_GROUP;
        public OffMode offMode = OffMode.FAST;

        /** The key at which the sample has its own pitch. */
        public int rootKey = 60;
        /** Added to the pitch, cents. */
        public double tuneCents = 0;
        /** Cents for each key, 100 for the usual scale. */
        public double keyTrackCents = 100;
        /** Cents that the wheel bends up and down at its ends. */
        public double bendUpCents = 200;
        public double bendDownCents = -200;

        /** Frames of the sample: first, and the one after the last. */
        public int startFrame = 0;
        public int endFrame;
        public LoopMode loopMode = LoopMode.NONE;
        public int loopStartFrame = 0;
        /** The frame after the loop's last. */
        public int loopEndFrame;

        public double volumeDb = 0;
        /** -1 left to 1 right; constant power for mono samples, balance for stereo. */
        public double pan = 0;
        /** How much the velocity matters, -1 to 1: 1 is the square law of SFZ, 0 not at all. */
        public double velocityTrack = 1;
        public Envelope amplitude = Envelope.GATE;

        /** Low-pass filter; infinite for none. */
        public double cutoffHz = Double.POSITIVE_INFINITY;
        public double resonanceDb = 0;
        /** Cents of the cutoff for each key above {@link #filterRootKey}, and for full velocity. */
        public double filterKeyTrackCents = 0;
        public int filterRootKey = 60;
        public double filterVelocityCents = 0;

        private Builder(Sample sample) {
            this.sample = sample;
            endFrame = sample.frames();
            loopEndFrame = sample.frames();
        }

        private Builder copy() {
            try {
                return (Builder) clone();
            } catch (CloneNotSupportedException e) {
                throw new AssertionError(e);
            }
        }

        /**
         * Checks all values.
         *
         * @throws IllegalArgumentException with the name and value of the first that is out of range.
         */
        public Region build() {
            checkNotes();
            checkFrames();
            check("tuneCents", tuneCents, -MAX_CENTS, MAX_CENTS);
            check("keyTrackCents", keyTrackCents, -MAX_KEY_TRACK_CENTS, MAX_KEY_TRACK_CENTS);
            check("bendUpCents", bendUpCents, -MAX_CENTS, MAX_CENTS);
            check("bendDownCents", bendDownCents, -MAX_CENTS, MAX_CENTS);
            check("volumeDb", volumeDb, -MAX_DB, MAX_DB);
            check("pan", pan, -1, 1);
            check("velocityTrack", velocityTrack, -1, 1);
            check("cutoffHz", cutoffHz, 0, Double.POSITIVE_INFINITY);
            check("resonanceDb", resonanceDb, -MAX_RESONANCE_DB, MAX_RESONANCE_DB);
            check("filterKeyTrackCents", filterKeyTrackCents, -MAX_KEY_TRACK_CENTS, MAX_KEY_TRACK_CENTS);
            check("filterVelocityCents", filterVelocityCents, -MAX_CENTS, MAX_CENTS);
            Objects.requireNonNull(trigger, "trigger");
            Objects.requireNonNull(offMode, "offMode");
            Objects.requireNonNull(loopMode, "loopMode");
            Objects.requireNonNull(amplitude, "amplitude");
            return new Region(copy());
        }

        private void checkNotes() {
            checkRange("channel", loChannel, hiChannel, MAX_CHANNEL);
            checkRange("key", loKey, hiKey, MAX_VALUE);
            checkRange("velocity", loVelocity, hiVelocity, MAX_VALUE);
            check("loRandom", loRandom, 0, 1);
            check("hiRandom", hiRandom, loRandom, 1);
            check("sequenceLength", sequenceLength, 1, MAX_SEQUENCE);
            check("sequencePosition", sequencePosition, 1, sequenceLength);
            check("rootKey", rootKey, -MAX_VALUE, 2 * MAX_VALUE);
            check("filterRootKey", filterRootKey, 0, MAX_VALUE);
        }

        private void checkFrames() {
            check("endFrame", endFrame, 1, sample.frames());
            check("startFrame", startFrame, 0, endFrame - 1);
            if (loopMode == LoopMode.CONTINUOUS || loopMode == LoopMode.SUSTAIN) {
                check("loopEndFrame", loopEndFrame, 1, endFrame);
                check("loopStartFrame", loopStartFrame, 0, loopEndFrame - 1);
            }
        }

        private void checkRange(String name, int lo, int hi, int most) {
            check("lowest " + name, lo, 0, hi);
            check("highest " + name, hi, lo, most);
        }

        private void check(String name, double value, double least, double most) {
            if (!(value >= least && value <= most)) { // also when it is no number
                throw new IllegalArgumentException(name + " must be " + least + " to " + most + ": value=" + value
                        + ", sample=" + sample.name());
            }
        }
    }
}
