package org.carillon.launcher.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.carillon.platform.Grant;
import org.carillon.platform.Platform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is tried on this system rather than read. */
final class ProbesTest {
    private static Finding find(String id, Optional<Grant> grant, List<String> collectors) {
        Probes probes = new Probes(priority -> grant, () -> collectors);
        return RecordedTrees.find(Examination.of(Tree.live(), probes), id);
    }

    @Test
    void shouldJudgeWhatTheSystemAnswers() {
        assertEquals(Verdict.PASS, find("fifo", Optional.of(new Grant(true, "granted")), List.of()).verdict());
        assertEquals(Verdict.UNKNOWN, find("fifo", Optional.empty(), List.of()).verdict());
        Finding refused = find("fifo", Optional.of(new Grant(false, "refused: errno=1")), List.of());
        assertEquals("FAIL refused: errno=1", refused.verdict() + " " + refused.value());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"ZGC Minor Cycles,ZGC Major Pauses;PASS", "Shenandoah Pauses;PASS",
        "G1 Young Generation,G1 Old Generation;FAIL", "Copy,MarkSweepCompact;FAIL", "PS Scavenge;FAIL",
        "ZGC Cycles,Copy;FAIL", "'';UNKNOWN"})
    void shouldJudgeTheCollector(String names, Verdict verdict) {
        List<String> collectors = names.isEmpty() ? List.of() : List.of(names.split(","));
        assertEquals(verdict, find("collector", Optional.empty(), collectors).verdict());
    }

    @Test
    void shouldAskTheSystemAndTheJvm() {
        assertFalse(Probes.live().collectors().get().isEmpty());
        assertEquals(Platform.current().isNative(), Probes.live().fifo(1).isPresent());
    }

    @Test
    void shouldNotKeepThePriority() {
        Probes.live().fifo(1);
        String stat = Tree.live().read("proc/thread-self/stat").orElseThrow();

        assertTrue(stat.substring(stat.lastIndexOf(')')).split(" ")[38].equals("0"), stat);
    }
}
