package org.carillon.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/** A thread that sleeps on a wait point without limit until each of a number of wake-ups has come. */
final class Owner {
    private static final VarHandle WORD = ValueLayout.JAVA_INT.varHandle();
    private static final long LIMIT_NS = 30_000_000_000L;
    private static final long PAUSE_NS = 200_000L;

    private final WaitPoint waitPoint;
    private final MemorySegment bell;
    private final Thread thread;
    private volatile int wakeUpCount;

    /** @param bell the word that will be cleared: the wait point's own or a watched one. */
    Owner(WaitPoint waitPoint, MemorySegment bell, int rounds) {
        this.waitPoint = waitPoint;
        this.bell = bell;
        clear(bell); // armed by the owner, or the first wake-up would come before its round
        thread = new Thread(() -> run(rounds), "owner");
        thread.setDaemon(true);
        thread.start();
    }

    static void arm(MemorySegment word) {
        WORD.setVolatile(word, 0L, SleepWords.WAITING);
    }

    static void clear(MemorySegment word) {
        WORD.setVolatile(word, 0L, SleepWords.AWAKE);
    }

    /**
     * Clears the bell and wakes, once per round. A lost wake-up costs the second after which a sleeper looks again, so
     * losing them is seen by the time limit.
     */
    void wakeRepeatedly(int rounds, Runnable wake) throws InterruptedException {
        long startNs = System.nanoTime();
        for (int round = 1; round <= rounds; round++) {
            while ((int) WORD.getVolatile(bell, 0L) != SleepWords.WAITING) {
                assertTrue(System.nanoTime() - startNs < LIMIT_NS, "owner was not woken: round=" + round);
                Thread.onSpinWait();
            }
            LockSupport.parkNanos(PAUSE_NS); // so that most rounds find it asleep; the others must work too
            clear(bell);
            wake.run();
        }
        thread.join(LIMIT_NS / 1_000_000L);
        assertEquals(rounds, wakeUpCount);
    }

    private void run(int rounds) {
        arm(waitPoint.word());
        for (int round = 1; round <= rounds; round++) {
            arm(bell);
            while ((int) WORD.getVolatile(bell, 0L) == SleepWords.WAITING) {
                waitPoint.await(Long.MAX_VALUE);
            }
            wakeUpCount = round;
        }
    }
}
