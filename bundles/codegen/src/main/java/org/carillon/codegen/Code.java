package org.carillon.codegen;

import java.util.List;

/** Lines of generated code, each at its depth. */
final class Code {
    private static final String INDENT = "    ";

    private final StringBuilder text = new StringBuilder();
    private int depth;

    /** Adds lines at the present depth; empty ones stay empty. */
    Code lines(String lines) {
        lines.lines().forEach(line -> text.append(line.isEmpty() ? "" : INDENT.repeat(depth) + line).append('\n'));
        return this;
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
