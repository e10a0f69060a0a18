package org.carillon.sampler.output;

import java.io.IOException;

/** Keeps frames: a file, or memory. One thread. */
public interface FrameSink extends AutoCloseable {
    /**
     * Appends frames.
     *
     * @param buffer interleaved; full scale is ±1. It is used again after the call.
     * @param frames that count in it, from its start.
     */
    void write(float[] buffer, int frames) throws IOException;

    /** Finishes what was kept. */
    @Override
    default void close() throws IOException {}
}
