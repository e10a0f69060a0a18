package org.carillon.sampler.output;

import java.util.Optional;
import org.carillon.sampler.BlockSource;

/**
 * Takes blocks from a source and brings them to where they are heard or kept. Opened by its constructor, which fails
 * with {@link OutputException} when there is nothing to open. Any thread, except where a method says otherwise.
 */
public interface AudioOutput extends AutoCloseable {
    /** What it is and where it leads, in one line for people. */
    String name();

    /** Frames per second now; a sound server that returns may bring another rate. */
    int sampleRateHz();

    /** Channels in the interleaved buffer that the source fills. */
    int channels();

    /** The most frames that the source is asked for at once. */
    int blockFrames();

    /**
     * Begins to take blocks. Once only.
     *
     * @param listener hears of changes.
     */
    void start(BlockSource source, OutputListener listener);

    /** Begins to take blocks, with nobody to hear of changes. */
    default void start(BlockSource source) {
        start(source, OutputListener.NONE);
    }

    /** Where it stands. */
    OutputState state();

    /** Counts and times until now, without disturbing the audio thread. */
    OutputStatistics statistics();

    /** The first exception of the source or the listener; a source that fails is heard as silence. */
    Optional<Throwable> failure();

    /** Takes no more blocks, and frees what was opened. Waits some seconds at most. Later calls have no effect. */
    @Override
    void close();
}
