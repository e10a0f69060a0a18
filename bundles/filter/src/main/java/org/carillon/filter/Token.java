package org.carillon.filter;

import java.util.ArrayList;
import java.util.List;

/**
 * What stands between two blanks.
 *
 * @param column of its first character, from 1.
 */
record Token(String text, int column) {
    private static final String RANGE = "..";

    /** The tokens of a text, in order. */
    static List<Token> of(String text) {
        List<Token> tokens = new ArrayList<>();
        int start = -1;
        for (int i = 0; i <= text.length(); i++) {
            boolean blank = i == text.length() || Character.isWhitespace(text.charAt(i));
            if (blank && start >= 0) {
                tokens.add(new Token(text.substring(start, i), start + 1));
                start = -1;
            } else if (!blank && start < 0) {
                start = i;
            }
        }
        return tokens;
    }

    boolean isRange() {
        return text.contains(RANGE);
    }

    /** What stands before the dots of a range. */
    Token low() {
        return new Token(text.substring(0, text.indexOf(RANGE)), column);
    }

    /** What stands after the dots of a range. */
    Token high() {
        int end = text.indexOf(RANGE) + RANGE.length();
        return new Token(text.substring(end), column + end);
    }

    /** Whether this can be meant as an argument: every one has a digit, no word has. */
    boolean hasDigit() {
        return text.chars().anyMatch(c -> c >= '0' && c <= '9');
    }
}
