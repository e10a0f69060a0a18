package org.carillon.launcher.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.carillon.launcher.BenchProgram;
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
        Map<String, Double> figures = BenchProgram.figures(folder, LIMIT_S, "replug", "--seconds",
                Integer.toString(CYCLES));
        assertEquals(CYCLES, figures.get("cycles"), figures.toString());
        assertEquals(CYCLES, figures.get("reconnected"), figures.toString());
        assertEquals(0, figures.get("stuck_notes"), figures.toString());
        assertEquals(0, figures.get("left"), figures.toString());
        assertEquals(1, figures.get("swap_detected"), figures.toString());
        assertTrue(figures.containsKey("rawmidi_announced_to_ports_p50_ms"), figures.toString());
        assertTrue(figures.containsKey("javasound_announced_to_ports_p50_ms"), figures.toString());
    }
}
