package org.carillon.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class WaitPointTest {
    private static final int ROUNDS = 200;
    private static final int MANY = 10_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long SHORT_NS = 2_000_000L;

    @ParameterizedTest
    @EnumSource
    void shouldWakeOnEveryWake(WaitPointKind kind) throws InterruptedException {
        WaitPoint waitPoint = kind.create();

        new Owner(waitPoint, waitPoint.word(), ROUNDS).wakeRepeatedly(ROUNDS, waitPoint::wake);
    }

    @Test
    void shouldSleepOnAWordThatOthersShare() throws InterruptedException {
        Platform platform = Platform.current();
        assumeTrue(platform.isNative(), "needs native calls");
        MemorySegment word = Arena.ofAuto().allocate(128, 128).asSlice(64, Integer.BYTES);
        WaitPoint waitPoint = platform.newWaitPoint(word);

        assertEquals(word.address(), waitPoint.word().address());
        new Owner(waitPoint, word, ROUNDS).wakeRepeatedly(ROUNDS, () -> platform.wake(word));
    }

    @Test
    void shouldRefuseAWordThatIsNone() {
        MemorySegment heap = MemorySegment.ofArray(new int[1]);

        assertThrows(IllegalArgumentException.class, () -> Platform.plain().newWaitPoint(heap));
    }

    @ParameterizedTest
    @EnumSource
    void shouldWakeOnOwnWordWhileWatching(WaitPointKind kind) throws InterruptedException {
        WaitPoint waitPoint = kind.create();
        waitPoint.watch(armedWords(3));

        new Owner(waitPoint, waitPoint.word(), ROUNDS).wakeRepeatedly(ROUNDS, waitPoint::wake);
    }

    @ParameterizedTest
    @EnumSource
    void shouldWakeOnEachWatchedWord(WaitPointKind kind) throws InterruptedException {
        MemorySegment[] words = armedWords(SleepWords.WATCH_LIMIT);
        for (int index : new int[]{0, 1, SleepWords.WATCH_LIMIT - 1}) {
            WaitPoint waitPoint = kind.create();
            waitPoint.watch(words);
            MemorySegment bell = words[index];

            new Owner(waitPoint, bell, ROUNDS).wakeRepeatedly(ROUNDS, () -> wakeAsAnotherProcess(kind, bell));
            Owner.arm(bell);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldSleepUntilDeadline(WaitPointKind kind) {
        WaitPoint waitPoint = kind.create();
        Owner.arm(waitPoint.word());
        for (int watchedCount : new int[]{0, 1, SleepWords.WATCH_LIMIT, 0}) {
            waitPoint.watch(armedWords(watchedCount));
            long deadlineNs = System.nanoTime() + SHORT_NS;

            waitPoint.await(deadlineNs);

            assertTrue(System.nanoTime() >= deadlineNs, "watched=" + watchedCount);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldReturnAtOnceWhenWordIsCleared(WaitPointKind kind) {
        WaitPoint waitPoint = kind.create();
        for (int i = 0; i < MANY; i++) {
            waitPoint.await(Long.MAX_VALUE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldReturnAtOnceWhenWatchedWordIsCleared(WaitPointKind kind) {
        WaitPoint waitPoint = kind.create();
        MemorySegment[] words = armedWords(2);
        Owner.arm(waitPoint.word());
        Owner.clear(words[1]);
        waitPoint.watch(words);
        for (int i = 0; i < MANY; i++) {
            waitPoint.await(Long.MAX_VALUE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldReturnAtOnceWhenDeadlineHasPassed(WaitPointKind kind) {
        WaitPoint waitPoint = kind.create();
        Owner.arm(waitPoint.word());
        for (int i = 0; i < MANY; i++) {
            waitPoint.await(System.nanoTime());
            waitPoint.await(Long.MIN_VALUE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldReturnWithInterruptStatusKept(WaitPointKind kind) {
        WaitPoint waitPoint = kind.create();
        Owner.arm(waitPoint.word());
        Thread.currentThread().interrupt();

        waitPoint.await(Long.MAX_VALUE);

        assertTrue(Thread.interrupted());
    }

    @ParameterizedTest
    @EnumSource
    void shouldAllocateNothing(WaitPointKind kind) {
        assertAllocatesNothing(kind, 0);
    }

    @ParameterizedTest
    @EnumSource
    void shouldAllocateNothingWhileWatching(WaitPointKind kind) {
        assertAllocatesNothing(kind, 2);
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeAwakeAfterWarmUp(WaitPointKind kind) {
        WaitPoint waitPoint = kind.create();

        waitPoint.warmUp();

        assertEquals(SleepWords.AWAKE, waitPoint.word().get(ValueLayout.JAVA_INT, 0));
    }

    @ParameterizedTest
    @EnumSource
    void shouldHaveItsWordAloneInItsLine(WaitPointKind kind) {
        MemorySegment word = kind.create().word();

        assertEquals(Integer.BYTES, word.byteSize());
        assertEquals(0, word.address() % 128);
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseTooManyWords(WaitPointKind kind) {
        WaitPoint waitPoint = kind.create();
        MemorySegment[] words = armedWords(SleepWords.WATCH_LIMIT + 1);

        Exception refusal = assertThrows(IllegalArgumentException.class, () -> waitPoint.watch(words));

        assertEquals("at most 126 words can be watched: words=127", refusal.getMessage());
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseWhatIsNoWord(WaitPointKind kind) {
        WaitPoint waitPoint = kind.create();
        MemorySegment word = waitPoint.word();
        MemorySegment[] onHeap = {word, MemorySegment.ofArray(new int[1])};
        MemorySegment[] tooShort = {word.asSlice(0, 2)};
        MemorySegment[] unaligned = {Arena.ofAuto().allocate(8, 8).asSlice(1)};

        Exception refusal = assertThrows(IllegalArgumentException.class, () -> waitPoint.watch(onHeap));
        assertTrue(refusal.getMessage().contains("index=1, native=false"), refusal.getMessage());
        assertThrows(IllegalArgumentException.class, () -> waitPoint.watch(tooShort));
        assertThrows(IllegalArgumentException.class, () -> waitPoint.watch(unaligned));
    }

    private static void assertAllocatesNothing(WaitPointKind kind, int watchedCount) {
        WaitPoint waitPoint = kind.create();
        waitPoint.warmUp();
        waitPoint.watch(armedWords(watchedCount));
        sleepAndWake(waitPoint, MANY);
        long leastBytes = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 5 && leastBytes > 0; attempt++) { // the compiler may disturb one, not all
            long beforeBytes = THREADS.getCurrentThreadAllocatedBytes();
            sleepAndWake(waitPoint, MANY);
            leastBytes = Math.min(leastBytes, THREADS.getCurrentThreadAllocatedBytes() - beforeBytes);
        }

        assertEquals(0, leastBytes);
    }

    /** Real waits of a microsecond, expired ones, cleared ones and wake-ups. */
    private static void sleepAndWake(WaitPoint waitPoint, int count) {
        MemorySegment word = waitPoint.word();
        for (int i = 0; i < count; i++) {
            Owner.arm(word);
            waitPoint.await(System.nanoTime() + 1_000L);
            waitPoint.await(System.nanoTime());
            Owner.clear(word);
            waitPoint.await(Long.MAX_VALUE);
            waitPoint.wake();
        }
    }

    private static void wakeAsAnotherProcess(WaitPointKind kind, MemorySegment bell) {
        if (kind != WaitPointKind.PARKING) {
            Platform.current().wake(bell);
        }
    }

    private static MemorySegment[] armedWords(int count) {
        Arena arena = Arena.ofAuto();
        MemorySegment[] words = new MemorySegment[count];
        Arrays.setAll(words, i -> arena.allocate(ValueLayout.JAVA_INT));
        for (MemorySegment word : words) {
            Owner.arm(word);
        }
        return words;
    }
}
