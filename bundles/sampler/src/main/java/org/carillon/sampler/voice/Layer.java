package org.carillon.sampler.voice;

import org.carillon.sampler.instrument.LoopMode;
import org.carillon.sampler.instrument.Region;
import org.carillon.sampler.instrument.Region.Trigger;

/** A region made ready to play: all that can be worked out before a note comes. Turns belong to the audio thread. */
final class Layer {
    private static final double CENTS = 1_200;
    private static final double LN2 = Math.log(2);
    private static final int MAX_VELOCITY = 127;
    /** No resonance: the flat response of Butterworth, 3 dB down at the cutoff. */
    private static final double FLAT_Q = Math.sqrt(0.5);
    /** Above this part of the sample rate a low-pass has nothing left to do. */
    private static final double MAX_CUTOFF = 0.49;
    private static final double MIN_CUTOFF_HZ = 5;

    final Trigger trigger;
    final int group;
    final int offBy;
    final boolean isOffNormal;
    final boolean isOneShot;
    final boolean leavesLoop;
    final EnvelopeShape amplitude;
    final float pan;
    final boolean isFiltered;
    /** One for each channel of the sample. */
    final Track[] tracks;
    final long startPosition;

    private final Region.Builder region;
    private final int sampleRateHz;
    private final float gain;
    private final double rateOctaves;
    private final double damping;
    private int turn;

    Layer(Region region, int sampleRateHz) {
        Region.Builder values = region.with();
        this.region = values;
        this.sampleRateHz = sampleRateHz;
        trigger = values.trigger;
        group = values.group;
        offBy = values.offBy;
        isOffNormal = values.offMode == Region.OffMode.NORMAL;
        // nobody is left to end what the end of a note starts
        isOneShot = values.loopMode == LoopMode.ONE_SHOT || trigger == Trigger.RELEASE;
        leavesLoop = values.loopMode == LoopMode.SUSTAIN;
        amplitude = new EnvelopeShape(values.amplitude, sampleRateHz);
        pan = (float) values.pan;
        isFiltered = values.cutoffHz != Double.POSITIVE_INFINITY;
        startPosition = Zone.fixed(values.startFrame);
        gain = (float) Tables.decibels(values.volumeDb);
        rateOctaves = Math.log((double) values.sample.sampleRateHz() / sampleRateHz) / LN2 + values.tuneCents / CENTS;
        damping = 1 / (FLAT_Q * Tables.decibels(values.resonanceDb));
        if (trigger == Trigger.RELEASE) {
            values.loopMode = LoopMode.ONE_SHOT;
        }
        tracks = new Track[values.sample.channels().length];
        for (int i = 0; i < tracks.length; i++) {
            tracks[i] = new Track(values, i);
        }
    }

    boolean acceptsKey(int key) {
        return key >= region.loKey && key <= region.hiKey;
    }

    /** Also counts the note, if it is one that takes part in the round robin. */
    boolean accepts(int channel, int velocity, double random) {
        if (channel < region.loChannel || channel > region.hiChannel || velocity < region.loVelocity
                || velocity > region.hiVelocity) {
            return false;
        }
        turn = turn % region.sequenceLength + 1;
        return turn == region.sequencePosition && random >= region.loRandom && random < region.hiRandom;
    }

    /** Octaves by which the sample is played faster than it was recorded, the wheel at rest. */
    double octaves(int key) {
        return rateOctaves + (key - region.rootKey) * region.keyTrackCents / CENTS;
    }

    /**
     * Octaves of the pitch wheel.
     *
     * @param wheel       -1 to 1.
     * @param rangeOctaves set by registered parameter 0; negative for the region's own.
     */
    double bendOctaves(double wheel, double rangeOctaves) {
        if (rangeOctaves >= 0) {
            return wheel * rangeOctaves;
        }
        return wheel >= 0 ? wheel * region.bendUpCents / CENTS : -wheel * region.bendDownCents / CENTS;
    }

    float gain(int velocity) {
        float track = (float) region.velocityTrack;
        float law = Tables.square(velocity);
        return gain * (track >= 0 ? 1 - track * (1 - law) : 1 + track * law);
    }

    /** Writes the coefficients of the filter into a lane. */
    void tuneFilter(Lanes lanes, int lane, int key, int velocity) {
        if (!isFiltered) {
            lanes.bypass(lane);
            return;
        }
        double cents = (key - region.filterRootKey) * region.filterKeyTrackCents
                + region.filterVelocityCents * velocity / MAX_VELOCITY;
        double cutoffHz = Math.clamp(region.cutoffHz * Tables.exp2(cents / CENTS), MIN_CUTOFF_HZ,
                MAX_CUTOFF * sampleRateHz);
        lanes.tune(lane, Math.tan(Math.PI * cutoffHz / sampleRateHz), damping);
    }
}
