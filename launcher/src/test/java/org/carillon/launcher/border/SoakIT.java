package org.carillon.launcher.border;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.carillon.launcher.BenchProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients in three languages that come, stall and go at random: the benchmark, in its short form. */
final class SoakIT {
    private static final String SECONDS = "15";
    private static final int LIMIT_S = 400;

    @TempDir
    private Path folder;

    @Test
    void shouldCountEveryLossAndKeepNothing() throws Exception {
        Map<String, Double> figures = BenchProgram.figures(folder, LIMIT_S, "soak", "--seconds", SECONDS);

        for (String counter : List.of("unexplained_losses", "out_of_order", "doubled", "torn", "early", "stuck_notes",
                "wrong_tasks", "descriptor_growth", "client_descriptor_growth", "thread_growth", "session_growth",
                "port_growth", "connection_growth")) {
            assertEquals(0, figures.get(counter), counter + " of " + figures);
        }
        assertEquals(figures.get("injected_losses"), figures.get("counted_losses"), figures.toString());
        for (String reason : List.of("destination_full", "source_full", "sender_gone")) {
            assertTrue(figures.get("injected_" + reason) > 0, figures.toString());
            assertEquals(figures.get("injected_" + reason), figures.get("counted_" + reason), figures.toString());
        }
        assertEquals(figures.get("joins"), figures.get("leaves"), figures.toString());
    }
}
