package org.carillon.configuration;

import java.nio.file.Path;

/**
 * Something wrong with a configuration file.
 *
 * @param line    from 1.
 * @param column  from 1.
 * @param key     whose value is meant, empty where none is.
 * @param message what was expected.
 */
public record Finding(Kind kind, Path file, int line, int column, String key, String message) {
    /** What becomes of the file. */
    public enum Kind {
        /** It is not applied. */
        ERROR,
        /** It is applied. */
        WARNING,
        /** It is applied, and means something once a bundle comes that knows it. */
        UNKNOWN_PID
    }

    /** As a log has it. */
    String line(String what) {
        return what + ": file=" + file + ", line=" + line + ", column=" + column
                + (key.isEmpty() ? "" : ", key=" + key) + ": " + message;
    }
}
