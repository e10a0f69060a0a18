package org.carillon.bench.sound;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import org.carillon.sampler.BlockSource;
import org.carillon.sampler.output.StallingSource;
import org.junit.jupiter.api.Test;

/** A period of an hour: what this machine does meanwhile is never late by itself. */
class StallWatchTest {
    private static final BlockSource SILENCE = (buffer, frames, startNs) -> {};

    private final StallingSource stalling = new StallingSource(SILENCE);
    private final long[] detected = {0};
    private final StallWatch watch = new StallWatch(stalling, () -> detected[0], TimeUnit.HOURS.toNanos(1));

    private void play(int blocks) {
        for (int i = 0; i < blocks; i++) {
            watch.render(new float[2], 1, 0);
        }
    }

    @Test
    void shouldCountStallsThatTheDetectorFound() {
        play(2);
        stalling.stall(1);
        play(1);
        detected[0] += 2; // an overrun, and what comes after it is late too
        play(3);

        assertEquals(1, watch.found());
        assertEquals(0, watch.invented());
        assertEquals(6, watch.blocks());
    }

    @Test
    void shouldNotCountStallsThatTheDetectorMissed() {
        stalling.stall(1);
        play(3);

        assertEquals(1, stalling.stalls());
        assertEquals(0, watch.found());
    }

    @Test
    void shouldCountWhatTheDetectorInvented() {
        play(2);
        detected[0]++;
        play(2);

        assertEquals(0, watch.found());
        assertEquals(1, watch.invented());
    }

    @Test
    void shouldNotCallInventedWhatItsOwnClockSawLate() {
        StallWatch hasty = new StallWatch(stalling, () -> detected[0], 0);
        for (int i = 0; i < 3; i++) {
            hasty.render(new float[2], 1, 0);
            detected[0]++;
        }

        assertEquals(0, hasty.invented());
    }
}
