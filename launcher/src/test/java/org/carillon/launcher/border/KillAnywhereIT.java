package org.carillon.launcher.border;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.carillon.launcher.BenchProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that are killed wherever they just are, and a server that is: the benchmark, in its short form. */
final class KillAnywhereIT {
    private static final int KILLS = 2_000;
    private static final int BETWEEN = 20;
    private static final int LIMIT_S = 840;

    @TempDir
    private Path folder;

    @Test
    void shouldHarmNobodyAndLeaveNothing() throws Exception {
        Map<String, Double> figures = BenchProgram.figures(folder, LIMIT_S, "kill");

        assertEquals(KILLS, figures.get("kills"), figures.toString());
        assertEquals(KILLS / 10, figures.get("kills_java"), figures.toString());
        assertTrue(figures.get("kills_between_claim_and_commit") >= BETWEEN, figures.toString());
        assertTrue(figures.get("events") > KILLS, figures.toString());
        assertTrue(figures.get("held_notes") > 0, figures.toString());
        assertTrue(figures.get("detected") > 0, figures.toString());
        for (String counter : List.of("lost", "torn", "doubled", "leaked_descriptors", "leaked_maps",
                "leaked_sessions", "stuck_notes", "doubled_notes")) {
            assertEquals(0, figures.get(counter), counter + " of " + figures);
        }
    }
}
