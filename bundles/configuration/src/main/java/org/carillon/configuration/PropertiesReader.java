package org.carillon.configuration;

import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the values of one component from lines of {@code key = value}, as {@link java.util.Properties} does. */
final class PropertiesReader {
    private static final String BLANKS = " \t\f";
    private static final int HEX = 16;
    private static final int UNICODE_DIGITS = 4;

    private final String text;
    private final Map<String, SettingsText.Entry> entries = new LinkedHashMap<>();
    private int index;

    private PropertiesReader(String text) {
        this.text = text;
    }

    static SettingsText read(String text) throws SettingsException {
        PropertiesReader reader = new PropertiesReader(text);
        while (reader.index < text.length()) {
            reader.line();
        }
        return new SettingsText(text, reader.entries, text.length());
    }

    private void line() throws SettingsException {
        skip(BLANKS + "\r\n\uFEFF");
        if (index >= text.length()) {
            return;
        }
        if (text.charAt(index) == '#' || text.charAt(index) == '!') {
            while (index < text.length() && !isLineEnd(index)) {
                index++;
            }
            return;
        }
        int keyOffset = index;
        String key = word("=: \t\f");
        if (key.isEmpty()) {
            throw wrong(keyOffset, "", "expected a key before the sign");
        }
        skip(BLANKS);
        if (index < text.length() && "=:".indexOf(text.charAt(index)) >= 0) {
            index++;
            skip(BLANKS);
        }
        int valueOffset = index;
        String value = word("");
        if (entries.put(key, new SettingsText.Entry(value, keyOffset, valueOffset, index)) != null) {
            throw wrong(keyOffset, key, "expected each key once: key=" + key);
        }
    }

    private void skip(String what) {
        while (index < text.length() && what.indexOf(text.charAt(index)) >= 0) {
            index++;
        }
    }

    private boolean isLineEnd(int at) {
        return text.charAt(at) == '\n' || text.charAt(at) == '\r';
    }

    /** Up to one of the signs that end it, or the end of the line; a line that ends in a backslash goes on. */
    private String word(String ends) throws SettingsException {
        StringBuilder word = new StringBuilder();
        while (index < text.length() && !isLineEnd(index) && ends.indexOf(text.charAt(index)) < 0) {
            char sign = text.charAt(index++);
            if (sign != '\\') {
                word.append(sign);
            } else if (index < text.length()) {
                escaped(word);
            }
        }
        return word.toString();
    }

    private void escaped(StringBuilder word) throws SettingsException {
        char sign = text.charAt(index++);
        switch (sign) {
            case '\r', '\n' -> {
                if (sign == '\r' && index < text.length() && text.charAt(index) == '\n') {
                    index++;
                }
                skip(BLANKS);
            }
            case 't' -> word.append('\t');
            case 'n' -> word.append('\n');
            case 'r' -> word.append('\r');
            case 'f' -> word.append('\f');
            case 'u' -> word.append(unicode());
            default -> word.append(sign);
        }
    }

    private char unicode() throws SettingsException {
        int value = 0;
        for (int i = 0; i < UNICODE_DIGITS; i++) {
            int digit = index < text.length() ? Character.digit(text.charAt(index), HEX) : -1;
            if (digit < 0) {
                throw wrong(index, "", "expected four hexadecimal digits behind \\u");
            }
            value = value * HEX + digit;
            index++;
        }
        return (char) value;
    }

    private SettingsException wrong(int offset, String key, String message) {
        SettingsText.Place place = SettingsText.place(text, offset);
        return new SettingsException(place.line(), place.column(), key, message);
    }
}
