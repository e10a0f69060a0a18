package org.carillon.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class VocabularyTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\| (?:`([^`]*)`)? ?\\| [^|]+ \\|$");

    @Test
    void shouldBeWhatItsManualSays() throws IOException {
        String manual = Files.readString(Path.of("WORDS.md"));
        Map<String, String> written = new TreeMap<>();
        for (MatchResult row : ROW.matcher(manual).results().toList()) {
            String arguments = row.group(2) == null ? "" : row.group(2).replace("\\|", "|");
            assertNull(written.put(row.group(1), arguments), row.group(1));
        }
        Map<String, String> known = new TreeMap<>();
        Vocabulary.WORDS.forEach(word -> known.put(word.name(), word.usage()));
        assertEquals(known, written);
    }

    @Test
    void shouldFindWordsCaseBlind() {
        for (Word word : Vocabulary.WORDS) {
            assertSame(word, Vocabulary.named(word.name()));
            assertSame(word, Vocabulary.named(word.name().toUpperCase(Locale.ROOT)));
            assertFalse(word.help().isBlank() || word.help().contains("\n"));
        }
    }

    @Test
    void shouldKeepWordsFreeOfDigitsBecauseArgumentsHaveThem() {
        for (Word word : Vocabulary.WORDS) {
            assertFalse(new Token(word.name(), 1).hasDigit());
        }
    }

    @Test
    void shouldFindNoNearWordForWhatIsFarFromAll() {
        assertNull(Vocabulary.nearest("qqqq"));
        assertNull(Vocabulary.nearest("x".repeat(300)));
        assertNull(Vocabulary.nearest("q"));
        assertEquals("velcurve", Vocabulary.nearest("velcurv").name());
    }
}
