package org.carillon.sampler.output;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.carillon.sampler.BlockSource;
import org.junit.jupiter.api.Test;

class WavOutputTest {
    private static final int RATE_HZ = 8_000;
    private static final int BLOCK = 16;

    private final List<Long> startsNs = new ArrayList<>();
    private final Memory memory = new Memory();
    private final WavOutput output = new WavOutput(
            OutputOptions.named("file").withChannels(1).withFormat(RATE_HZ, BLOCK), memory);
    private float next;

    /** A sink that remembers. */
    private static final class Memory implements FrameSink {
        final List<Float> samples = new ArrayList<>();
        boolean isFull;
        boolean isClosed;

        @Override
        public void write(float[] buffer, int frames) throws IOException {
            if (isFull) {
                throw new IOException("no space");
            }
            for (int i = 0; i < frames; i++) {
                samples.add(buffer[i]);
            }
        }

        @Override
        public void close() {
            isClosed = true;
        }
    }

    private final BlockSource counting = (buffer, frames, startNs) -> {
        startsNs.add(startNs);
        for (int i = 0; i < frames; i++) {
            buffer[i] = next++;
        }
    };

    @Test
    void shouldKeepExactlyWhatIsPulled() {
        output.start(counting);
        output.pull(BLOCK + 3);
        output.pull(2);

        Float[] expected = new Float[BLOCK + 5];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = (float) i;
        }
        assertArrayEquals(expected, memory.samples.toArray());
        assertEquals(List.of(0L, 2_000_000L, 2_375_000L), startsNs);
        assertEquals(BLOCK + 5, output.statistics().frames());
        assertEquals(0, output.statistics().lateWakeUps());
    }

    @Test
    void shouldPullUntilTold() {
        output.start(counting);
        output.pullUntil(() -> memory.samples.size() >= 3 * BLOCK - 1);

        assertEquals(3 * BLOCK, memory.samples.size());
    }

    @Test
    void shouldStopAtASourceThatFails() {
        output.start((buffer, frames, startNs) -> {
            throw new IllegalStateException("broken");
        });

        OutputException failed = assertThrows(OutputException.class, () -> output.pull(1));
        assertEquals("source failed: frame=0", failed.getMessage());
        assertEquals("broken", failed.getCause().getMessage());
        assertEquals(List.of(), memory.samples);
    }

    @Test
    void shouldStopAtASinkThatFails() {
        output.start(counting);
        memory.isFull = true;

        assertEquals("no space", assertThrows(UncheckedIOException.class, () -> output.pull(1)).getCause()
                .getMessage());
    }

    @Test
    void shouldCloseTheSink() {
        output.start(counting);
        output.close();

        assertTrue(memory.isClosed);
        assertThrows(IllegalStateException.class, () -> output.pull(1));
    }
}
