package org.carillon.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromiseTest {
    private static final List<Figure> FIGURES = List.of(Figure.of("lost", 0, "events"), Figure.of("torn", 2, "events"),
            Figure.of("growth", 4.5, "%"), Figure.of("unknown", Double.NaN, "1"));

    @Test
    void shouldSayWhatIsKeptAndWhatIsBroken() {
        assertEquals("promise kept: lost value=0, expected=0", Promise.zero("lost").describe(FIGURES));
        assertEquals("promise broken: torn value=2, expected=0", Promise.zero("torn").describe(FIGURES));
        assertEquals("promise kept: torn value=2, expected=at least 2",
                Promise.atLeast("torn", 2).describe(FIGURES));
        assertEquals("promise broken: growth value=4.50, expected=at most 4",
                Promise.atMost("growth", 4).describe(FIGURES));
        assertEquals("promise kept: lost value=0, expected=at most 4", Promise.atMost("lost", 4).describe(FIGURES));
        assertEquals("promise broken: growth value=4.50, expected=0 to 4",
                new Promise("growth", 0, 4).describe(FIGURES));
    }

    @Test
    void shouldNotBeKeptByWhatWasNotFound() {
        assertFalse(Promise.zero("nothing").isKept(FIGURES));
        assertFalse(Promise.zero("unknown").isKept(FIGURES));
        assertEquals("promise broken: nothing value=none, expected=0", Promise.zero("nothing").describe(FIGURES));
    }

    @Test
    void shouldEndWithAnErrorWhenOneIsBroken() {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8);
        Options options = new Options(1, false, err);
        PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream());

        assertEquals(0, BenchMain.run(new Promising(List.of(Promise.zero("lost"))), options, true, nowhere));
        assertEquals(1, BenchMain.run(new Promising(List.of(Promise.zero("lost"), Promise.zero("torn"))), options,
                true, nowhere));

        String text = said.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("\npromise broken: torn value=2, expected=0"), text);
    }

    private record Promising(List<Promise> promises) implements Benchmark {
        @Override
        public String name() {
            return "promising";
        }

        @Override
        public String description() {
            return "promises";
        }

        @Override
        public Report run(Options options) {
            return new Report(name(), "machine", 1, FIGURES);
        }

        @Override
        public List<Promise> promises(Options options) {
            return promises;
        }
    }
}
