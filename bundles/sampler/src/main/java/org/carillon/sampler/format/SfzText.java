package org.carillon.sampler.format;

/** A place in the text of an SFZ file that moves on: takes words, skips blanks and comments, counts lines. */
final class SfzText {
    private final String text;
    private int next;
    private int line = 1;
    /** The end of the line that begins, or goes on, at {@link #lineEndFrom}; looked for once for each line. */
    private int lineEnd = -1;
    private int lineEndFrom;
    private boolean isCommentOpen;

    SfzText(String text) {
        this.text = text;
    }

    int line() {
        return line;
    }

    /** Whether the text ended within a comment. */
    boolean isCommentOpen() {
        return isCommentOpen;
    }

    char peek() {
        return text.charAt(next);
    }

    /** Goes to the next word; false at the end. */
    boolean skipBlanks() {
        while (next < text.length()) {
            if (isBlank(text.charAt(next))) {
                advanceTo(next + 1);
            } else if (text.startsWith("//", next)) {
                advanceTo(lineEnd(next));
            } else if (text.startsWith("/*", next)) {
                int end = text.indexOf("*/", next + 2);
                isCommentOpen = end < 0;
                advanceTo(end < 0 ? text.length() : end + 2);
            } else {
                return true;
            }
        }
        return false;
    }

    /** The name between angle brackets; null, and nothing taken, if there is none. */
    String takeHeader() {
        int end = nameEnd(text, next + 1);
        if (end == next + 1 || end == text.length() || text.charAt(end) != '>') {
            return null;
        }
        String name = text.substring(next + 1, end);
        advanceTo(end + 1);
        return name;
    }

    /** The name before an equals sign, which is taken, too; null, and nothing taken, if there is none. */
    String takeName() {
        int end = nameEnd(text, next);
        if (end == next || end == text.length() || text.charAt(end) != '=') {
            return null;
        }
        String name = text.substring(next, end);
        advanceTo(end + 1);
        return name;
    }

    /**
     * A value, without blanks around it.
     *
     * @param isPath whether two slashes begin a comment only after a blank.
     */
    String takeValue(boolean isPath) {
        int lineEnd = lineEnd(next);
        int end = next;
        while (end < lineEnd && !endsValue(end, lineEnd, isPath)) {
            // a run of blanks is looked behind once, or many of them would take a square of time
            end = isBlank(text.charAt(end)) ? blankEnd(end, lineEnd) : end + 1;
        }
        String value = text.substring(next, end).strip();
        advanceTo(end);
        return value;
    }

    String takeWord() {
        int end = next;
        while (end < text.length() && !isBlank(text.charAt(end)) && text.charAt(end) != '"') {
            end++;
        }
        String word = text.substring(next, Math.max(end, Math.min(next + 1, text.length())));
        advanceTo(next + word.length());
        return word;
    }

    /** The next word of this line; empty if there is none. */
    String takeWordOnLine() {
        int lineEnd = lineEnd(next);
        int start = blankEnd(next, lineEnd);
        int end = start;
        while (end < lineEnd && !isBlank(text.charAt(end))) {
            end++;
        }
        advanceTo(end);
        return text.substring(start, end);
    }

    /** What stands in quotes next on this line; null if nothing does. */
    String takeQuoted() {
        int lineEnd = lineEnd(next);
        int start = blankEnd(next, lineEnd);
        int end = start < lineEnd && text.charAt(start) == '"' ? text.indexOf('"', start + 1) : -1;
        if (end < 0 || end > lineEnd) {
            return null;
        }
        advanceTo(end + 1);
        return text.substring(start + 1, end);
    }

    String takeLine() {
        int end = lineEnd(next);
        String rest = text.substring(next, end).strip();
        advanceTo(end);
        return rest;
    }

    /** Where a name ends that begins at a place: letters, digits, {@code _}, and {@code $} of definitions. */
    static int nameEnd(String text, int start) {
        int end = start;
        while (end < text.length() && isNamePart(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private boolean endsValue(int at, int lineEnd, boolean isPath) {
        char c = text.charAt(at);
        boolean isAfterBlank = at == next || isBlank(text.charAt(at - 1));
        if (c == '/' && (!isPath || isAfterBlank)) {
            return text.startsWith("//", at) || text.startsWith("/*", at);
        }
        if (c == '<') {
            int end = nameEnd(text, at + 1);
            return end > at + 1 && end < lineEnd && text.charAt(end) == '>';
        }
        if (!isBlank(c)) {
            return false;
        }
        int start = blankEnd(at, lineEnd);
        int end = nameEnd(text, start);
        return end > start && end < lineEnd && text.charAt(end) == '=' || text.startsWith("#define ", start)
                || text.startsWith("#include", start);
    }

    private int blankEnd(int start, int lineEnd) {
        int end = start;
        while (end < lineEnd && isBlank(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private int lineEnd(int start) {
        if (start < lineEndFrom || start > lineEnd) {
            lineEndFrom = start;
            lineEnd = start;
            while (lineEnd < text.length() && text.charAt(lineEnd) != '\n' && text.charAt(lineEnd) != '\r') {
                lineEnd++;
            }
        }
        return lineEnd;
    }

    private void advanceTo(int end) {
        for (; next < end; next++) {
            char c = text.charAt(next);
            // a line ends with a line feed, or with a carriage return that none follows
            if (c == '\n' || c == '\r' && !text.startsWith("\n", next + 1)) {
                line++;
            }
        }
    }

    static boolean isNamePart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '$';
    }

    private static boolean isBlank(char c) {
        return c <= ' ';
    }
}
