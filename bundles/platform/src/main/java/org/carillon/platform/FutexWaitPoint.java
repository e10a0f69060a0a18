package org.carillon.platform;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;

/**
 * Sleeps in the Linux kernel on its word, and in the same call on the words of other processes.
 * <p>
 * The kernel compares each word with 1 under its own lock before it puts the thread to sleep; so a word cleared between
 * the owner's last look and the call is not missed.
 */
final class FutexWaitPoint implements WaitPoint {
    private static final long NS_PER_S = 1_000_000_000L;

    /*
     * struct timespec           struct futex_waitv, one per word
     *   0        8       16       0        8        16      20      24
     *   +--------+--------+       +--------+--------+-------+-------+
     *   | tv_sec | tv_nsec|       |  val   | uaddr  | flags | zero  |
     *   +--------+--------+       +--------+--------+-------+-------+
     */
    private static final int TV_SEC_OFFSET = 0;
    private static final int TV_NSEC_OFFSET = TV_SEC_OFFSET + Long.BYTES;
    private static final int TIMESPEC_LENGTH = TV_NSEC_OFFSET + Long.BYTES;
    private static final int VAL_OFFSET = 0;
    private static final int UADDR_OFFSET = VAL_OFFSET + Long.BYTES;
    private static final int FLAGS_OFFSET = UADDR_OFFSET + Long.BYTES;
    private static final int WAITV_LENGTH = FLAGS_OFFSET + 2 * Integer.BYTES;

    private final SleepWords words;
    private final MemorySegment timespec = Arena.ofAuto().allocate(TIMESPEC_LENGTH, Long.BYTES);
    private final MemorySegment waitv = Arena.ofAuto().allocate((long) WAITV_LENGTH * (1 + SleepWords.WATCH_LIMIT),
            Long.BYTES);
    private final long wordAddress;
    private final long timespecAddress = timespec.address();
    private final long waitvAddress = waitv.address();
    private final boolean sleepsOnMany;

    /** @param sleepsOnMany false where futex_waitv is missing, so that watched words are looked at instead. */
    FutexWaitPoint(boolean sleepsOnMany) {
        this(sleepsOnMany, new SleepWords());
    }

    FutexWaitPoint(boolean sleepsOnMany, SleepWords words) {
        this.words = words;
        wordAddress = words.own().address();
        this.sleepsOnMany = sleepsOnMany;
        setWaitv(0, words.own());
    }

    @Override
    public MemorySegment word() {
        return words.own();
    }

    @Override
    public void await(long deadlineMonoNs) {
        if (!words.isOwnWaiting()) {
            return;
        }
        long nowNs = System.nanoTime();
        // not by difference: a far date stands at the ends of the range, where a difference wraps; and looked at here,
        // for the kernel takes 16 us to find out that a date has passed
        if (deadlineMonoNs <= nowNs) {
            return;
        }
        long endNs = Math.min(deadlineMonoNs, nowNs + SleepWords.SLEEP_LIMIT_NS);
        int watchedCount = words.watchedCount();
        if (watchedCount == 0) {
            sleepOnOwn(endNs);
        } else if (sleepsOnMany) {
            setTimespec(endNs);
            Libc.futexWaitv(waitvAddress, 1 + watchedCount, timespecAddress);
        } else {
            sleepAndPoll(nowNs, endNs);
        }
        Reference.reachabilityFence(this); // the kernel was given bare addresses
    }

    @Override
    public void wake() {
        Libc.futexWake(wordAddress, 1);
        Reference.reachabilityFence(this);
    }

    @Override
    public void watch(MemorySegment[] watchedWords) {
        words.watch(watchedWords);
        for (int i = 0; i < words.watchedCount(); i++) {
            setWaitv(1 + i, words.watched(i));
        }
    }

    @Override
    public void warmUp() {
        words.warmUp(this);
    }

    private void sleepOnOwn(long endNs) {
        setTimespec(endNs);
        Libc.futexWait(wordAddress, SleepWords.WAITING, timespecAddress);
    }

    private void sleepAndPoll(long startNs, long endNs) {
        long nowNs = startNs;
        while (words.areAllWaiting() && nowNs < endNs) {
            sleepOnOwn(Math.min(endNs, nowNs + SleepWords.POLL_NS));
            nowNs = System.nanoTime();
        }
    }

    private void setTimespec(long monoNs) {
        timespec.set(ValueLayout.JAVA_LONG, TV_SEC_OFFSET, monoNs / NS_PER_S);
        timespec.set(ValueLayout.JAVA_LONG, TV_NSEC_OFFSET, monoNs % NS_PER_S);
    }

    private void setWaitv(int index, MemorySegment word) {
        long offset = (long) index * WAITV_LENGTH;
        waitv.set(ValueLayout.JAVA_LONG, offset + VAL_OFFSET, SleepWords.WAITING);
        waitv.set(ValueLayout.JAVA_LONG, offset + UADDR_OFFSET, word.address());
        waitv.set(ValueLayout.JAVA_INT, offset + FLAGS_OFFSET, Libc.FUTEX_32);
    }
}
