package org.carillon.sampler.voice;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Messages from any thread to the audio thread. A producer claims a cell by moving the tail, and then fills it; the
 * cell carries the number of its turn, so that the consumer sees whether it has been filled. Nobody waits: the consumer
 * stops at a cell that is claimed and not yet filled, a producer that finds the ring full turns away.
 */
final class MessageRing {
    static final int EMPTY = -1;
    private static final int TURN_SHIFT = 32;

    private final AtomicLongArray cells;
    private final int mask;
    private final AtomicLong tail = new AtomicLong();
    private final AtomicLong head = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    /** @param capacity a power of two. */
    MessageRing(int capacity) {
        cells = new AtomicLongArray(capacity);
        mask = capacity - 1;
    }

    /** Any thread. False, and counted, when full. */
    boolean offer(int message) {
        long position = tail.get();
        while (true) {
            if (position - head.getAcquire() > mask) { // pairs with setRelease in poll: the cell has been read
                refused.incrementAndGet();
                return false;
            }
            if (tail.compareAndSet(position, position + 1)) {
                // pairs with getAcquire in poll: turn and message are one word
                cells.setRelease((int) position & mask, position + 1 << TURN_SHIFT | message);
                return true;
            }
            position = tail.get();
        }
    }

    /** Audio thread. */
    int poll() {
        long position = head.getPlain();
        long cell = cells.getAcquire((int) position & mask);
        if ((int) (cell >>> TURN_SHIFT) != (int) (position + 1)) {
            return EMPTY;
        }
        head.setRelease(position + 1);
        return (int) cell;
    }

    long refused() {
        return refused.get();
    }
}
