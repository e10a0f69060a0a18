package org.carillon.configuration;

import java.util.Map;

/** Changes values in the text of a {@code .cfg} file and nothing else. */
final class PropertiesEdit {
    private PropertiesEdit() {}

    /** @param changes new values by key; null takes a key away. */
    static String changed(String text, Map<String, Object> changes) throws SettingsException {
        String result = text;
        for (Map.Entry<String, Object> change : changes.entrySet()) {
            result = changed(PropertiesReader.read(result), change.getKey(), change.getValue());
        }
        return result;
    }

    private static String changed(SettingsText settings, String key, Object value) {
        String text = settings.text();
        SettingsText.Entry entry = settings.entries().get(key);
        if (entry == null) {
            String before = text.isEmpty() || text.endsWith("\n") ? text : text + settings.lineEnd();
            return value == null ? text : before + escaped(key, true) + " = " + word(value) + settings.lineEnd();
        }
        if (value == null) {
            int end = text.indexOf('\n', entry.endOffset());
            return text.substring(0, text.lastIndexOf('\n', entry.keyOffset()) + 1)
                    + (end < 0 ? "" : text.substring(end + 1));
        }
        boolean isJoined = entry.valueOffset() > 0 && entry.valueOffset() == entry.endOffset()
                && " =:\t\f".indexOf(text.charAt(entry.valueOffset() - 1)) < 0;
        return text.substring(0, entry.valueOffset()) + (isJoined ? " = " : "") + word(value)
                + text.substring(entry.endOffset());
    }

    private static String word(Object value) {
        return escaped(Values.word(value), false);
    }

    private static String escaped(String word, boolean isKey) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < word.length(); i++) {
            char sign = word.charAt(i);
            switch (sign) {
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\f' -> out.append("\\f");
                case ' ' -> out.append(isKey || i == 0 ? "\\ " : " ");
                case '=', ':' -> out.append(isKey ? "\\" : "").append(sign);
                case '#', '!' -> out.append(isKey && i == 0 ? "\\" : "").append(sign);
                default -> out.append(sign);
            }
        }
        return out.toString();
    }
}
