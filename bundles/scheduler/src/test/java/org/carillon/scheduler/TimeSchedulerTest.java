package org.carillon.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.carillon.api.schedule.Scheduler;
import org.carillon.protocol.Event;
import org.junit.jupiter.api.Test;

class TimeSchedulerTest {
    private static final int CAPACITY = TimeScheduler.MIN_CAPACITY;
    private static final long MILLISECOND_NS = 1_000_000;

    private final TimeScheduler scheduler = new TimeScheduler(CAPACITY);
    private final RecordPattern pattern = new RecordPattern();
    private final Event event = new Event();
    private final List<Integer> numbers = new ArrayList<>();
    private final Scheduler.DueHandler collect = (deadlineNs, segment, offset, lengthBytes) -> numbers
            .add(event.wrap(segment, offset).type());

    @Test
    void shouldKeepOrderOfArrivalWithinOneDeadline() {
        schedule(5_000_000_000L, 1);
        scheduler.poll(4_999_000_000L, collect, 10);
        schedule(5_000_000_000L, 2);
        schedule(4_999_999_999L, 3);
        scheduler.poll(5_000_000_000L, collect, 10);

        assertEquals(List.of(3, 1, 2), numbers);
    }

    @Test
    void shouldNotHandOverBeforeTime() {
        schedule(1_000, 1);

        assertEquals(0, scheduler.poll(999, collect, 10));
        assertEquals(1_000, scheduler.nextNs());
        assertEquals(1, scheduler.poll(1_000, collect, 10));
        assertEquals(Scheduler.NEVER, scheduler.nextNs());
    }

    @Test
    void shouldSayThatMoreIsDueAtLimit() {
        schedule(1, 1);
        schedule(2, 2);

        assertEquals(1, scheduler.poll(10, collect, 1));
        assertTrue(scheduler.nextNs() <= 10);
        assertEquals(1, scheduler.poll(10, collect, 1));
        assertEquals(List.of(1, 2), numbers);
    }

    @Test
    void shouldAnswerFullAndLoseNothing() {
        for (int i = 0; i < CAPACITY; i++) {
            assertTrue(schedule(i * 100 * MILLISECOND_NS, i) >= 0);
        }
        assertEquals(Scheduler.FULL, schedule(0, CAPACITY));
        assertEquals(CAPACITY, scheduler.pending());

        scheduler.drain(collect);
        assertEquals(CAPACITY, numbers.size());
        for (int i = 0; i < CAPACITY; i++) {
            assertEquals(i, numbers.get(i));
        }
    }

    @Test
    void shouldFindRoomForRecordOfHandlerInFullStore() {
        for (int i = 0; i < CAPACITY; i++) {
            schedule(i, i);
        }
        List<Long> handles = new ArrayList<>();
        int count = scheduler.poll(CAPACITY / 2, (deadlineNs, segment, offset, lengthBytes) -> handles.add(
                scheduler.schedule(deadlineNs + CAPACITY, segment, offset, lengthBytes)), CAPACITY);

        assertEquals(count, handles.size());
        assertFalse(handles.contains(Scheduler.FULL));
        assertEquals(CAPACITY, scheduler.pending());
        assertEquals(Scheduler.FULL, schedule(0, 0));
        scheduler.drain(collect);
        for (int i = 0; i < CAPACITY; i++) {
            assertEquals((i + count) % CAPACITY, numbers.get(i));
        }
    }

    @Test
    void shouldCancelOnce() {
        long handle = schedule(1_000, 1);

        assertTrue(scheduler.cancel(handle));
        assertFalse(scheduler.cancel(handle));
        long next = schedule(1_000, 2);
        assertFalse(scheduler.cancel(handle));
        assertFalse(scheduler.cancel(Scheduler.FULL));
        assertFalse(scheduler.cancel(Long.MAX_VALUE));
        scheduler.poll(1_000, collect, 10);
        assertFalse(scheduler.cancel(next));
        assertEquals(List.of(2), numbers);
    }

    @Test
    void shouldTakeDeadlinesAtBothEndsOfTime() {
        schedule(Long.MAX_VALUE, 3);
        schedule(Long.MIN_VALUE, 1);
        schedule(0, 2);

        scheduler.poll(0, collect, 10);
        assertEquals(List.of(1, 2), numbers);
        scheduler.drain(collect);
        assertEquals(List.of(1, 2, 3), numbers);
    }

    @Test
    void shouldServeAgainAfterDrain() {
        schedule(Long.MAX_VALUE - 1, 1);
        scheduler.drain(collect);
        schedule(2_000, 3);
        schedule(1_000, 2);

        assertTrue(scheduler.nextNs() <= 1_000);
        assertEquals(2, scheduler.poll(2_000, collect, 10));
        assertEquals(List.of(1, 2, 3), numbers);
    }

    @Test
    void shouldMoveLittleInEachPollOfMillionPending() {
        int pending = 1_000_000;
        TimeScheduler large = new TimeScheduler(pending);
        SplittableRandom random = new SplittableRandom(1);
        large.poll(0, collect, 1);
        for (int i = 0; i < pending; i++) {
            large.schedule(random.nextLong(60_000 * MILLISECOND_NS), pattern.write(i, 32), RecordPattern.OFFSET, 32);
        }
        int worst = 0;
        for (long nowNs = 0; large.pending() > 0; nowNs += MILLISECOND_NS) {
            large.poll(nowNs, (deadlineNs, segment, offset, lengthBytes) -> {}, pending);
            worst = Math.max(worst, large.movesOfLastPoll());
            assertTrue(large.nextNs() > nowNs);
        }
        assertTrue(worst <= 1_000, "moves=" + worst);
    }

    @Test
    void shouldNotAllocate() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        SplittableRandom random = new SplittableRandom(1);
        long[] distances = random.longs(1 << 16, 1, 2_000_000_000).toArray();
        Scheduler.DueHandler again = (deadlineNs, segment, offset, lengthBytes) -> scheduler
                .schedule(deadlineNs + distances[(int) deadlineNs & 0xFFFF], segment, offset, lengthBytes);
        for (int i = 0; i < CAPACITY / 2; i++) {
            schedule(distances[i], i);
        }
        hold(again, distances, 1_000_000);
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 3; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            hold(again, distances, 1_000_000);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, least);
    }

    @Test
    void shouldRefuseCapacityOutOfRange() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> new TimeScheduler(1_023)).getMessage()
                .endsWith("capacity=1023"));
        assertThrows(IllegalArgumentException.class, () -> new TimeScheduler(4_194_305));
    }

    @Test
    void shouldRefuseRecordOfWrongLength() {
        MemorySegment record = pattern.write(0, 32);

        assertThrows(IllegalArgumentException.class, () -> scheduler.schedule(0, record, 0, 7));
        assertThrows(IllegalArgumentException.class, () -> scheduler.schedule(0, record, 0, Event.MAX_LENGTH + 1));
    }

    private void hold(Scheduler.DueHandler again, long[] distances, int operations) {
        for (int done = 0; done < operations;) {
            long nowNs = scheduler.nextNs();
            done += scheduler.poll(nowNs, again, 1);
            long handle = scheduler.schedule(nowNs + distances[done & 0xFFFF], pattern.write(0, 32),
                    RecordPattern.OFFSET, 32);
            assertTrue(scheduler.cancel(handle));
        }
    }

    private long schedule(long deadlineNs, int number) {
        return scheduler.schedule(deadlineNs, pattern.write(number, 32), RecordPattern.OFFSET, 32);
    }
}
