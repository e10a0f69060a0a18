package org.carillon.launcher.demo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TallyTest {
    private static final long START_NS = 1_000;

    private final List<ScoreEvent> sent = List.of(new ScoreEvent(0, 0, ScoreMessages.control(0, 7, 100)),
            new ScoreEvent(10, 0, ScoreMessages.noteOn(0, 60, 80)),
            new ScoreEvent(10, 0, ScoreMessages.noteOn(0, 64, 80)),
            new ScoreEvent(20, 0, ScoreMessages.noteOff(0, 60)));
    private final Arrival control = arrival(0, 5, ScoreMessages.control(0, 7, 100));
    private final Arrival first = arrival(10, 7, ScoreMessages.noteOn(0, 62, 80));
    private final Arrival second = arrival(10, 8, ScoreMessages.noteOn(0, 66, 80));
    private final Arrival off = arrival(20, 9, ScoreMessages.noteOff(0, 62));

    @Test
    void shouldFindNothingWrongWhenAllCame() {
        Tally tally = tally(control, first, second, off);

        assertEquals(List.of(0, 0, 0), List.of(tally.lost(), tally.reordered(), tally.unexpected()));
        assertArrayEquals(new long[]{5, 7, 8, 9}, tally.latenessNs());
    }

    @Test
    void shouldCountWhatDidNotCome() {
        assertEquals(2, tally(control, off).lost());
    }

    @Test
    void shouldCountWhatCameOutOfOrderWithinOneDate() {
        assertEquals(1, tally(control, second, first, off).reordered());
    }

    @Test
    void shouldCountWhatCameTwiceOrChanged() {
        assertEquals(1, tally(control, first, first, second, off).unexpected());
        Tally changed = tally(control, first, second, arrival(20, 1, ScoreMessages.noteOff(0, 60)));
        assertEquals(List.of(1, 1), List.of(changed.lost(), changed.unexpected()));
        Tally moved = tally(control, first, second, arrival(21, 1, ScoreMessages.noteOff(0, 62)));
        assertEquals(List.of(1, 1), List.of(moved.lost(), moved.unexpected()));
    }

    @Test
    void shouldHearWhichNotesSound() {
        Sounding sounding = new Sounding().after(List.of(control, first, second, off));

        assertEquals(1, sounding.notes());
        assertEquals(1, sounding.ended());
    }

    private Tally tally(Arrival... arrivals) {
        return Tally.of(sent, START_NS, 2, List.of(arrivals));
    }

    private static Arrival arrival(long timeNs, long latenessNs, byte[] message) {
        return new Arrival(START_NS + timeNs, START_NS + timeNs + latenessNs, message);
    }
}
