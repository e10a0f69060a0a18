package org.carillon.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.PriorityQueue;
import org.carillon.api.schedule.Scheduler;

/**
 * The control: what one would write with the library of Java and care. A {@link PriorityQueue} of pooled objects with
 * the same key and the same 32 bytes of payload, copied in and out.
 */
final class HeapScheduler implements Scheduler {
    static final String NAME = "java.util.PriorityQueue, pooled objects";

    private static final int LENGTH = 4 * Long.BYTES;

    private final PriorityQueue<Entry> queue;
    private final MemorySegment scratch = Arena.ofAuto().allocate(LENGTH, Long.BYTES);
    private Entry pool;
    private long nextSequence;

    HeapScheduler(int capacity) {
        queue = new PriorityQueue<>(capacity);
        for (int i = 0; i < capacity; i++) {
            Entry entry = new Entry();
            entry.next = pool;
            pool = entry;
        }
    }

    private static final class Entry implements Comparable<Entry> {
        private long deadlineNs;
        private long sequence;
        private long word0;
        private long word1;
        private long word2;
        private long word3;
        private Entry next;

        @Override
        public int compareTo(Entry other) {
            int order = Long.compare(deadlineNs, other.deadlineNs);
            return order != 0 ? order : Long.compare(sequence, other.sequence);
        }
    }

    @Override
    public long schedule(long deadlineNs, MemorySegment from, long offset, int lengthBytes) {
        Entry entry = pool;
        if (entry == null) {
            return FULL;
        }
        pool = entry.next;
        entry.deadlineNs = deadlineNs;
        entry.sequence = nextSequence++;
        entry.word0 = from.get(ValueLayout.JAVA_LONG, offset);
        entry.word1 = from.get(ValueLayout.JAVA_LONG, offset + Long.BYTES);
        entry.word2 = from.get(ValueLayout.JAVA_LONG, offset + 2 * Long.BYTES);
        entry.word3 = from.get(ValueLayout.JAVA_LONG, offset + 3 * Long.BYTES);
        queue.add(entry);
        return entry.sequence;
    }

    /** A heap of the library finds a record only by looking at all; nothing to compare with. */
    @Override
    public boolean cancel(long handle) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isPending(long handle) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int poll(long nowNs, DueHandler handler, int limit) {
        int count = 0;
        while (count < limit) {
            Entry entry = queue.peek();
            if (entry == null || entry.deadlineNs > nowNs) {
                break;
            }
            queue.poll();
            scratch.set(ValueLayout.JAVA_LONG, 0, entry.word0);
            scratch.set(ValueLayout.JAVA_LONG, Long.BYTES, entry.word1);
            scratch.set(ValueLayout.JAVA_LONG, 2 * Long.BYTES, entry.word2);
            scratch.set(ValueLayout.JAVA_LONG, 3 * Long.BYTES, entry.word3);
            entry.next = pool;
            pool = entry;
            handler.onDue(entry.deadlineNs, scratch, 0, LENGTH);
            count++;
        }
        return count;
    }

    @Override
    public long nextNs() {
        Entry entry = queue.peek();
        return entry == null ? NEVER : entry.deadlineNs;
    }

    @Override
    public int pending() {
        return queue.size();
    }

    @Override
    public void drain(DueHandler handler) {
        poll(Long.MAX_VALUE, handler, Integer.MAX_VALUE);
    }
}
