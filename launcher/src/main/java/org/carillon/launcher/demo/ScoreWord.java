package org.carillon.launcher.demo;

import java.util.Locale;

/**
 * A word of a score and where it stands, so that every complaint can name the place.
 *
 * @param text   without blanks; empty when the line ended too early.
 * @param line   counted from 1.
 * @param column of the first character, counted from 1.
 */
record ScoreWord(String text, int line, int column) {
    boolean is(String expected) {
        return text.equals(expected);
    }

    /** The part of this word from the given character on, or up to it, keeps its own column. */
    ScoreWord from(int index) {
        return new ScoreWord(text.substring(index), line, column + index);
    }

    ScoreWord upTo(int index) {
        return new ScoreWord(text.substring(0, index), line, column);
    }

    int number(String what, int min, int max) {
        return number(what, 10, min, max);
    }

    int number(String what, int radix, int min, int max) {
        int number;
        try {
            number = Integer.parseInt(text, radix);
        } catch (NumberFormatException e) {
            number = min - 1; // as wrong as any other outside the range
        }
        if (number < min || number > max) {
            throw wrong(what + " must be a number from " + digits(min, radix) + " to " + digits(max, radix));
        }
        return number;
    }

    private static String digits(int number, int radix) {
        return Integer.toString(number, radix).toUpperCase(Locale.ROOT);
    }

    /** The exception to throw: what was expected, then the place. */
    IllegalArgumentException wrong(String expectation) {
        return new IllegalArgumentException(expectation + ": " + place());
    }

    /**
     * The exception to throw: what was expected, then the place and more.
     *
     * @param values further {@code name=value} pairs, separated by comma and blank.
     */
    IllegalArgumentException wrong(String expectation, String values) {
        return new IllegalArgumentException(expectation + ": " + place() + ", " + values);
    }

    private String place() {
        return "line=" + line + ", column=" + column + ", word=" + text;
    }
}
