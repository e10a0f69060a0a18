package org.carillon.bench.sound;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.carillon.sampler.Sampler;
import org.carillon.sampler.SamplerOptions;
import org.carillon.sampler.graph.TimedSampler;
import org.carillon.sampler.instrument.Instrument;
import org.carillon.sampler.instrument.Region;
import org.carillon.sampler.instrument.Sample;
import org.junit.jupiter.api.Test;

class NoteWatchTest {
    private static final int RATE_HZ = 48_000;
    private static final int BLOCK = 64;
    private static final long NOTE_NS = 7_654_321_000_123L;
    private static final long PERIOD_NS = 1_000_000_000L * BLOCK / RATE_HZ;

    private final NoteWatch watch = new NoteWatch(RATE_HZ);

    private void listen(int latencyFrames) {
        Sampler sampler = Sampler.create(SamplerOptions.at(RATE_HZ));
        float[] ones = new float[RATE_HZ];
        Arrays.fill(ones, 1);
        sampler.setInstrument(
                Instrument.of("ones", List.of(Region.of(new Sample("ones", RATE_HZ, ones)).build())));
        watch.listenTo(TimedSampler.live(sampler, watch, latencyFrames));
    }

    /** From the block that begins half a period before a time. */
    private void play(long timeNs, int blocks) {
        float[] buffer = new float[2 * BLOCK];
        for (int i = 0; i < blocks; i++) {
            watch.render(buffer, BLOCK, timeNs - PERIOD_NS / 2 + i * PERIOD_NS);
        }
    }

    @Test
    void shouldMeasureTheLatencyOfThePlayer() {
        for (int latencyFrames : List.of(BLOCK, 3 * BLOCK + 7)) {
            listen(latencyFrames);
            long heard = watch.heard();
            watch.start(NOTE_NS);
            play(NOTE_NS, 40_000 / BLOCK);

            assertEquals(heard + 1, watch.heard());
            assertEquals(latencyFrames, watch.heardFrames());
            assertEquals(0, watch.silentBlocks());
        }
    }

    @Test
    void shouldHearThatANoteIsOver() {
        listen(BLOCK);
        watch.start(NOTE_NS);
        play(NOTE_NS, 10);
        watch.end(NOTE_NS + 10 * PERIOD_NS);
        play(NOTE_NS + 10 * PERIOD_NS, 60_000 / BLOCK);

        assertEquals(1, watch.heard());
        assertEquals(true, watch.isEmpty());
        assertEquals(true, watch.silentBlocks() > 3);
    }

    @Test
    void shouldFindTheFirstFrameOnEitherSide() {
        assertEquals(-1, NoteWatch.firstSound(new float[8], 4));
        assertEquals(1, NoteWatch.firstSound(new float[]{0, 0, 0, 0.1f, 1, 1}, 3));
        assertEquals(2, NoteWatch.firstSound(new float[]{0, 0, 0, 0, -0.1f, 0}, 3));
    }
}
