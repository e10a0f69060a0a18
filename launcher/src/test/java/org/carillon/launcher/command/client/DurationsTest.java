package org.carillon.launcher.command.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import org.junit.jupiter.api.Test;

final class DurationsTest {
    private static final long MS = 1_000_000;

    private final Durations durations = new Durations();

    @Test
    void shouldTellLeastMostPartsAndJitter() {
        for (int i = 1; i <= 100; i++) {
            durations.add(i % 2 == 0 ? 20 * MS : 21 * MS);
        }
        durations.add(500 * MS);

        JsonObject json = durations.json();
        assertEquals(101, json.getInt("count", 0));
        assertEquals(20_000, json.getDouble("min_us", 0));
        assertEquals(21_000, json.getDouble("p50_us", 0), 20);
        assertEquals(500_000, json.getDouble("max_us", 0));
        assertEquals((99 * 1_000 + 480_000) / 100.0, json.getDouble("jitter_us", 0), 0.001);
    }

    @Test
    void shouldDrawALineForEachStepFromTheLeastToTheMost() {
        durations.add(3 * MS);
        durations.add(4 * MS);
        durations.add(15 * MS);

        String[] lines = durations.picture().split(System.lineSeparator());
        assertEquals(3, lines.length);
        assertTrue(lines[0].matches(" +2 ms \\.\\. 5 ms +\\|#{40} 2"), lines[0]);
        assertTrue(lines[1].matches(" +5 ms \\.\\. 10 ms +\\| 0"), lines[1]);
        assertTrue(lines[2].matches(" +10 ms \\.\\. 20 ms +\\|#{20} 1"), lines[2]);
        assertEquals(3, durations.jsonRows().size());
    }

    @Test
    void shouldTellOfNothing() {
        assertEquals("", durations.picture());
        assertEquals(0, durations.json().getDouble("max_us", -1));
        assertEquals(0, durations.jitterNs());
    }
}
