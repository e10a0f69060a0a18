package org.carillon.codegen;

import java.util.List;
import java.util.regex.Pattern;

/** Lines of generated code, each at its depth. */
final class Code {
    private static final String INDENT = "    ";
    private static final int MAX_LENGTH = 118;
    /** Lines that are none of code, in any of the languages. */
    private static final Pattern COMMENT = Pattern.compile("\\s*(/\\*|\\*|//|#|\"\"\"|[A-Za-z0-9_]+: )");

    private final StringBuilder text = new StringBuilder();
    private int depth;

    /** Adds lines at the present depth; empty ones stay empty. */
    Code lines(String lines) {
        lines.lines().forEach(line -> add(line.isEmpty() ? "" : INDENT.repeat(depth) + line, false));
        return this;
    }

    /** A line of code that is too long is broken behind a comma; each of the languages reads on within parentheses. */
    private void add(String line, boolean isRest) {
        int end = line.length() <= MAX_LENGTH || COMMENT.matcher(line).lookingAt() ? -1 : comma(line);
        if (end < 0) {
            text.append(line).append('\n');
        } else {
            text.append(line, 0, end).append('\n');
            String rest = line.substring(end).strip();
            String indent = line.substring(0, line.length() - line.stripLeading().length());
            add(indent + (isRest ? "" : INDENT.repeat(2)) + rest, true);
        }
    }

    /** Behind the last comma that fits and stands in no string; -1 where there is none. */
    private static int comma(String line) {
        int found = -1;
        boolean isString = false;
        for (int i = 0; i < MAX_LENGTH; i++) {
            isString ^= line.charAt(i) == '"';
            if (line.charAt(i) == ',' && line.startsWith(", ", i) && !isString) {
                found = i + 1;
            }
        }
        return found;
    }

    /** Adds a line and goes one step deeper. */
    Code open(String line) {
        lines(line);
        depth++;
        return this;
    }

    /** Goes back a step and adds a line. */
    Code close(String line) {
        depth--;
        return lines(line);
    }

    /** Goes back a step. */
    Code close() {
        depth--;
        return this;
    }

    Code blank() {
        text.append('\n');
        return this;
    }

    /** Items in one line where they fit, otherwise each in its own. */
    Code list(String start, List<String> items, String end) {
        String line = start + String.join(", ", items) + end;
        if (line.length() + depth * INDENT.length() <= 100 || items.isEmpty()) {
            return lines(line);
        }
        lines(start);
        for (int i = 0; i < items.size(); i++) {
            lines(INDENT.repeat(2) + items.get(i) + (i + 1 < items.size() ? "," : end));
        }
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
