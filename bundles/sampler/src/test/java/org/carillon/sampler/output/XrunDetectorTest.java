package org.carillon.sampler.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class XrunDetectorTest {
    private static final long PERIOD_NS = 1_000_000;
    private final XrunDetector detector = new XrunDetector();
    private long nowNs = 77;

    /** A block that begins so long after the one before began, and takes so long. */
    private void block(long intervalNs, long tookNs) {
        nowNs += intervalNs;
        detector.blockStarted(nowNs, PERIOD_NS);
        detector.blockEnded(nowNs + tookNs);
    }

    private void assertXruns(long lateWakeUps, long overruns) {
        assertEquals(lateWakeUps, detector.lateWakeUps(), "late wake-ups");
        assertEquals(overruns, detector.overruns(), "overruns");
    }

    @Test
    void shouldFindNothingInTime() {
        block(0, PERIOD_NS);
        block(PERIOD_NS * 3 / 2, 10);
        block(PERIOD_NS / 2, 10);

        assertXruns(0, 0);
        assertEquals(3, detector.blocks());
        assertEquals(2, detector.wakeUpError().count());
        assertEquals(PERIOD_NS / 2, detector.wakeUpError().maxNs());
        assertEquals(PERIOD_NS, detector.renderTime().maxNs());
    }

    @Test
    void shouldFindALateWakeUp() {
        block(0, 10);
        block(PERIOD_NS * 3 / 2 + 1, 10);

        assertXruns(1, 0);
    }

    @Test
    void shouldFindAnOverrun() {
        block(0, PERIOD_NS + 1);

        assertXruns(0, 1);
    }

    @Test
    void shouldNotCountAnOverrunTwice() {
        block(0, PERIOD_NS * 3);
        block(PERIOD_NS * 4, 10); // the server calls at the next of its periods

        assertXruns(0, 1);
    }

    @Test
    void shouldFindALateWakeUpAfterAnOverrun() {
        block(0, PERIOD_NS * 3);
        block(PERIOD_NS * 3 + PERIOD_NS * 3 / 2 + 1, 10);

        assertXruns(1, 1);
    }

    @Test
    void shouldNotCompareWithABlockBeforeAnInterruption() {
        block(0, 10);
        detector.restart();
        block(PERIOD_NS * 1_000, 10);

        assertXruns(0, 0);
        assertEquals(0, detector.wakeUpError().count());
    }

    @Test
    void shouldNotAllocate() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 10; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 10_000; i++) {
                block(PERIOD_NS + i * 100L, i * 200L);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, least);
    }
}
