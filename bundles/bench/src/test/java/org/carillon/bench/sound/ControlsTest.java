package org.carillon.bench.sound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.carillon.bench.Command;
import org.carillon.bench.process.CControl;
import org.carillon.bench.process.Worker;
import org.junit.jupiter.api.Test;

class ControlsTest {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final PrintStream progress = new PrintStream(said, true, StandardCharsets.UTF_8);

    @Test
    void shouldSayWhichControlIsLeftOut() {
        try (CControl controls = new CControl(progress, SamplerBench.class, "gcc")) {
            assertTrue(controls.compile("voice_twin.c", "-no-such-flag").isEmpty());
        }
        assertTrue(said.toString(StandardCharsets.UTF_8).contains("left out"));
    }

    @Test
    void shouldTellTheLastWordsOfAProcessThatFails() {
        try (Worker worker = new Worker(List.of("sh", "-c", "read line; echo expected a port >&2; exit 3"))) {
            String message = assertThrows(IllegalStateException.class, () -> worker.ask("go")).getMessage();
            assertTrue(message.contains("question=go, itsLastWords=expected a port"), message);
        }
    }

    @Test
    void shouldAskAProcessAgainAndAgain() {
        try (Worker worker = new Worker(List.of("sh", "-c", "while read a; do echo \"{\\\"a\\\":$a}\"; done"))) {
            assertEquals(1, worker.ask("1").get("a"));
            assertEquals(2, worker.ask("2").get("a"));
        }
    }

    @Test
    void shouldNotTakeAMissingProgramForSuccess() {
        assertTrue(!Command.run(List.of("no-such-program-here")).isOk());
    }
}
