package org.carillon.platform;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The own word of a wait point and the words it watches. */
final class SleepWords {
    static final int AWAKE = 0;
    static final int WAITING = 1;
    static final int WATCH_LIMIT = 126;

    /** Longest single sleep: bounds the harm of a lost wake-up and the time until an interrupt is seen. */
    static final long SLEEP_LIMIT_NS = 1_000_000_000L;

    /** Longest single sleep while watched words can only be looked at. */
    static final long POLL_NS = 1_000_000L;

    private static final long WARM_UP_NS = 50_000L;
    private static final int LINE_LENGTH = 128;
    private static final VarHandle WORD = ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle();
    private static final MemorySegment[] NONE = {};

    private final MemorySegment own;
    private MemorySegment[] watched = NONE;

    /** The own word in memory of its own. */
    SleepWords() {
        this(Arena.ofAuto().allocate(LINE_LENGTH, LINE_LENGTH));
    }

    /** @param own where the own word is to be. */
    SleepWords(MemorySegment own) {
        checkWord(own, 0);
        this.own = own.asSlice(0, Integer.BYTES);
    }

    MemorySegment own() {
        return own;
    }

    int watchedCount() {
        return watched.length;
    }

    MemorySegment watched(int index) {
        return watched[index];
    }

    void watch(MemorySegment[] words) {
        if (words.length > WATCH_LIMIT) {
            throw new IllegalArgumentException(
                    "at most " + WATCH_LIMIT + " words can be watched: words=" + words.length);
        }
        MemorySegment[] copy = words.clone();
        for (int i = 0; i < copy.length; i++) {
            checkWord(copy[i], i);
        }
        watched = copy;
    }

    /** Acquire load, so that work published before the word was cleared is visible to who saw it cleared. */
    boolean isOwnWaiting() {
        return (int) WORD.getAcquire(own, 0L) == WAITING;
    }

    /** Volatile loads: the parking wait point needs its store of the sleeper before them. */
    boolean areAllWaiting() {
        if ((int) WORD.getVolatile(own, 0L) != WAITING) {
            return false;
        }
        MemorySegment[] others = watched;
        for (int i = 0; i < others.length; i++) {
            if ((int) WORD.getVolatile(others[i], 0L) != WAITING) {
                return false;
            }
        }
        return true;
    }

    /** An expired wait, a real one and a wake-up on the wait point that has these words. */
    void warmUp(WaitPoint waitPoint) {
        WORD.setVolatile(own, 0L, WAITING);
        long nowNs = System.nanoTime();
        waitPoint.await(nowNs);
        waitPoint.await(nowNs + WARM_UP_NS);
        WORD.setVolatile(own, 0L, AWAKE);
        waitPoint.wake();
    }

    private static void checkWord(MemorySegment word, int index) {
        if (!word.isNative() || word.byteSize() < Integer.BYTES || word.address() % Integer.BYTES != 0) {
            throw new IllegalArgumentException("watched word must be 4 bytes of native memory, aligned to 4: index="
                    + index + ", native=" + word.isNative() + ", lengthBytes=" + word.byteSize() + ", address="
                    + word.address());
        }
    }
}
