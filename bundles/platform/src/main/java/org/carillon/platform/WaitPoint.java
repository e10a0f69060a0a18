package org.carillon.platform;

import java.lang.foreign.MemorySegment;

/**
 * Where one thread, its owner, sleeps until somebody wakes it or a date comes.
 * <p>
 * The owner stores 1 (waiting) in its word, looks at its work once more, and calls {@link #await}. Whoever brings work
 * publishes it, changes the word from 1 to 0 (awake), and calls {@link #wake} when it was the one who changed it. Owner
 * and waker each need a full fence between their store and their look, so that one of the two sees the other. After
 * {@code await} the owner stores 0 itself.
 * <p>
 * {@code await} and {@code wake} allocate nothing.
 */
public interface WaitPoint {
    /**
     * The word that {@link #await} sleeps on: little-endian int32, 1 waiting, 0 awake. It is 4 bytes of native memory
     * at the start of 128 bytes of its own, so that no other word shares its cache line, and lives as long as anyone
     * holds it. Any thread.
     */
    MemorySegment word();

    /**
     * Sleeps while this word and all watched words are 1, until the date. Returns at once when one of them is not 1 or
     * the date has passed. Owner thread only, after it armed the words and looked at its work again.
     * <p>
     * May return without a reason, and does so about once a second: look at the work and the clock, and sleep again. An
     * interrupt ends the sleep, without clearing the thread's interrupt status: at once where threads are parked; where
     * they sleep in the kernel, within a second.
     *
     * @param deadlineMonoNs the date on {@link System#nanoTime()}; {@link Long#MAX_VALUE} for no limit.
     */
    void await(long deadlineMonoNs);

    /** Wakes the owner if it sleeps; the caller has changed the word to 0 before. Any thread, never blocks. */
    void wake();

    /**
     * Replaces the further words that {@link #await} sleeps on, each laid out as {@link #word()}, in memory that
     * another process may share. The other process changes its word to 0, then issues FUTEX_WAKE on it, without the
     * private flag; where the system cannot sleep on many words, {@code await} looks at them every millisecond instead.
     * Owner thread only; the array is copied. A word must stay mapped as long as it is watched, and be armed before
     * each {@code await} like the own one.
     *
     * @param words at most 126, each at least 4 bytes of native memory, aligned to 4; none ends the watch.
     * @throws IllegalArgumentException when there are more, or one of them is not such a word; the former words stay.
     */
    void watch(MemorySegment[] words);

    /**
     * Sleeps and wakes a few times, some 100 microseconds in all, so that the first real call is not late by the
     * milliseconds that loading takes. Owner thread only, before others know the word; leaves the word at 0.
     */
    void warmUp();
}
