package org.carillon.sampler.voice;

import org.carillon.sampler.instrument.Envelope;

/** An envelope in the units of the audio thread: frames, and octaves of amplitude for each frame. */
final class EnvelopeShape {
    /** Silence: 100 dB below full scale. */
    static final float SILENCE = 1e-5f;
    private static final double SILENCE_OCTAVES = Math.log(1 / 1e-5) / Math.log(2);

    final int delayFrames;
    final int attackFrames;
    final int holdFrames;
    final double decayOctaves;
    final double sustainOctaves;
    final float sustain;
    final double releaseOctaves;

    EnvelopeShape(Envelope envelope, int sampleRateHz) {
        delayFrames = frames(envelope.delayS(), sampleRateHz);
        attackFrames = frames(envelope.attackS(), sampleRateHz);
        holdFrames = frames(envelope.holdS(), sampleRateHz);
        boolean isSilent = envelope.sustain() < SILENCE;
        sustain = isSilent ? 0 : (float) envelope.sustain();
        sustainOctaves = isSilent ? SILENCE_OCTAVES : -Math.log(envelope.sustain()) / Math.log(2);
        decayOctaves = sustainOctaves / Math.max(1, frames(envelope.decayS(), sampleRateHz));
        releaseOctaves = SILENCE_OCTAVES / Math.max(1, frames(envelope.releaseS(), sampleRateHz));
    }

    static int frames(double seconds, int sampleRateHz) {
        return (int) Math.round(seconds * sampleRateHz);
    }
}
