package org.carillon.launcher.command.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.CarillonException.Kind;
import org.junit.jupiter.api.Test;

final class AddressTest {
    private static final List<String> NAMES = List.of("Keystation 61:MIDI 1", "Keystation 61:Transport", "Synth:in",
            "synth", "Big Synth");

    @Test
    void shouldFindByPartsInAnyCase() {
        assertEquals("Keystation 61:Transport", one("key:tra"));
        assertEquals("Keystation 61:MIDI 1", one("midi 1"));
        assertEquals("Synth:in", one("SYNTH:"));
    }

    @Test
    void shouldPreferWholeNames() {
        assertEquals("synth", one("synth"));
        assertEquals("synth", one("SYNTH"));
        assertEquals(List.of(), all("\"Synth\""));
    }

    @Test
    void shouldFindByPatternExpressionDeviceAndNumber() {
        assertEquals("Big Synth", one("b?g*"));
        assertEquals("Synth:in", one("/^s.*n$/"));
        assertEquals(2, all("@keystation 61").size());
        assertEquals("Synth:in", one("#2"));
        assertEquals(List.of(), all("#9"));
    }

    @Test
    void shouldNameTheCandidates() {
        CarillonException many = assertThrows(CarillonException.class, () -> one("key"));
        CarillonException wrong = assertThrows(CarillonException.class, () -> one("/(/"));

        assertEquals(Kind.NO_SUCH_NAME, many.kind());
        assertTrue(many.getMessage().contains("#0  Keystation 61:MIDI 1"), many.getMessage());
        assertEquals(Kind.WRONG_USAGE, wrong.kind());
    }

    private static String one(String word) {
        return new Address(word).one("port", NAMES, name -> name, NAMES::indexOf);
    }

    private static List<String> all(String word) {
        return new Address(word).all(NAMES, name -> name, NAMES::indexOf);
    }
}
