package org.carillon.configuration;

/** Text of a configuration that means nothing: where, and what was expected there. */
public final class SettingsException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;
    private final String key;

    SettingsException(int line, int column, String message) {
        this(line, column, "", message);
    }

    SettingsException(int line, int column, String key, String message) {
        super(message);
        this.line = line;
        this.column = column;
        this.key = key;
    }

    /** From 1. */
    public int line() {
        return line;
    }

    /** From 1. */
    public int column() {
        return column;
    }

    /** Whose value it is in; empty where it is in none. */
    public String key() {
        return key;
    }
}
