package org.carillon.sampler.output;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;

class OutputsTest {
    private static final OutputOptions OPTIONS = OutputOptions.named("test").withServer("carillon-no-such-server");

    @Test
    void shouldRefuseCollectorsThatStopTheMusic() {
        assertEquals(Optional.of("live sound needs a garbage collector without long stops, start Java with "
                + "-XX:+UseZGC or allow any: collector=G1, bean=G1 Young Generation"), Collectors.objection(
                        List.of(
                                "G1 Young Generation", "G1 Old Generation", "G1 Concurrent GC")));
        assertTrue(Collectors.objection(List.of("PS Scavenge", "PS MarkSweep")).isPresent());
        assertTrue(Collectors.objection(List.of("Copy", "MarkSweepCompact")).isPresent());
        assertEquals(Optional.empty(), Collectors.objection(List.of("ZGC Minor Cycles", "ZGC Minor Pauses")));
        assertEquals(Optional.empty(), Collectors.objection(List.of("Shenandoah Pauses", "Shenandoah Cycles")));
    }

    @Test
    void shouldJudgeTheCollectorOfThisJvmForLiveOutputsOnly() {
        Optional<String> objection = Collectors.objection(Collectors.names());
        if (objection.isPresent()) {
            assertEquals(objection.get(), assertThrows(OutputException.class, () -> new NullOutput(OPTIONS))
                    .getMessage());
        } else {
            assertDoesNotThrow(() -> new NullOutput(OPTIONS).close());
        }
        assertDoesNotThrow(() -> new NullOutput(OPTIONS.withAnyCollector()).close());
        assertDoesNotThrow(() -> new WavOutput(OPTIONS, (buffer, frames) -> {}).close());
    }

    @Test
    void shouldGiveAReasonForEachOutputThatThereIsNot() {
        if (AudioSystem.getMixerInfo().length > 0) {
            return; // a machine with a sound card: JavaSoundOutputTest asks one that is not there
        }
        String message = assertThrows(OutputException.class, () -> Outputs.best(OPTIONS.withAnyCollector()))
                .getMessage();
        assertTrue(message.contains("JACK: no "), message);
        assertTrue(message.contains("; javax.sound: no sound card"), message);
    }

    @Test
    void shouldCheckOptions() {
        assertEquals("output needs channels from 1 to 64: channels=0", assertThrows(IllegalArgumentException.class,
                () -> OPTIONS.withChannels(0)).getMessage());
        assertThrows(IllegalArgumentException.class, () -> OPTIONS.withFormat(7_999, 64));
        assertThrows(IllegalArgumentException.class, () -> OPTIONS.withFormat(48_000, 8_193));
        assertThrows(IllegalArgumentException.class, () -> OutputOptions.named(" "));
    }
}
