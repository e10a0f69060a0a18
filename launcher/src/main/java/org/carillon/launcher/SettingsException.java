package org.carillon.launcher;

/** Text of a configuration that means nothing: where, and what was expected there. */
final class SettingsException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    SettingsException(int line, int column, String message) {
        super(message);
        this.line = line;
        this.column = column;
    }

    /** From 1. */
    int line() {
        return line;
    }

    /** From 1. */
    int column() {
        return column;
    }
}
