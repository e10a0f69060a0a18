package org.carillon.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ring beside a queue, over random operations; and that it makes no garbage. */
class EventRingModelTest {
    private static final int OPERATIONS = 300_000;
    private static final int EVENTS = 1_000_000;
    private static final int BATCH = 100;

    private final RingPair ring = new RingPair();
    private final MemorySegment record = Arena.ofAuto().allocate(Event.MAX_LENGTH, 8);
    private final Deque<String> model = new ArrayDeque<>();
    private long sum;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldDoAsAQueueDoes(long seed) {
        Random random = new Random(seed);
        int full = 0;
        int left = 0;
        for (int i = 0; i < OPERATIONS; i++) {
            int what = random.nextInt(10);
            if (what < 4) {
                full += offer(random) ? 0 : 1;
            } else if (what < 5) {
                full += claim(random) ? 0 : 1;
            } else if (what < 8) {
                poll(random.nextInt(4));
            } else if (what == 8) {
                left += leaveOne(1 + random.nextInt(3));
            } else if (random.nextInt(50) == 0) {
                poll(Integer.MAX_VALUE);
                assertTrue(model.isEmpty());
            }
            assertEquals(model.isEmpty(), ring.consumer.isEmpty());
        }
        assertTrue(full > 100 && left > 100, "full=" + full + ", left=" + left);
        assertEquals(full, ring.producer.refused());
    }

    private boolean offer(Random random) {
        int length = fill(random);
        Event event = new Event().wrap(record, 0);
        boolean taken = length == Event.SHORT_LENGTH && random.nextBoolean()
                ? ring.producer.offer(event.type(), event.timeNs(), event.word(), event.data())
                : ring.producer.offer(record, 0, length, event.type(), event.timeNs(), event.word());
        return remember(taken, length);
    }

    private boolean claim(Random random) {
        int length = fill(random);
        long offset = ring.producer.claim(new Event().wrap(record, 0).type(), length);
        if (offset == EventProducer.NO_ROOM) {
            return remember(false, length);
        }
        if (random.nextInt(3) == 0) {
            ring.producer.abort();
            return true;
        }
        MemorySegment.copy(record, 8, ring.producer.segment(), offset + 8, length - 8L);
        ring.producer.commit();
        return remember(true, length);
    }

    private int fill(Random random) {
        int length = random.nextInt(3) > 0
                ? Event.SHORT_LENGTH
                : random.nextInt(Event.HEADER_LENGTH, Event.MAX_LENGTH + 1);
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        MemorySegment.copy(bytes, 0, record, ValueLayout.JAVA_BYTE, 0, length);
        new Event().wrap(record, 0).header(length, random.nextInt(1, Integer.MAX_VALUE));
        return length;
    }

    /** Whether it was taken; when not, the ring must have had good reason. */
    private boolean remember(boolean taken, int length) {
        if (taken) {
            model.add(RingPair.text(new Event().wrap(record, 0).type(), record, 0, length));
        } else {
            assertTrue(ring.producer.freeBytes() < 2 * Event.aligned(length), "refused though there was room");
        }
        return taken;
    }

    private void poll(int limit) {
        int expected = Math.min(limit, model.size());
        RecordHandler handler = (type, segment, offset, length) -> {
            assertEquals(model.poll(), RingPair.text(type, segment, offset, length));
            return true;
        };
        int polled = 0;
        int count;
        do {
            count = ring.consumer.poll(handler, limit - polled);
            polled += count;
        } while (count > 0 && polled < limit);
        assertEquals(expected, polled);
    }

    private int leaveOne(int at) {
        int[] seen = {0};
        int[] left = {0};
        ring.consumer.poll((type, segment, offset, length) -> {
            if (++seen[0] == at) {
                assertEquals(model.peek(), RingPair.text(type, segment, offset, length));
                left[0] = 1;
                return false;
            }
            assertEquals(model.poll(), RingPair.text(type, segment, offset, length));
            return true;
        }, Integer.MAX_VALUE);
        return left[0];
    }

    @Test
    void shouldAllocateNothingPerEvent() {
        RecordHandler handler = (type, segment, offset, length) -> {
            sum += segment.get(Layouts.LONG, offset + Event.TIME_NS_OFFSET);
            return true;
        };
        run(handler);

        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory
                .getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        run(handler);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertEquals(2L * EVENTS * (EVENTS - 1L) / 2, sum);
        assertTrue(allocated < 4_096, "allocatedBytes=" + allocated + " over " + EVENTS + " events");
    }

    private void run(RecordHandler handler) {
        for (int i = 0; i < EVENTS; i++) {
            boolean taken = (i & 1) == 0
                    ? ring.offer(i)
                    : ring.producer.offer(record, 0, 200, EventType.TEXT, i, 0);
            assertTrue(taken);
            if (i % 10 == 9) {
                ring.producer.flush();
                ring.consumer.poll(handler, BATCH);
            }
        }
        ring.consumer.poll(handler, Integer.MAX_VALUE);
        for (int i = 0; i < EVENTS / 10; i++) {
            ring.producer.offer(record, 0, Event.MAX_LENGTH + 1, EventType.TEXT, 0, 0); // refusals are free, too
        }
    }
}
