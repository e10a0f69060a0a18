package org.carillon.scheduler;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SchedulerPropertyTest {
    /** Seven regimes, four limits and the last test make over 20 million. */
    private static final long OPERATIONS = 800_000;

    @ParameterizedTest
    @MethodSource("regimesAndLimits")
    void shouldKeepOrderOfHeap(Regime regime, int moveLimit) {
        check(regime, moveLimit, regime.ordinal() * 31L + moveLimit, OPERATIONS);
    }

    @ParameterizedTest
    @EnumSource(Regime.class)
    void shouldKeepOrderOfHeapFromAnySeed(Regime regime) {
        Random random = new Random();
        check(regime, 1 + random.nextInt(100), random.nextLong(), OPERATIONS / 4);
    }

    @Test
    void shouldFindSchedulerThatIgnoresSequence() {
        RecordIndex index = TimeScheduler.indexFor(Regime.SECOND.capacity);
        NearHeap mutant = new NearHeap(index) {
            @Override
            boolean isBefore(long deadlineNs, long sequence, long otherDeadlineNs, long otherSequence) {
                return deadlineNs < otherDeadlineNs;
            }
        };
        TimeScheduler scheduler = new TimeScheduler(TimeScheduler.MOVE_LIMIT, index, mutant);

        assertThrows(AssertionError.class, () -> new SchedulerCheck(scheduler, Regime.SECOND, 1).run(100_000));
    }

    private static void check(Regime regime, int moveLimit, long seed, long operations) {
        TimeScheduler scheduler = new TimeScheduler(moveLimit, TimeScheduler.indexFor(regime.capacity));
        try {
            new SchedulerCheck(scheduler, regime, seed).run(operations);
            new SchedulerCheck(scheduler, regime, seed + 1).run(operations / 100);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("regime=" + regime + " moveLimit=" + moveLimit + " seed=" + seed, e);
        }
    }

    private static Stream<Arguments> regimesAndLimits() {
        return Stream.of(Regime.values()).flatMap(regime -> IntStream.of(7, 50, 1_000, TimeScheduler.MOVE_LIMIT)
                .mapToObj(limit -> Arguments.of(regime, limit)));
    }
}
