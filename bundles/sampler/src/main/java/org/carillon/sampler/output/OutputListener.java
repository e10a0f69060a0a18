package org.carillon.sampler.output;

/** Hears of changes of an {@link AudioOutput}, on a thread of the output that is not the audio thread, in order. */
public interface OutputListener {
    /** Does not want to hear. */
    OutputListener NONE = new OutputListener() {};

    /**
     * Blocks will have another rate or length from now on. No block is taken while it runs: the place to make the
     * source ready.
     */
    default void formatChanged(int sampleRateHz, int blockFrames) {}

    /**
     * The output has come into another state.
     *
     * @param notice one line for the log: what happened and what follows.
     */
    default void stateChanged(OutputState state, String notice) {}
}
