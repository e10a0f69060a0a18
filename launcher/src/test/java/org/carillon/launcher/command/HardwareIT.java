package org.carillon.launcher.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.carillon.launcher.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real devices under the shipped server with one hardware driver after the other, in a virtual machine with real ALSA
 * and USB: the benchmark with few cycles. When it fails its words are the machine's log.
 */
final class HardwareIT {
    private static final int CYCLES = Boolean.getBoolean("carillon.full") ? 20 : 2;
    private static final int LIMIT_S = 840;

    @TempDir
    private Path folder;

    @Test
    void shouldServeDevicesThatComeAndGoAndAreSwapped() throws Exception {
        Map<String, Double> figures = figures();
        assertEquals(CYCLES, figures.get("cycles"), figures.toString());
        assertEquals(CYCLES, figures.get("reconnected"), figures.toString());
        assertEquals(0, figures.get("stuck_notes"), figures.toString());
        assertEquals(0, figures.get("left"), figures.toString());
        assertEquals(1, figures.get("swap_detected"), figures.toString());
        assertTrue(figures.containsKey("rawmidi_announced_to_ports_p50_ms"), figures.toString());
        assertTrue(figures.containsKey("javasound_announced_to_ports_p50_ms"), figures.toString());
    }

    private Map<String, Double> figures() throws Exception {
        Path out = folder.resolve("out");
        Path error = folder.resolve("error");
        Process bench = Program.start(out, error, "-cp", Program.distribution().resolve("lib") + "/*",
                "org.carillon.bench.BenchMain", "replug", "--json", "--seconds", Integer.toString(CYCLES));
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
        } catch (java.io.IOException e) {
            return e.toString();
        }
    }
}
