package org.carillon.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.carillon.api.schedule.Scheduler;

/** Does random operations on a scheduler and on a heap of the same (deadline, sequence), and compares. */
final class SchedulerCheck {
    private static final int STALE_HANDLES = 256;
    private static final int MAX_DEPTH = 2;

    private final Scheduler scheduler;
    private final Regime regime;
    private final SplittableRandom random;
    private final ServerTime time;
    private final RecordPattern pattern = new RecordPattern();
    private final PriorityQueue<Entry> queue = new PriorityQueue<>();
    private final List<Entry> live = new ArrayList<>();
    private final long[] stale = new long[STALE_HANDLES];
    private long sequence;
    private long lastDeadlineNs;
    private long pollNs;
    private int freeCells;
    private int depth;
    private boolean isDraining;
    private long operations;

    SchedulerCheck(Scheduler scheduler, Regime regime, long seed) {
        this.scheduler = scheduler;
        this.regime = regime;
        random = new SplittableRandom(seed);
        time = new ServerTime(random, regime.maxStepNs);
        freeCells = regime.capacity;
        Arrays.fill(stale, -1);
    }

    private static final class Entry implements Comparable<Entry> {
        long deadlineNs;
        long sequence;
        long handle;
        int lengthBytes;
        int index;

        int cells() {
            return (lengthBytes + RecordStore.CELL_LENGTH - 1) / RecordStore.CELL_LENGTH;
        }

        @Override
        public int compareTo(Entry other) {
            int order = Long.compare(deadlineNs, other.deadlineNs);
            return order != 0 ? order : Long.compare(sequence, other.sequence);
        }
    }

    /** Runs, empties the scheduler and returns how many records went in, left or were cancelled. */
    long run(long atLeast) {
        while (operations < atLeast) {
            boolean isFilling = live.size() < regime.usualPending;
            int choice = random.nextInt(100);
            if (choice < (isFilling ? 75 : 30)) {
                insert();
            } else if (choice < (isFilling ? 95 : 70)) {
                cancel();
            } else {
                poll();
            }
            assertEquals(live.size(), scheduler.pending());
        }
        isDraining = true;
        pollNs = Long.MAX_VALUE;
        scheduler.drain(this::onDue);
        assertEquals(0, live.size());
        assertEquals(0, scheduler.pending());
        assertEquals(Scheduler.NEVER, scheduler.nextNs());
        isDraining = false;
        return operations;
    }

    private void insert() {
        Entry entry = new Entry();
        entry.deadlineNs = deadlineNs();
        entry.lengthBytes = regime.maxLength == 32 && random.nextInt(10) != 0 ? 32
                : 8 + random.nextInt(random.nextInt(8) == 0 ? 1_017 : regime.maxLength - 7);
        entry.sequence = sequence;
        entry.handle = scheduler.schedule(entry.deadlineNs, pattern.write(sequence, entry.lengthBytes),
                RecordPattern.OFFSET, entry.lengthBytes);
        operations++;
        if (entry.cells() > freeCells) {
            assertEquals(Scheduler.FULL, entry.handle);
            return;
        }
        assertTrue(entry.handle >= 0, "handle=" + entry.handle);
        sequence++;
        freeCells -= entry.cells();
        lastDeadlineNs = entry.deadlineNs;
        entry.index = live.size();
        live.add(entry);
        queue.add(entry);
    }

    private long deadlineNs() {
        int choice = random.nextInt(100);
        if (choice < 10) {
            return lastDeadlineNs;
        }
        if (choice < 15 && !live.isEmpty()) {
            return live.get(random.nextInt(live.size())).deadlineNs;
        }
        if (choice < 20) {
            return time.nowNs() - Regime.magnitude(random, 1_000_000_000);
        }
        long distanceNs = regime.distanceNs(random);
        return regime.isAbsolute ? distanceNs : time.nowNs() + distanceNs;
    }

    private void cancel() {
        operations++;
        if (live.isEmpty() || random.nextInt(8) == 0) {
            assertFalse(scheduler.cancel(stale[random.nextInt(STALE_HANDLES)]));
            return;
        }
        Entry entry = live.get(random.nextInt(live.size()));
        assertTrue(scheduler.cancel(entry.handle));
        remove(entry);
        if (random.nextInt(8) == 0) {
            assertFalse(scheduler.cancel(entry.handle));
        }
    }

    private void poll() {
        time.advance();
        long nextNs = scheduler.nextNs();
        if (random.nextBoolean() && nextNs > time.nowNs() && nextNs != Scheduler.NEVER) {
            time.jump(nextNs);
        }
        pollNs = time.nowNs();
        int limit = random.nextInt(4) == 0 ? random.nextInt(1, 4) : random.nextInt(1, 1_000);
        int polls = 0;
        int rounds = random.nextInt(3) == 0 ? 1 : Integer.MAX_VALUE;
        do {
            long before = operations;
            int count = scheduler.poll(pollNs, this::onDue, limit);
            assertTrue(count <= limit, "count=" + count);
            assertTrue(operations - before >= count);
            // the farthest record is placed 128 times on its way, one poll may move 7
            if (++polls > 1_000_000) {
                fail("poll without end");
            }
        } while (polls < rounds && scheduler.nextNs() <= pollNs);
        checkNext();
    }

    private void checkNext() {
        long nextNs = scheduler.nextNs();
        Entry first = first();
        if (first == null) {
            assertEquals(Scheduler.NEVER, nextNs);
        } else {
            assertTrue(nextNs <= first.deadlineNs, "nextNs=" + nextNs + " deadlineNs=" + first.deadlineNs);
        }
    }

    private void onDue(long deadlineNs, MemorySegment segment, long offset, int lengthBytes) {
        operations++;
        Entry first = first();
        assertTrue(first != null, "nothing is pending");
        assertEquals(first.deadlineNs, deadlineNs);
        assertTrue(deadlineNs <= pollNs, "deadlineNs=" + deadlineNs + " nowNs=" + pollNs);
        assertEquals(first.lengthBytes, lengthBytes);
        pattern.check(first.sequence, segment, offset, lengthBytes);
        remove(first);
        if (!isDraining && depth < MAX_DEPTH && random.nextInt(4) == 0) {
            depth++;
            insert();
            if (random.nextInt(3) == 0) {
                cancel();
            }
            depth--;
            pattern.check(first.sequence, segment, offset, lengthBytes);
        }
    }

    private Entry first() {
        Entry first = queue.peek();
        while (first != null && first.index < 0) {
            queue.poll();
            first = queue.peek();
        }
        return first;
    }

    private void remove(Entry entry) {
        Entry last = live.removeLast();
        if (last != entry) {
            live.set(entry.index, last);
            last.index = entry.index;
        }
        entry.index = -1;
        freeCells += entry.cells();
        stale[random.nextInt(STALE_HANDLES)] = entry.handle;
    }
}
