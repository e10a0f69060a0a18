package org.carillon.api.filter;

/** Filter words that say nothing a filter can do. */
public final class FilterException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int column;

    /** @param column of the wrong word, from 1. */
    public FilterException(int column, String message) {
        super(message);
        this.column = column;
    }

    /** Column of the wrong word, from 1. */
    public int column() {
        return column;
    }
}
