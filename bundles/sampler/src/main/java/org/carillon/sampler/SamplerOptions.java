package org.carillon.sampler;

/**
 * What is fixed for the life of a sampler.
 *
 * @param sampleRateHz  8,000 to 384,000.
 * @param channels      1 or 2.
 * @param polyphony     voices that sound at once, 1 to 4,096; a sample in stereo takes two.
 * @param blockFrames   what the output will ask for at once, 1 to 8,192; any other number works too.
 * @param eventCapacity messages from other threads that may wait for a block, 16 to 65,536; rounded up to a power of
 *                      two.
 */
public record SamplerOptions(int sampleRateHz, int channels, int polyphony, int blockFrames, int eventCapacity) {
    /** Voices that sound at once, unless said otherwise. */
    public static final int DEFAULT_POLYPHONY = 256;
    /** Frames of a block, unless said otherwise. */
    public static final int DEFAULT_BLOCK_FRAMES = 64;
    private static final int DEFAULT_EVENT_CAPACITY = 4_096;

    /** Checks. */
    public SamplerOptions {
        check("sample rate in Hz", sampleRateHz, 8_000, 384_000);
        check("channels", channels, 1, 2);
        check("polyphony", polyphony, 1, 4_096);
        check("frames of a block", blockFrames, 1, 8_192);
        check("event capacity", eventCapacity, 16, 65_536);
    }

    private static void check(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(what + " must be " + least + " to " + most + ": value=" + value);
        }
    }

    /** Two channels, 256 voices, blocks of 64 frames. */
    public static SamplerOptions at(int sampleRateHz) {
        return new SamplerOptions(sampleRateHz, 2, DEFAULT_POLYPHONY, DEFAULT_BLOCK_FRAMES, DEFAULT_EVENT_CAPACITY);
    }

    /** The same with so many channels. */
    public SamplerOptions withChannels(int count) {
        return new SamplerOptions(sampleRateHz, count, polyphony, blockFrames, eventCapacity);
    }

    /** The same with so many voices. */
    public SamplerOptions withPolyphony(int voices) {
        return new SamplerOptions(sampleRateHz, channels, voices, blockFrames, eventCapacity);
    }

    /** The same with blocks of so many frames. */
    public SamplerOptions withBlockFrames(int frames) {
        return new SamplerOptions(sampleRateHz, channels, polyphony, frames, eventCapacity);
    }

    /** The same with room for so many waiting messages. */
    public SamplerOptions withEventCapacity(int messages) {
        return new SamplerOptions(sampleRateHz, channels, polyphony, blockFrames, messages);
    }

    /** One line for the log. */
    String describe(String kernel) {
        return polyphony + " voices at " + sampleRateHz + " Hz, " + kernel;
    }
}
