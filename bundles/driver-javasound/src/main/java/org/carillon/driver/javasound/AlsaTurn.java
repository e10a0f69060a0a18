package org.carillon.driver.javasound;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whose turn it is with ALSA. It refuses one stream as busy while another one of its card is being opened; and Java, to
 * list devices, opens the default one, if it can: the list is shorter while that is taken, and what Java opens is at a
 * place of the list as it is then. So whoever lists or opens does it alone. Any thread.
 */
final class AlsaTurn {
    private static final ReentrantLock LOCK = new ReentrantLock(true);
    /** A device or list that hangs holds up the others no longer than this. */
    private static final long LIMIT_NS = 4_000_000_000L;

    private AlsaTurn() {}

    /** Waits for the turn, for some time; then it goes on without. */
    static void take() {
        try {
            LOCK.tryLock(LIMIT_NS, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        AlsaDefault.remove();
    }

    /** Gives it to the next one, if this thread has it. */
    static void give() {
        if (LOCK.isHeldByCurrentThread()) {
            LOCK.unlock();
        }
    }
}
