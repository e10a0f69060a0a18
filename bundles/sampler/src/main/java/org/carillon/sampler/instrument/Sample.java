package org.carillon.sampler.instrument;

/**
 * Audio in memory. Immutable; a sample may serve many regions.
 *
 * @param name         of the file or chunk it came from, for messages.
 * @param sampleRateHz 1 to 768,000.
 * @param channels     one or two arrays of one length, full scale ±1; not copied and not to be changed.
 */
public record Sample(String name, int sampleRateHz, float[]... channels) {
    private static final int MAX_SAMPLE_RATE_HZ = 768_000;
    private static final float MAX_VALUE = 1_000;

    /** Checks. */
    public Sample {
        if (sampleRateHz < 1 || sampleRateHz > MAX_SAMPLE_RATE_HZ) {
            throw new IllegalArgumentException(
                    "sample rate must be 1 to 768000 Hz: name=" + name + ", sampleRateHz=" + sampleRateHz);
        }
        if (channels.length < 1 || channels.length > 2 || channels[0].length != channels[channels.length - 1].length) {
            throw new IllegalArgumentException(
                    "sample must have one or two channels of one length: name=" + name);
        }
        for (float[] channel : channels) {
            checkNumbers(name, channel);
        }
    }

    /** A value that is no number would silence all voices. */
    private static void checkNumbers(String name, float[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!(Math.abs(values[i]) <= MAX_VALUE)) {
                throw new IllegalArgumentException("sample must have numbers of at most " + MAX_VALUE + ": name=" + name
                        + ", frame=" + i + ", value=" + values[i]);
            }
        }
    }

    /** Length in frames. */
    public int frames() {
        return channels[0].length;
    }

    public boolean isStereo() {
        return channels.length == 2;
    }
}
