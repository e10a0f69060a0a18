package org.carillon.configuration;

/** Takes comments out of JSON and leaves everything else where it stands. */
final class Comments {
    /** Some editors begin a file with it. */
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private Comments() {}

    /** The text with blanks in place of comments; line breaks stay. */
    static String blanked(String text) throws SettingsException {
        StringBuilder out = new StringBuilder(text);
        int index = text.startsWith(BYTE_ORDER_MARK) ? blank(out, 0, 1) : 0;
        while (index < text.length()) {
            if (text.charAt(index) == '"') {
                index = endOfString(text, index + 1);
            } else if (text.startsWith("//", index)) {
                int end = text.indexOf('\n', index);
                index = blank(out, index, end < 0 ? text.length() : end);
            } else if (text.startsWith("/*", index)) {
                int end = text.indexOf("*/", index + 2);
                if (end < 0) {
                    throw unended(text, index);
                }
                index = blank(out, index, end + 2);
            } else {
                index++;
            }
        }
        return out.toString();
    }

    private static int endOfString(String text, int from) {
        int index = from;
        while (index < text.length() && text.charAt(index) != '"') {
            index += text.charAt(index) == '\\' ? 2 : 1;
        }
        return index + 1;
    }

    private static int blank(StringBuilder out, int from, int to) {
        for (int i = from; i < to; i++) {
            if (out.charAt(i) != '\n') {
                out.setCharAt(i, ' ');
            }
        }
        return to;
    }

    private static SettingsException unended(String text, int index) {
        SettingsText.Place place = SettingsText.place(text, index);
        return new SettingsException(place.line(), place.column(), "expected */ to end this comment");
    }
}
