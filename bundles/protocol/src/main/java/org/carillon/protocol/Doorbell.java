package org.carillon.protocol;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/**
 * Wakes the thread that sleeps on a word, and costs no system call while that thread is awake.
 *
 * <pre>
 *   0        4
 *   +--------+
 *   | waiting|  int32: 1 the reader sleeps or is about to, 0 it is awake
 *   +--------+
 * </pre>
 *
 * The reader stores 1, looks at its rings once more, and sleeps while the word is 1. A writer publishes its record,
 * then rings: the full fence between its record and its load of the word pairs with the full fence between the
 * reader's store of 1 and its last look, so one of the two sees the other. The writer clears the word, so that a burst
 * makes one system call.
 */
public final class Doorbell {
    public static final int WORD_LENGTH = Integer.BYTES;
    public static final int AWAKE = 0;
    public static final int WAITING = 1;

    private static final VarHandle WORD = Layouts.INT.varHandle();

    private final MemorySegment word;
    private final Runnable wake;

    /**
     * @param word 4 bytes, aligned to 4, shared with the reader.
     * @param wake wakes the reader; called on the ringing thread, only when the reader was asleep or about to be.
     */
    public Doorbell(MemorySegment word, Runnable wake) {
        this.word = word;
        this.wake = wake;
    }

    /** Wakes the reader if it sleeps. Any thread, after it has published what the reader shall find. */
    public void ring() {
        VarHandle.fullFence();
        if ((int) WORD.getOpaque(word, 0L) == WAITING && WORD.compareAndSet(word, 0L, WAITING, AWAKE)) {
            wake.run();
        }
    }

    /** The reader is about to sleep; it must look at its rings once more after this. Reader's thread only. */
    public void arm() {
        WORD.setOpaque(word, 0L, WAITING);
        VarHandle.fullFence();
    }

    /** Whether nobody has rung since the reader armed it. Reader's thread only. */
    public boolean isArmed() {
        return (int) WORD.getAcquire(word, 0L) == WAITING;
    }

    /** The reader is awake. Reader's thread only. */
    public void disarm() {
        WORD.setOpaque(word, 0L, AWAKE);
    }
}
