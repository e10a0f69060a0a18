package org.carillon.launcher.border;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.carillon.launcher.BenchProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that lie, stop and flood at a real server while others play: the benchmark in its short form. */
final class EnemiesIT {
    private static final int LIMIT_S = 600;
    private static final int FLOOD = 10_000;

    @TempDir
    private Path folder;

    @Test
    void shouldThrowOutEnemiesAndNobodyElse() throws Exception {
        Map<String, Double> figures = BenchProgram.figures(folder, LIMIT_S, "enemies");

        assertEquals(0, figures.get("crashes"), figures.toString());
        assertEquals(0, figures.get("other_sessions_affected"), figures.toString());
        assertEquals(0, figures.get("wrong_answers"), figures.toString());
        assertEquals(0, figures.get("reasons_missing"), figures.toString());
        assertEquals(0, figures.get("leaked_descriptors"), figures.toString());
        assertEquals(0, figures.get("leaked_maps"), figures.toString());
        assertEquals(0, figures.get("leaked_sessions"), figures.toString());
        assertEquals(FLOOD, figures.get("attacks_connect_flood"), figures.toString());
        assertTrue(figures.get("expelled") > 400, figures.toString());
        assertTrue(figures.get("innocent_events") > 1_000, figures.toString());
    }
}
