package org.carillon.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class QuietTest {
    private static final long START_NS = Long.MAX_VALUE - 60; // the clock may wrap around

    private final Quiet quiet = new Quiet(50);

    @Test
    void shouldWaitUntilAFileHasRested() {
        quiet.changed("a.jar", START_NS);

        assertEquals(List.of(), quiet.due(START_NS + 49));
        assertEquals(List.of("a.jar"), quiet.due(START_NS + 50));
        assertEquals(List.of(), quiet.due(START_NS + 1_000));
    }

    @Test
    void shouldBeginAnewWithEachChangeAndTellOnceOfMany() {
        for (int i = 0; i < 100; i++) {
            quiet.changed("a.jar", START_NS + i);
            assertEquals(List.of(), quiet.due(START_NS + i));
        }

        assertEquals(List.of(), quiet.due(START_NS + 148));
        assertEquals(List.of("a.jar"), quiet.due(START_NS + 149));
    }

    @Test
    void shouldKeepFilesApartAndInTheOrderOfTheirFirstChange() {
        quiet.changed("b.jar", START_NS);
        quiet.changed("a.jar", START_NS + 10);
        quiet.changed("c.jar", START_NS + 20);
        quiet.changed("b.jar", START_NS + 10);

        assertEquals(List.of("b.jar", "a.jar"), quiet.due(START_NS + 60));
        assertTrue(quiet.isWaiting("c.jar"));
        assertFalse(quiet.isWaiting("a.jar"));
    }

    @Test
    void shouldLookLaterUnlessTheFileChangesBefore() {
        quiet.later("a.jar", START_NS, 1_000);
        quiet.later("b.jar", START_NS, 1_000);
        quiet.changed("b.jar", START_NS + 100);

        assertEquals(List.of("b.jar"), quiet.due(START_NS + 150));
        assertEquals(List.of("a.jar"), quiet.due(START_NS + 1_000));
    }

    @Test
    void shouldTellHowLongToWait() {
        assertEquals(700, quiet.waitNs(START_NS, 700));
        quiet.changed("a.jar", START_NS);
        quiet.later("b.jar", START_NS, 20);

        assertEquals(20, quiet.waitNs(START_NS, 700));
        assertEquals(0, quiet.waitNs(START_NS + 30, 700));
    }
}
