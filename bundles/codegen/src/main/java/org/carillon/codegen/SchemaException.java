package org.carillon.codegen;

/** A schema is wrong; the message names the file, line and column, what was expected, and the class and member. */
public final class SchemaException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    SchemaException(String file, Place place, String message) {
        super(file + ":" + place.line() + ":" + place.column() + ": " + message);
        line = place.line();
        column = place.column();
    }

    /** Line of the file, from 1. */
    public int line() {
        return line;
    }

    /** Column of the line in characters, from 1. */
    public int column() {
        return column;
    }
}
