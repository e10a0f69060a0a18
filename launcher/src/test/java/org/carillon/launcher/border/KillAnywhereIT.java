package org.carillon.launcher.border;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.carillon.launcher.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that are killed wherever they just are, and a server that is: the benchmark, in its short form. */
final class KillAnywhereIT {
    private static final boolean IS_FULL = Boolean.getBoolean("carillon.full");
    private static final int KILLS = IS_FULL ? 50_000 : 2_000;
    private static final int BETWEEN = 20;
    private static final long LIMIT_S = IS_FULL ? 5_400 : 840;

    @TempDir
    private Path folder;

    @Test
    void shouldHarmNobodyAndLeaveNothing() throws Exception {
        Map<String, Double> figures = figures();

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

    private Map<String, Double> figures() throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Path error = folder.resolve("error");
        Path home = Program.distribution();
        List<String> arguments = new ArrayList<>(List.of("@" + home.resolve("lib/default.options"), "-Xmx256m", "-cp",
                home.resolve("lib") + "/*:" + home.resolve("bundles/5") + "/*:" + home.resolve("bundles/10") + "/*",
                "org.carillon.bench.BenchMain", "kill", "--json"));
        if (IS_FULL) {
            arguments.add("--full");
        }
        Process bench = Program.start(out, error, arguments.toArray(String[]::new));
        try {
            assertTrue(bench.waitFor(LIMIT_S, TimeUnit.SECONDS), () -> "no end: " + read(error));
            assertEquals(0, bench.exitValue(), () -> read(error));
        } finally {
            bench.destroy();
        }
        Map<String, Double> figures = new HashMap<>();
        for (JsonValue figure : Json.parse(Files.readString(out)).asObject().get("figures").asArray()) {
            figures.put(figure.asObject().getString("name", ""), figure.asObject().getDouble("value", Double.NaN));
        }
        return figures;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
