package org.carillon.launcher.command.complete;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class BashWordTest {
    private static final String BREAKS = " \t\n\"'@><=;|&(:";

    @Test
    void shouldQuoteWhatAShellWouldRead() {
        assertEquals(List.of("Big\\ Synth"), replacements("carillon tap B", "Big Synth"));
        assertEquals(List.of("Tom\\'s\\ \\$5\\;"), replacements("carillon tap ", "Tom's $5;"));
        assertEquals(List.of("Flügel"), replacements("carillon tap Fl", "Flügel"));
    }

    @Test
    void shouldLeaveAloneWhatStandsBeforeTheLastLetterThatPartsWords() {
        assertEquals(List.of("out\\ 1"), replacements("carillon tap keys:o", "keys:out 1"));
        assertEquals(List.of("b:c"), replacements("carillon tap Key\\ s:", "Key s:b:c"));
        assertEquals(List.of("java"), replacements("carillon codegen --lang=j", "--lang=java"));
        assertEquals(List.of("Key\\ s:b"), replacements("carillon tap Key\\ ", "Key s:b"));
    }

    @Test
    void shouldGoOnInAnOpenQuotationMark() {
        assertEquals(List.of("Big Synth:in"), replacements("carillon tap \"Big S", "Big Synth:in"));
        assertEquals(List.of("a \\\"b\\\" \\$c"), replacements("carillon tap \"a ", "a \"b\" $c"));
        assertEquals(List.of("Tom'\\''s"), replacements("carillon tap 'T", "Tom's"));
        assertEquals(List.of("in"), replacements("carillon tap \"Big Synth\":i", "Big Synth:in"));
    }

    @Test
    void shouldLeaveOutWhatCannotFollow() {
        assertEquals(List.of(), replacements("carillon tap out:x", "keys:out"));
        assertEquals(List.of("USB\\ keys"), replacements("carillon tap keys", "USB keys"));
        assertEquals(List.of("USB\\ keys", "my\\ keys", " "), replacements("carillon tap keys", "USB keys", "my keys"));
    }

    private static List<String> replacements(String line, String... words) {
        return new BashWord(line, TypedLine.of(line), BREAKS)
                .replacements(List.of(words).stream().map(word -> new Candidate(word, "")).toList());
    }
}
