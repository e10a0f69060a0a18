package org.carillon.sampler.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.carillon.api.ring.LocalRing;
import org.carillon.protocol.Doorbell;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;
import org.carillon.protocol.ServerClock;
import org.carillon.sampler.Sampler;
import org.carillon.sampler.SamplerOptions;
import org.junit.jupiter.api.Test;

class RingFeedTest {
    private static final long SERVER_BASE_NS = 5_000_000_000L;
    private static final long MONO_BASE_NS = 2_000;
    private static final int BLOCKS = 3_000;

    private final LocalRing ring = new LocalRing(LocalRing.MIN_CAPACITY,
            new Doorbell(Arena.ofAuto().allocate(Doorbell.WORD_LENGTH, Doorbell.WORD_LENGTH), () -> {}));
    private final ServerClock clock = new ServerClock(Arena.ofAuto().allocate(ServerClock.LENGTH, Long.BYTES));
    private final ChannelMemory memory = new ChannelMemory();
    private final RingFeed feed = new RingFeed(ring, clock, memory);

    RingFeedTest() {
        clock.set(SERVER_BASE_NS, MONO_BASE_NS, 2);
    }

    private boolean offer(long afterNs, int status, int one, int two) {
        return ring.offer(EventType.KEY_ON, SERVER_BASE_NS + afterNs, Event.word(1, 0, 3, 0),
                Event.data(status, one, two));
    }

    @Test
    void shouldTurnServerTimeIntoTheTimeOfBlocks() {
        offer(1_000, 0x90, 60, 100);
        List<Long> times = new ArrayList<>();
        feed.offerTo((timeNs, status, one, two) -> times.add(timeNs));

        assertEquals(List.of(MONO_BASE_NS + 500), times);
        assertTrue(feed.isEmpty());
    }

    @Test
    void shouldLeaveWhatIsRefusedAndAllBehindIt() {
        int sent = 0;
        List<Integer> taken = new ArrayList<>();
        for (int round = 0; round < 1_000; round++) { // often enough to go around the ring
            for (int i = 0; i < 7; i++) {
                assertTrue(offer(0, 0x90, sent++ % 128, 1));
            }
            int stopAt = taken.size() + 7 - round % 3;
            feed.offerTo((timeNs, status, one, two) -> taken.size() < stopAt && taken.add(one));
            feed.offerTo((timeNs, status, one, two) -> taken.add(one));
        }
        assertEquals(sent, taken.size());
        for (int i = 0; i < sent; i++) {
            assertEquals(i % 128, taken.get(i));
        }
    }

    /** What the JVM allocates while it compiles comes to an end; what each event or block took would not. */
    @Test
    void shouldAllocateNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Sampler sampler = Sampler.create(SamplerOptions.at(48_000));
        TimedSampler timed = TimedSampler.live(sampler, feed, 64);
        Fader fader = new Fader(timed, 2, 48_000, -6);
        float[] block = new float[128];
        long allocated = -1;
        int round = 0;
        for (; allocated != 0 && round < 20; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < BLOCKS; i++) {
                long number = (long) round * BLOCKS + i;
                offer(number * 2_666_666L, 0x90, i % 128, 100);
                offer(number * 2_666_666L, 0xB0, i % 120, 100);
                fader.render(block, 64, MONO_BASE_NS + number * 1_333_333L);
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertEquals(0, allocated, "bytes in " + BLOCKS + " blocks");
        assertTrue(timed.messages() > (2L * round - 1) * BLOCKS, "messages=" + timed.messages());
    }
}
