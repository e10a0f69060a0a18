package org.carillon.launcher.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A growing SVG document: escapes what it is given and writes coordinates with one decimal. */
final class SvgText {
    private static final char FIRST_PRINTABLE = ' ';

    private final StringBuilder out = new StringBuilder();

    SvgText line(String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values)).append('\n');
        return this;
    }

    /** One line of text; the place and look are attributes, ready to write. */
    SvgText text(String attributes, double x, double y, String text) {
        return line("<text x=\"%.1f\" y=\"%.1f\" %s>%s</text>", x, y, attributes, escaped(text));
    }

    SvgText stroke(String styleClass, double x1, double y1, double x2, double y2) {
        return line("<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>", styleClass, x1, y1, x2, y2);
    }

    /** For element content and quoted attributes. Characters XML 1.0 cannot hold become blanks. */
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        text.codePoints().forEach(character -> {
            switch (character) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.appendCodePoint(isXml(character) ? character : ' ');
            }
        });
        return escaped.toString();
    }

    private static boolean isXml(int character) {
        boolean surrogate = character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
        return character >= FIRST_PRINTABLE && !surrogate && character != 0xFFFE && character != 0xFFFF;
    }

    /** Breaks a text between words, or within a word that alone is too long. */
    static List<String> wrapped(String text, int columns) {
        List<String> lines = new ArrayList<>();
        String rest = text.strip();
        while (rest.length() > columns) {
            int blank = rest.lastIndexOf(' ', columns);
            int cut = blank > 0 ? blank : columns;
            lines.add(rest.substring(0, cut).strip());
            rest = rest.substring(cut).strip();
        }
        lines.add(rest);
        return lines;
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
