package org.carillon.platform;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.locks.LockSupport;

/** Sleeps by parking the thread: needs no native access, but another process cannot wake it. */
final class ParkingWaitPoint implements WaitPoint {
    private final SleepWords words;

    /**
     * Who to unpark. Stored by the owner before it loads the word, loaded by the waker after it cleared the word, all
     * volatile: either the waker sees the owner or the owner sees the cleared word.
     */
    private volatile Thread sleeper;

    ParkingWaitPoint() {
        this(new SleepWords());
    }

    ParkingWaitPoint(SleepWords words) {
        this.words = words;
    }

    @Override
    public MemorySegment word() {
        return words.own();
    }

    @Override
    public void await(long deadlineMonoNs) {
        Thread current = Thread.currentThread();
        if (sleeper != current) {
            sleeper = current;
        }
        long limitNs = words.watchedCount() == 0 ? SleepWords.SLEEP_LIMIT_NS : SleepWords.POLL_NS;
        long nowNs = System.nanoTime();
        long endNs = Math.min(deadlineMonoNs, nowNs + SleepWords.SLEEP_LIMIT_NS);
        // not by difference: a far date stands at the ends of the range, where a difference wraps
        while (words.areAllWaiting() && nowNs < endNs && !current.isInterrupted()) {
            LockSupport.parkNanos(this, Math.min(endNs - nowNs, limitNs));
            nowNs = System.nanoTime();
        }
    }

    @Override
    public void wake() {
        LockSupport.unpark(sleeper);
    }

    @Override
    public void watch(MemorySegment[] watchedWords) {
        words.watch(watchedWords);
    }

    @Override
    public void warmUp() {
        words.warmUp(this);
    }
}
