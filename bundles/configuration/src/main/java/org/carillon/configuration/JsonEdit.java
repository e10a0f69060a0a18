package org.carillon.configuration;

import com.eclipsesource.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Changes values in the text of a {@code .cfg.json} file; comments, order and layout stay as they are. */
public final class JsonEdit {
    private static final String INDENT = "    ";

    private JsonEdit() {}

    /**
     * Changes it.
     *
     * @param changes new values by key; null takes a key away.
     * @throws SettingsException where the text is wrong.
     */
    public static String changed(String text, Map<String, Object> changes) throws SettingsException {
        String result = text;
        for (Map.Entry<String, Object> change : changes.entrySet()) {
            SettingsText settings = SettingsReader.read(result);
            SettingsText.Entry entry = settings.entries().get(change.getKey());
            if (change.getValue() == null) {
                result = entry == null ? result : without(settings, entry);
            } else if (entry == null) {
                result = with(settings, word(change.getKey()) + ": " + word(change.getValue()));
            } else {
                result = result.substring(0, entry.valueOffset()) + word(change.getValue())
                        + result.substring(entry.endOffset());
            }
        }
        return result;
    }

    private static String with(SettingsText settings, String line) {
        String text = settings.text();
        int brace = settings.endOffset();
        List<SettingsText.Entry> entries = new ArrayList<>(settings.entries().values());
        int content = brace;
        while (content > 0 && Character.isWhitespace(text.charAt(content - 1))) {
            content--;
        }
        if (entries.isEmpty()) {
            return text.substring(0, content) + settings.lineEnd() + INDENT + line + settings.lineEnd()
                    + text.substring(brace);
        }
        SettingsText.Entry last = entries.getLast();
        String head = text.substring(0, last.endOffset()) + ",";
        String indent = text.substring(text.lastIndexOf('\n', last.keyOffset()) + 1, last.keyOffset());
        if (!indent.isBlank() || text.lastIndexOf('\n', last.keyOffset()) < 0) {
            return head + " " + line + text.substring(last.endOffset());
        }
        String tail = text.lastIndexOf('\n', brace) < content ? settings.lineEnd() + text.substring(brace)
                : text.substring(content);
        return head + text.substring(last.endOffset(), content) + settings.lineEnd() + indent + line + tail;
    }

    private static String without(SettingsText settings, SettingsText.Entry entry) throws SettingsException {
        String plain = Comments.blanked(settings.text());
        StringBuilder text = new StringBuilder(settings.text());
        int from = entry.keyOffset();
        int to = entry.endOffset();
        int next = skipBlanks(plain, to);
        if (plain.charAt(next) == ',') {
            text.deleteCharAt(next);
            plain = new StringBuilder(plain).deleteCharAt(next).toString();
        } else {
            int before = plain.lastIndexOf(',', from);
            if (before > plain.indexOf('{') && settings.entries().size() > 1) {
                text.deleteCharAt(before);
                from--;
                to--;
            }
        }
        int lineStart = text.lastIndexOf("\n", from) + 1;
        int lineEnd = text.indexOf("\n", to);
        boolean isAlone = lineStart > 0 && lineEnd >= 0 && text.substring(lineStart, from).isBlank()
                && text.substring(to, lineEnd).isBlank();
        return isAlone
                ? text.delete(lineStart, lineEnd + 1).toString()
                : text.delete(from, text.charAt(to) == ' ' ? to + 1 : to).toString();
    }

    private static int skipBlanks(String text, int from) {
        int index = from;
        while (Character.isWhitespace(text.charAt(index))) {
            index++;
        }
        return index;
    }

    private static String word(Object value) {
        if (Values.isList(value)) {
            return Values.list(value).stream().map(JsonEdit::word).collect(Collectors.joining(", ", "[", "]"));
        }
        return value instanceof Boolean || Values.isFinite(value) ? Values.plain(value)
                : Json.value(String.valueOf(value)).toString();
    }
}
