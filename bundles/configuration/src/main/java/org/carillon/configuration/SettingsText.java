package org.carillon.configuration;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a configuration file says, and where each value of it stands. Immutable.
 *
 * @param text      of the file, comments and all.
 * @param entries   by key, in the order of the file.
 * @param endOffset where more keys could follow: of the closing brace, or the end of the text.
 */
public record SettingsText(String text, Map<String, Entry> entries, int endOffset) {
    /**
     * One key with its value.
     *
     * @param keyOffset   where the key begins, in characters from 0.
     * @param valueOffset where the value begins.
     * @param endOffset   behind its last character.
     */
    record Entry(Object value, int keyOffset, int valueOffset, int endOffset) {}

    /** Line and column, from 1. */
    record Place(int line, int column) {}

    /** By key, in the order of the file: string, boolean, long, double, or array of one of these. */
    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        entries.forEach((key, entry) -> values.put(key, entry.value));
        return Collections.unmodifiableMap(values);
    }

    Place place(int offset) {
        return place(text, offset);
    }

    static Place place(String text, int offset) {
        int line = 1;
        int lineOffset = 0;
        int end = Math.min(offset, text.length());
        for (int i = 0; i < end; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                lineOffset = i + 1;
            }
        }
        return new Place(line, end - lineOffset + 1);
    }

    /** The sign that its lines end with. */
    String lineEnd() {
        int newline = text.indexOf('\n');
        return newline > 0 && text.charAt(newline - 1) == '\r' ? "\r\n" : "\n";
    }
}
