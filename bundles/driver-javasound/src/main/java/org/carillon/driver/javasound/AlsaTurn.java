package org.carillon.driver.javasound;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whose turn it is with ALSA. Java opens what is at a place of its list as it is at that moment, and while the default
 * device is in that list (see {@link AlsaDefault}) listing and opening take streams for some time that others then
 * find busy. So whoever lists or opens does it alone, without the default device where that can be. Any thread.
 */
final class AlsaTurn {
    private static final ReentrantLock LOCK = new ReentrantLock(true);
    /** A device or list that hangs holds up the others no longer than this. */
    private static final long LIMIT_NS = 4_000_000_000L;

    private AlsaTurn() {}

    /** Waits for the turn, for some time; then it goes on without. */
    static void take() {
        AlsaDefault.remove();
        try {
            LOCK.tryLock(LIMIT_NS, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Gives it to the next one, if this thread has it. */
    static void give() {
        if (LOCK.isHeldByCurrentThread()) {
            LOCK.unlock();
        }
    }
}
