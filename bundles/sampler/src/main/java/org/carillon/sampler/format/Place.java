package org.carillon.sampler.format;

import java.io.Serializable;
import java.nio.file.Path;

/**
 * Where in a file something is.
 *
 * @param file   path as it was given.
 * @param line   of a text file, from 1; 0 where no line is meant.
 * @param offset of a binary file, bytes from 0; -1 where none is meant.
 */
public record Place(String file, int line, long offset) implements Serializable {
    private static final int NO_LINE = 0;
    private static final long NO_OFFSET = -1;

    static Place of(Path file) {
        return new Place(file.toString(), NO_LINE, NO_OFFSET);
    }

    static Place line(Path file, int line) {
        return new Place(file.toString(), line, NO_OFFSET);
    }

    static Place offset(Path file, long offset) {
        return new Place(file.toString(), NO_LINE, offset);
    }

    /** {@code file}, {@code file:line}, or {@code file at byte offset}. */
    @Override
    public String toString() {
        if (line != NO_LINE) {
            return file + ":" + line;
        }
        return offset == NO_OFFSET ? file : file + " at byte " + offset;
    }
}
