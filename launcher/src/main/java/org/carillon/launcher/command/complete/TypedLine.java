package org.carillon.launcher.command.complete;

import java.util.ArrayList;
import java.util.List;

/**
 * A line as far as it has been typed, taken to words as a shell does: blanks part words, quotation marks of both kinds
 * and backslashes keep blanks in them. Nothing is expanded.
 *
 * @param words   without their marks.
 * @param starts  where each word begins in the line.
 * @param current what is being typed, without its marks; empty where the line is empty or ends with a blank.
 * @param start   where that begins in the line.
 * @param quote   mark that is open at the end of the line, or 0.
 */
public record TypedLine(List<String> words, List<Integer> starts, String current, int start, char quote) {
    private static final String ESCAPED_IN_QUOTES = "\"\\$`";

    /** Takes a line apart. */
    public static TypedLine of(String line) {
        List<String> words = new ArrayList<>();
        List<Integer> starts = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        int start = -1;
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char letter = line.charAt(i);
            if (quote == 0 && Character.isWhitespace(letter)) {
                if (start >= 0) {
                    words.add(word.toString());
                    starts.add(start);
                    word.setLength(0);
                    start = -1;
                }
                continue;
            }
            start = start < 0 ? i : start;
            if (letter == quote) {
                quote = 0;
            } else if (quote == 0 && (letter == '"' || letter == '\'')) {
                quote = letter;
            } else if (isEscape(line, i, quote)) {
                i++;
                word.append(i < line.length() ? line.charAt(i) : "");
            } else {
                word.append(letter);
            }
        }
        return new TypedLine(List.copyOf(words), List.copyOf(starts), word.toString(), start < 0 ? line.length()
                : start, quote);
    }

    private static boolean isEscape(String line, int at, char quote) {
        return line.charAt(at) == '\\' && (quote == 0
                || quote == '"' && at + 1 < line.length() && ESCAPED_IN_QUOTES.indexOf(line.charAt(at + 1)) >= 0);
    }

    /** All words of a line that is complete. */
    public List<String> allWords() {
        if (current.isEmpty() && quote == 0) {
            return words;
        }
        List<String> all = new ArrayList<>(words);
        all.add(current);
        return all;
    }
}
