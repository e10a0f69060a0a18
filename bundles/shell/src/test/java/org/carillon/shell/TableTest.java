package org.carillon.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.carillon.api.port.CarillonException;
import org.junit.jupiter.api.Test;

final class TableTest {
    @Test
    void shouldAlignWordsLeftAndNumbersRight() {
        String text = new Table(Set.of("COUNT"), "NAME", "COUNT", "REMARK").row("a", 5, "").row("long name", 12345, "x")
                .text("none");

        assertEquals("""
                NAME       COUNT  REMARK
                a              5  -
                long name  12345  x""", text);
    }

    @Test
    void shouldSayWhenThereIsNothing() {
        assertEquals("nothing here", new Table("NAME").text("nothing here"));
    }

    @Test
    void shouldTakeOptionsOutOfWords() {
        Words words = new Words("use A [--b]", "a", "--b", "c");

        assertTrue(words.takeOption("--b"));
        assertEquals(List.of("a", "c"), words.between(1, 2));
    }

    @Test
    void shouldSayWhatWasExpected() {
        Words words = new Words("use A [--b]", "a", "--x");

        CarillonException e = assertThrows(CarillonException.class, () -> words.between(1, 3));
        assertEquals("expected: use A [--b], words=a --x", e.getMessage());
        assertEquals(CarillonException.Kind.WRONG_USAGE, e.kind());
    }
}
