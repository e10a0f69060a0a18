package org.carillon.codegen;

import java.util.List;
import java.util.Map;

/** A value of JSON that knows its place. */
sealed interface Node {
    Place place();

    /** As it is called in messages. */
    default String kind() {
        return switch (this) {
            case Text _ -> "a string";
            case Number _ -> "a number";
            case Other other -> other.word();
            case Array _ -> "an array";
            case Fields _ -> "an object";
        };
    }

    record Text(Place place, String text) implements Node {}

    record Number(Place place, String digits) implements Node {}

    /** {@code true}, {@code false} or {@code null}, of which a schema has none. */
    record Other(Place place, String word) implements Node {}

    record Array(Place place, List<Node> elements) implements Node {}

    record Fields(Place place, Map<String, Node> values) implements Node {}
}
