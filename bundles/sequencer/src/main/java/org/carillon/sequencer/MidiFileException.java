package org.carillon.sequencer;

import java.io.IOException;

/** A file of which nothing can be played. */
public final class MidiFileException extends IOException {
    private static final long serialVersionUID = 1L;

    private final long offset;

    MidiFileException(String expected, String file, long offset) {
        super(expected + ": file=" + file + ", offset=" + offset);
        this.offset = offset;
    }

    /** Where in the file, bytes from 0. */
    public long offset() {
        return offset;
    }
}
