package org.carillon.codegen;

import com.eclipsesource.json.JsonHandler;
import com.eclipsesource.json.JsonParser;
import com.eclipsesource.json.Location;
import com.eclipsesource.json.ParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads JSON into values that know their places, which the parser's own values do not. */
final class NodeReader extends JsonHandler<List<Node>, Map<String, Node>> {
    private static final int MAX_DEPTH = 16;

    private final List<Place> open = new ArrayList<>();
    private Place start = Place.START;
    private Place name = Place.START;
    private Node value;

    private NodeReader() {}

    static Node read(String text) {
        NodeReader reader = new NodeReader();
        try {
            new JsonParser(reader).parse(text);
        } catch (ParseException e) {
            throw new Wrong(place(e.getLocation()), plain(e.getMessage()));
        }
        return reader.value;
    }

    /** The parser's message without the place that it ends with. */
    private static String plain(String message) {
        String words = message.replaceFirst(" at \\d+:\\d+$", "").replace("Unexpected end of input",
                "expected more: found the end of the file");
        return words.substring(0, 1).toLowerCase(Locale.ROOT) + words.substring(1);
    }

    private static Place place(Location location) {
        return new Place(location.line, location.column);
    }

    private Place here() {
        return place(getLocation());
    }

    private void enter() {
        if (open.size() == MAX_DEPTH) {
            throw new Wrong(here(), "expected no more values in one another: limit=" + MAX_DEPTH);
        }
        open.add(here());
    }

    @Override
    public Map<String, Node> startObject() {
        enter();
        return new LinkedHashMap<>();
    }

    @Override
    public void startObjectName(Map<String, Node> object) {
        name = here();
    }

    @Override
    public void startObjectValue(Map<String, Node> object, String key) {
        if (object.containsKey(key)) {
            throw new Wrong(name, "expected each key once: key=" + key);
        }
    }

    @Override
    public void endObjectValue(Map<String, Node> object, String key) {
        object.put(key, value);
    }

    @Override
    public void endObject(Map<String, Node> object) {
        value = new Node.Fields(open.removeLast(), object);
    }

    @Override
    public List<Node> startArray() {
        enter();
        return new ArrayList<>();
    }

    @Override
    public void endArrayValue(List<Node> array) {
        array.add(value);
    }

    @Override
    public void endArray(List<Node> array) {
        value = new Node.Array(open.removeLast(), array);
    }

    @Override
    public void startString() {
        start = here();
    }

    @Override
    public void endString(String string) {
        value = new Node.Text(start, string);
    }

    @Override
    public void startNumber() {
        start = here();
    }

    @Override
    public void endNumber(String digits) {
        value = new Node.Number(start, digits);
    }

    @Override
    public void startBoolean() {
        start = here();
    }

    @Override
    public void endBoolean(boolean word) {
        value = new Node.Other(start, String.valueOf(word));
    }

    @Override
    public void startNull() {
        start = here();
    }

    @Override
    public void endNull() {
        value = new Node.Other(start, "null");
    }
}
