package org.carillon.sampler.output;

/** Where an {@link AudioOutput} stands. */
public enum OutputState {
    /** Open; takes no blocks yet. */
    READY,
    /** Takes blocks. */
    RUNNING,
    /** Its sound server or card is not there; takes blocks again when it returns. */
    GONE,
    /** Ended. */
    CLOSED
}
