package org.carillon.bench.echo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.carillon.bench.process.Reading;
import org.junit.jupiter.api.Test;

class CountsTest {
    @Test
    void shouldCallLostWhatWasSentAndDidNotCome() {
        Poured poured = Poured.of(out(1_000), in(997, 2));

        assertEquals(1_000, poured.sent());
        assertEquals(3, poured.lost());
        assertEquals(0.25, poured.serverLoad());
        assertEquals(2, poured.wallMs());
    }

    @Test
    void shouldNotTakeDoubleOrDisorderedEventsForAllEvents() {
        assertThrows(IllegalStateException.class, () -> Poured.of(out(1_000), in(1_001, 1)));
        assertThrows(IllegalStateException.class, () -> Poured.of(out(1_000), in(1_000, 2)));
    }

    @Test
    void shouldTakeTheLatenessOfAllClientsTogether() {
        Ticks ticks = Ticks.of(List.of(client(Map.of("us10", 98.0, "us20000", 1.0)), client(Map.of("us40", 101.0))));

        assertEquals(41, ticks.lateUs(0.5));
        assertEquals(11, ticks.lateUs(0.3));
        assertEquals(41, ticks.lateUs(0.99));
        assertEquals(20_001, ticks.lateUs(1));
        assertEquals(202, ticks.sent());
        assertEquals(2, ticks.lost());
        assertEquals(10, ticks.missed());
        assertEquals(0.1, ticks.serverLoad(), 1e-9);
    }

    @Test
    void shouldAddRounds() {
        Ticks all = new Ticks();
        all.add(Ticks.of(List.of(client(Map.of("us1", 100.0)))));
        all.add(Ticks.of(List.of(client(Map.of("us3", 101.0)))));

        assertEquals(4, all.lateUs(0.5));
        assertEquals(202, all.sent());
    }

    @Test
    void shouldRefuseARunInWhichAClientWasCalledNoMore() {
        Reading stopped = new Reading(Map.of("stopped", 1.0));

        assertThrows(IllegalStateException.class, () -> Ticks.of(List.of(client(Map.of()), stopped)));
    }

    private static Reading out(double sent) {
        return new Reading(Map.of("sent", sent, "inTime", sent, "cpuNs", 500_000.0, "wallNs", 2_000_000.0));
    }

    private static Reading in(double received, double gaps) {
        return new Reading(Map.of("received", received, "gaps", gaps));
    }

    private static Reading client(Map<String, Double> late) {
        Map<String, Double> values = new HashMap<>(late);
        values.putAll(Map.of("sent", 101.0, "received", 100.0, "missed", 5.0, "stopped", 0.0, "cpuNs", 1.0, "wallNs",
                10.0));
        return new Reading(values);
    }
}
