package org.carillon.launcher.sound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.carillon.api.session.Session;
import org.carillon.api.session.Source;
import org.carillon.launcher.CarillonHost;
import org.carillon.launcher.HostOptions;
import org.carillon.launcher.Program;
import org.carillon.sampler.graph.MessageFeed.Taker;
import org.junit.jupiter.api.Test;

/** What an audio thread does to get its messages, in a real server. */
final class SessionFeedIT {
    private static final int BATCH = 100;
    private static final int ROUNDS = 40;
    private static final int BATCHES = 200;
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(10);

    private final Taker taker = this::take;
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private long allocatedBytes;
    private int taken;
    private int wrong;
    private boolean leaves;

    private boolean take(long timeNs, int status, int data1, int data2) {
        if (leaves && taken % BATCH == BATCH / 2) {
            return false; // its time has not come
        }
        wrong += status == 0x90 && data1 == taken % BATCH && data2 == 1 && timeNs <= System.nanoTime() ? 0 : 1;
        taken++;
        return true;
    }

    @Test
    void shouldHandOverEverythingInOrderWithoutAllocating() {
        HostOptions options = HostOptions.temporary().home(Program.distribution()).withoutConfigurationFiles();
        try (CarillonHost host = CarillonHost.start(options);
                Session sending = host.sessions().open("sending");
                Session receiving = host.sessions().open("receiving")) {
            Source source = sending.source("out");
            sending.wiring().connect(source.name(), receiving.destination("in").name());
            SessionFeed feed = new SessionFeed(receiving);
            long least = Long.MAX_VALUE;
            int rounds = 0;
            while (rounds < ROUNDS && least > 0) { // until the compiler has seen all of it
                allocatedBytes = 0;
                play(source, feed, BATCHES);
                least = Math.min(least, allocatedBytes);
                rounds++;
            }

            assertEquals(0, least);
            assertEquals(rounds * BATCHES * BATCH, taken);
            assertEquals(0, wrong);
            assertTrue(feed.isEmpty());
        }
    }

    private void play(Source source, SessionFeed feed, int batches) {
        for (int batch = 0; batch < batches; batch++) {
            for (int i = 0; i < BATCH; i++) {
                source.send(0, 0x90, i, 1);
            }
            source.flush();
            int until = taken + BATCH;
            long untilNs = System.nanoTime() + LIMIT_NS;
            leaves = true;
            while (taken < until && System.nanoTime() - untilNs < 0) {
                long before = threads.getCurrentThreadAllocatedBytes();
                feed.offerTo(taker);
                allocatedBytes += threads.getCurrentThreadAllocatedBytes() - before;
                leaves = false;
                LockSupport.parkNanos(10_000);
            }
        }
    }
}
