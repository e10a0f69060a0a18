package org.carillon.configuration;

import com.eclipsesource.json.JsonHandler;
import com.eclipsesource.json.JsonParser;
import com.eclipsesource.json.Location;
import com.eclipsesource.json.ParseException;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the values of one component: a JSON object of strings, numbers, booleans, and arrays of one of these. Comments
 * are welcome, from {@code //} to the end of the line and between the signs of C.
 */
public final class SettingsReader extends JsonHandler<List<Object>, Map<String, SettingsText.Entry>> {
    private static final String EXPECTED = "expected a string, a number, true, false, or an array of these";

    /** Carries a wrong value out of the parser, which knows no checked exceptions. */
    private static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Wrong(String message) {
            super(message, null, false, false);
        }
    }

    private int depth;
    private Object value;
    private String key = "";
    private int keyOffset;
    private int valueOffset;
    private Map<String, SettingsText.Entry> entries;
    private int endOffset;

    private SettingsReader() {}

    /**
     * Reads a JSON object with comments.
     *
     * @throws SettingsException where it is none, or has values of other kinds.
     */
    public static SettingsText read(String text) throws SettingsException {
        SettingsReader reader = new SettingsReader();
        JsonParser parser = new JsonParser(reader);
        try {
            parser.parse(Comments.blanked(text));
        } catch (ParseException e) {
            Location at = e.getLocation();
            throw new SettingsException(at.line, at.column, reader.key, plain(e.getMessage()));
        } catch (Wrong e) {
            Location at = reader.getLocation();
            throw new SettingsException(at.line, at.column, reader.key, e.getMessage());
        }
        if (reader.entries == null) {
            throw new SettingsException(1, 1, "expected an object");
        }
        return new SettingsText(text, reader.entries, reader.endOffset);
    }

    /** The parser's message without the place that it ends with. */
    private static String plain(String message) {
        String words = message.replaceFirst(" at \\d+:\\d+$", "").replace("Unexpected end of input",
                "Expected more: found the end of the file");
        return words.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + words.substring(1);
    }

    @Override
    public Map<String, SettingsText.Entry> startObject() {
        if (depth++ > 0) {
            throw new Wrong(EXPECTED + ": found an object");
        }
        return new LinkedHashMap<>();
    }

    @Override
    public void startObjectName(Map<String, SettingsText.Entry> object) {
        key = "";
        keyOffset = getLocation().offset;
    }

    @Override
    public void startObjectValue(Map<String, SettingsText.Entry> object, String name) {
        key = name;
        valueOffset = getLocation().offset;
    }

    @Override
    public void endObjectValue(Map<String, SettingsText.Entry> object, String name) {
        int end = getLocation().offset;
        if (object.put(name, new SettingsText.Entry(value, keyOffset, valueOffset, end)) != null) {
            throw new Wrong("expected each key once: key=" + name);
        }
    }

    @Override
    public void endObject(Map<String, SettingsText.Entry> object) {
        key = "";
        entries = object;
        endOffset = getLocation().offset - 1;
    }

    @Override
    public List<Object> startArray() {
        if (depth++ != 1) {
            throw new Wrong(depth == 1 ? "expected an object: found an array" : EXPECTED + ": found an array in one");
        }
        return new ArrayList<>();
    }

    @Override
    public void endArrayValue(List<Object> array) {
        if (!array.isEmpty() && array.getFirst().getClass() != value.getClass()) {
            throw new Wrong("expected values of one type in an array: value=" + value);
        }
        array.add(value);
    }

    @Override
    public void endArray(List<Object> array) {
        depth--;
        Class<?> type = array.isEmpty() ? String.class : array.getFirst().getClass();
        value = array.toArray((Object[]) Array.newInstance(type, array.size()));
    }

    @Override
    public void startNull() {
        throw new Wrong(EXPECTED + ": found null");
    }

    @Override
    public void endBoolean(boolean value) {
        this.value = value;
    }

    @Override
    public void endString(String string) {
        value = string;
    }

    /** Whole numbers are long, others double: components have them converted to what they ask for. */
    @Override
    public void endNumber(String string) {
        try {
            value = Long.valueOf(string);
        } catch (NumberFormatException e) {
            value = Double.valueOf(string);
        }
    }
}
