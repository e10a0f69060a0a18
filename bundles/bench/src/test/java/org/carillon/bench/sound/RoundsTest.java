package org.carillon.bench.sound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.carillon.bench.Figure;
import org.carillon.bench.process.Reading;
import org.junit.jupiter.api.Test;

class RoundsTest {
    private final List<String> order = new ArrayList<>();

    /** Answers one value after the other. */
    private Supplier<Reading> side(String name, double... values) {
        int[] next = {0};
        return () -> {
            order.add(name);
            return new Reading(Map.of("value", values[next[0]++]));
        };
    }

    @Test
    void shouldTakeMediansWithoutTheWarmUp() {
        Rounds rounds = Rounds.measure(1, 3, List.of(side("a", 100, 3, 1, 2), side("b", 0, 10, 30, 20)));

        assertEquals(2, rounds.median(0, "value"));
        assertEquals(6, rounds.sum(0, "value"));
        assertEquals(20, rounds.median(1, "value"));
    }

    @Test
    void shouldBeginEachRoundWithAnotherSide() {
        Rounds.measure(0, 3, List.of(side("a", 1, 1, 1), side("b", 1, 1, 1), side("c", 1, 1, 1)));

        assertEquals(List.of("a", "b", "c", "b", "c", "a", "c", "a", "b"), order);
    }

    @Test
    void shouldCompareTheCallbackWithTheClientInC() {
        Supplier<Reading> quiet = () -> wakeUps(60_000, 1);
        Supplier<Reading> garbage = () -> wakeUps(90_000, 5);
        Supplier<Reading> control = () -> wakeUps(45_000, 2);

        Map<String, Figure> figures = byName(
                CallbackBench.figures(Rounds.measure(0, 2, List.of(quiet, garbage, control)), true));
        assertEquals(60, figures.get("wake_p99_us").value());
        assertEquals(45, figures.get("wake_p99_us").controlValue());
        assertEquals(2, figures.get("wake_p99_us_under_garbage").ratio());
        assertEquals(5, figures.get("xruns_per_10_s").value()); // 750 wake-ups in a second, 1,500 in a round
        assertEquals(10, figures.get("xruns_per_10_s").controlValue());
        assertEquals(3_000, figures.get("wake_ups").value());
    }

    @Test
    void shouldStandAloneWithoutTheClientInC() {
        Supplier<Reading> ours = () -> wakeUps(60_000, 1);

        Map<String, Figure> figures = byName(
                CallbackBench.figures(Rounds.measure(0, 2, List.of(ours, ours)), false));
        assertEquals(60, figures.get("wake_p99_us").value());
        assertFalse(figures.values().stream().anyMatch(Figure::hasControl));
    }

    private static Map<String, Figure> byName(List<Figure> figures) {
        return figures.stream().collect(Collectors.toMap(Figure::name, figure -> figure));
    }

    private static Reading wakeUps(double p99Ns, double xruns) {
        Map<String, Double> values = new HashMap<>(Map.of("p99Ns", p99Ns, "p50Ns", 5_000.0, "backendXruns", xruns));
        values.putAll(Map.of("count", 1_500.0, "garbageMbPerS", 100.0));
        return new Reading(values);
    }
}
