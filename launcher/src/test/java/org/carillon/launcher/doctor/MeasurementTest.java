package org.carillon.launcher.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.carillon.sampler.output.DurationSummary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MeasurementTest {
    private static final long NS_PER_US = 1_000;

    private static WakeUps wakeUps(long count, long p999Us, long maxUs, long renderUs) {
        return new WakeUps(5, 70, 16, 0, durations(count, p999Us, maxUs), durations(count, renderUs, renderUs));
    }

    private static DurationSummary durations(long count, long p999Us, long maxUs) {
        return durations(count, p999Us, p999Us, maxUs);
    }

    private static DurationSummary durations(long count, long p99Us, long p999Us, long maxUs) {
        return new DurationSummary(count, 10 * NS_PER_US, 20 * NS_PER_US, p99Us * NS_PER_US, p999Us * NS_PER_US,
                maxUs * NS_PER_US);
    }

    /** Half a period of 64 frames at 48 kHz is 666.7 us. */
    @ParameterizedTest
    @CsvSource({"64, 50, 666, 10, SAFE", "64, 50, 667, 10, RISKY", "64, 666, 5000, 10, RISKY",
        "64, 667, 667, 10, UNSAFE", "64, 50, 50, 666, SAFE", "64, 50, 50, 667, UNSAFE", "128, 50, 1333, 10, SAFE",
        "128, 50, 1334, 10, RISKY", "128, 50, 50, 667, UNSAFE", "1024, 10666, 10667, 10, RISKY"})
    void shouldJudgeABlock(int frames, long p999Us, long maxUs, long renderUs, BlockSafety expected) {
        assertEquals(expected, wakeUps(3_750, p999Us, maxUs, renderUs).safety(frames));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"3750;50;100;10;PASS;64 frames: safe",
        "3750;50;700;10;WARN;64 frames: risky, 128 frames: safe",
        "3750;700;1400;10;WARN;64 frames: unsafe, 128 frames: risky, 256 frames: safe",
        "3750;20000;20000;10;WARN;64 frames: unsafe, 128 frames: unsafe, 256 frames: unsafe, 512 frames: unsafe, "
                + "1024 frames: unsafe",
        "3750;50;100;2000;WARN;64 frames: unsafe, 128 frames: unsafe, 256 frames: unsafe, 512 frames: unsafe, "
                + "1024 frames: unsafe",
        "499;50;100;10;UNKNOWN;too few wake-ups to judge: wake_ups=499"})
    void shouldSayWhichBlockIsSafe(long count, long p999Us, long maxUs, long renderUs, Verdict verdict, String words) {
        Finding finding = Measurement.of(wakeUps(count, p999Us, maxUs, renderUs)).finding();

        assertEquals(verdict + " " + words, finding.verdict() + " " + finding.value());
        assertEquals(verdict == Verdict.WARN, !finding.advice().isEmpty());
    }

    /** Of 999 the latest is one in a thousand already. */
    @ParameterizedTest
    @CsvSource({"999, 50, RISKY", "999, 667, UNSAFE", "1000, 50, UNSAFE"})
    void shouldNotCallOneLateWakeUpMany(long count, long p99Us, BlockSafety expected) {
        WakeUps wakeUps = new WakeUps(1, 0, 16, 1, durations(count, p99Us, 7_000, 7_000), durations(count, 10, 10));

        assertEquals(expected, wakeUps.safety(WakeUps.BLOCK_FRAMES));
    }

    @Test
    void shouldNameTheBlockToTakeInstead() {
        assertTrue(Measurement.of(wakeUps(3_750, 700, 1_400, 10)).finding().advice().contains("256 frames"));
    }

    @Test
    void shouldSayHowItWasMeasured() {
        String figures = Measurement.of(wakeUps(3_750, 50, 100, 12)).figures();

        assertEquals("wake_ups=3750 in 5 s at SCHED_FIFO 70, late p50=10 p99=50 p99.9=50 max=100 us; 16 voices, "
                + "block p99=12 us; xruns=0", figures);
        assertEquals("", Measurement.none("not asked for").figures());
    }

    @Test
    void shouldMeasureThisMachine() throws InterruptedException {
        WakeUps wakeUps = new Stopwatch(1, false).measure(left -> assertTrue(left >= 0 && left <= 1, "left=" + left));

        assertEquals(16, wakeUps.voices());
        assertTrue(wakeUps.lateness().count() > 0 && wakeUps.lateness().maxNs() > 0, wakeUps.toString());
        assertTrue(wakeUps.render().p50Ns() > 0, wakeUps.toString());
    }
}
