package org.carillon.sampler.output;

/**
 * What an output has done since it began.
 *
 * @param blocks         taken from the source.
 * @param frames         taken from the source.
 * @param lateWakeUps    times the system called more than half a period late.
 * @param overruns       blocks that took longer than they last.
 * @param backendXruns   what the sound server or card counted itself, of whatever client.
 * @param interruptions  times that the sound server or card went away.
 * @param sourceFailures blocks that the source left by an exception; heard as silence.
 * @param wakeUpError    distance between the period and what passed between two calls.
 * @param renderTime     of a block.
 */
public record OutputStatistics(long blocks, long frames, long lateWakeUps, long overruns, long backendXruns,
        long interruptions, long sourceFailures, DurationSummary wakeUpError, DurationSummary renderTime) {
    /** Interruptions of the sound that were seen here: the sum of late wake-ups and overruns. */
    public long xruns() {
        return lateWakeUps + overruns;
    }
}
