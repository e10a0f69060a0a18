package org.carillon.launcher.command.complete;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TypedLineTest {
    @Test
    void shouldTakeALineApartAsAShellDoes() {
        assertEquals(List.of("connect", "Big Synth", "a\"b", "it's", "\"Drums:in\"", ""),
                TypedLine.of(" connect 'Big Synth' a\\\"b it\\'s '\"Drums:in\"' \"\" ").allWords());
        assertEquals(List.of("a\\b", "a\"$"), TypedLine.of("'a\\b' \"a\\\"\\$\"").allWords());
        assertEquals(List.of(), TypedLine.of("  ").allWords());
    }

    @Test
    void shouldKnowWhatIsBeingTyped() {
        TypedLine line = TypedLine.of("connect \"Big Sy");
        assertEquals(List.of("connect"), line.words());
        assertEquals("Big Sy", line.current());
        assertEquals(8, line.start());
        assertEquals('"', line.quote());
        assertEquals("", TypedLine.of("connect ").current());
        assertEquals("a b", TypedLine.of("connect a\\ b").current());
    }

    @Test
    void shouldReadWhatItHasQuoted() {
        for (String word : List.of("a b", "it's", "\"x\"", "$(rm)", "a\\b", "#3", "*", "Flügel: 1", "!x", "~")) {
            assertEquals(List.of(word), TypedLine.of(Quoting.quoted(word, (char) 0)).allWords());
            assertEquals(List.of(word), TypedLine.of('"' + Quoting.quoted(word, '"') + '"').allWords());
            assertEquals(List.of(word), TypedLine.of('\'' + Quoting.quoted(word, '\'') + '\'').allWords());
        }
    }
}
