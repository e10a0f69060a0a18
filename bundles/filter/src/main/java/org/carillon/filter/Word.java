package org.carillon.filter;

import java.util.List;
import java.util.stream.Collectors;
import org.carillon.api.filter.FilterTables;

/**
 * A word of the grammar.
 *
 * @param help one line: what it accepts or changes.
 */
record Word(String name, List<Argument> arguments, Meaning meaning, String help) {
    /** What a word does. */
    sealed interface Meaning permits Selector, Transform, Negation {}

    /** Accepts, or takes away, a part of what comes in. */
    non-sealed interface Selector extends Meaning {
        void select(Selection selection, boolean accepted, Values values);
    }

    /** Changes what passes. */
    non-sealed interface Transform extends Meaning {
        void change(FilterTables tables, Values values);
    }

    /** Turns the next selector round. */
    record Negation() implements Meaning {}

    static Word selector(String name, String help, Selector selector, Argument... arguments) {
        return new Word(name, List.of(arguments), selector, help);
    }

    static Word transform(String name, String help, Transform transform, Argument... arguments) {
        return new Word(name, List.of(arguments), transform, help);
    }

    /** How the grammar writes the arguments. */
    String usage() {
        return arguments.stream().map(Argument::usage).collect(Collectors.joining(" "));
    }
}
