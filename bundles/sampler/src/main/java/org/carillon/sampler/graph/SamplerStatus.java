package org.carillon.sampler.graph;

import org.carillon.sampler.SamplerStatistics;
import org.carillon.sampler.output.OutputState;
import org.carillon.sampler.output.OutputStatistics;

/** A service beside each sampler of the server: how it is. */
public interface SamplerStatus {
    /**
     * One look at it.
     *
     * @param port            name of its destination.
     * @param instrument      that it plays; empty as long as it has none.
     * @param output          where it is heard, for people.
     * @param outputState     of that output.
     * @param trouble         one line about what is otherwise than the configuration says; empty when nothing is.
     * @param sampleRateHz    of that output.
     * @param latencyFrames   from the date of an event to its sound, without what the output adds.
     * @param messages        that were played.
     * @param lateMessages    those of them that came too late for their frame.
     * @param ignoredMessages of kinds that a sampler has no use for.
     * @param voices          what sounds; anew when the sample rate changes.
     * @param sound           of the output; anew with each output.
     */
    record Report(String port, String instrument, String output, OutputState outputState, String trouble,
            int sampleRateHz, int latencyFrames, long messages, long lateMessages, long ignoredMessages,
            SamplerStatistics voices,
            OutputStatistics sound) {}

    /** Looks, without disturbing the audio thread. Any thread; does not wait. */
    Report report();
}
