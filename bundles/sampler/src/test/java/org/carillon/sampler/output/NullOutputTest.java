package org.carillon.sampler.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.carillon.sampler.BlockSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NullOutputTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int RATE_HZ = 44_100;
    private static final int BLOCK = 441;
    private static final long PERIOD_NS = 10_000_000;
    private static final long LIMIT_NS = 20_000_000_000L;
    private static final int KEPT = 1_000;

    private final NullOutput output = new NullOutput(
            OutputOptions.named("nobody").withFormat(RATE_HZ, BLOCK).withAnyCollector());
    private final long[] startNs = new long[KEPT];
    private final long[] calledNs = new long[KEPT];
    private final long[] allocatedBytes = new long[KEPT];
    private final AtomicInteger blocks = new AtomicInteger();
    private final BlockSource source = this::render;

    private void render(float[] buffer, int frames, long blockStartNs) {
        int block = blocks.get();
        startNs[block] = blockStartNs;
        calledNs[block] = System.nanoTime();
        allocatedBytes[block] = THREADS.getCurrentThreadAllocatedBytes();
        blocks.set(block + 1);
    }

    @AfterEach
    void close() {
        output.close();
    }

    private static void await(BooleanSupplier condition) {
        long beganNs = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - beganNs < LIMIT_NS, "waited in vain");
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void shouldCallOnAGridThatDoesNotDrift() {
        output.start(source);
        await(() -> blocks.get() > 100);
        output.close();

        for (int block = 0; block <= 100; block++) {
            long sinceNs = startNs[block] - startNs[0];
            assertEquals(0, sinceNs % PERIOD_NS, "block " + block);
            assertTrue(calledNs[block] >= startNs[block], "never early");
        }
        assertEquals(OutputState.CLOSED, output.state());
    }

    @Test
    void shouldLeaveOutWhatHasPassedAndStayOnTheGrid() {
        StallingSource stalling = new StallingSource(source);
        output.start(stalling);
        for (int i = 1; i <= 3; i++) {
            int stalls = i;
            stalling.stall(5 * PERIOD_NS);
            await(() -> stalling.stalls() == stalls);
            int before = blocks.get();
            await(() -> blocks.get() > before + 5);
        }
        output.close();

        int last = blocks.get() - 1;
        long sinceNs = startNs[last] - startNs[0];
        assertEquals(0, sinceNs % PERIOD_NS);
        assertTrue(sinceNs / PERIOD_NS >= last + 3 * 4, "left out " + (sinceNs / PERIOD_NS - last));
        assertTrue(output.statistics().overruns() >= 3, output.statistics().toString());
        assertTrue(output.statistics().backendXruns() >= 3, output.statistics().toString());
    }

    @Test
    void shouldNotAllocateBetweenBlocks() {
        output.start(source);
        await(() -> blocks.get() > 200);
        output.close();

        // in its first blocks code is linked
        assertEquals(allocatedBytes[100], allocatedBytes[200]);
    }

    @Test
    void shouldHearSilenceFromASourceThatFails() {
        output.start((buffer, frames, ns) -> {
            throw new IllegalStateException("broken");
        });
        await(() -> output.statistics().sourceFailures() > 3);

        assertEquals("broken", output.failure().orElseThrow().getMessage());
        assertEquals(OutputState.RUNNING, output.state());
    }

    @Test
    void shouldStartOnce() {
        output.start(source);

        assertThrows(IllegalStateException.class, () -> output.start(source));
    }

    @Test
    void shouldCountTimeOverYears() {
        long tenYearsOfFrames = 10L * 365 * 86_400 * RATE_HZ;

        assertEquals(10L * 365 * 86_400 * 1_000_000_000 + PERIOD_NS,
                FrameTime.toNs(tenYearsOfFrames + BLOCK, RATE_HZ));
    }
}
