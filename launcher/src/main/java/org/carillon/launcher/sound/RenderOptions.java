package org.carillon.launcher.sound;

import org.carillon.sampler.format.WavWriter.Encoding;

/**
 * How sound is written to a file.
 *
 * @param gainDb wished; less is applied where it would clip.
 */
public record RenderOptions(int sampleRateHz, Encoding encoding, int blockFrames, int polyphony, double gainDb) {
    /** 48 kHz, 16 bits, blocks of 64 frames, 256 voices. */
    public static final RenderOptions DEFAULTS = new RenderOptions(48_000, Encoding.INT_16, 64, 256, 0);

    /** The same with another gain. */
    public RenderOptions withGainDb(double wanted) {
        return new RenderOptions(sampleRateHz, encoding, blockFrames, polyphony, wanted);
    }
}
