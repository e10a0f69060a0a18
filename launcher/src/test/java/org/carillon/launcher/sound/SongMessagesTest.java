package org.carillon.launcher.sound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.carillon.sequencer.BarPosition;
import org.carillon.sequencer.Sequence;
import org.junit.jupiter.api.Test;

final class SongMessagesTest {
    private static final Sequence SONG = Songs.twoTracks(8);
    private static final BarPosition START = new BarPosition(1, 1, 0);

    private record Message(long timeMs, int status, int data1, int data2) {}

    private final List<Message> messages = new ArrayList<>();

    @Test
    void shouldGiveEveryMessageItsTime() {
        long durationNs = play(Performance.PLAIN, SongMessages.WHOLE);

        assertEquals(TimeUnit.SECONDS.toNanos(2), durationNs);
        assertEquals(2 + 8 * 6, messages.size());
        assertEquals(List.of(new Message(0, 0xC0, 3, 0), new Message(0, 0x90, 60, 100)), on(0).subList(0, 2));
        assertEquals(new Message(250, 0x90, 61, 100), on(0).get(3));
        assertEquals(List.of(0, 250, 500, 750, 1_000, 1_250, 1_500, 1_750), on(0).stream()
                .filter(m -> m.status == 0x90).map(m -> (int) m.timeMs).toList());
    }

    @Test
    void shouldPlayFasterAndFromAPlaceWithItsProgram() {
        long durationNs = play(new Performance(200, new BarPosition(1, 3, 0), Set.of()), SongMessages.WHOLE);

        assertEquals(TimeUnit.MILLISECONDS.toNanos(750), durationNs);
        assertEquals(new Message(0, 0xC0, 3, 0), on(0).getFirst());
        assertEquals(new Message(0, 0x90, 62, 100), on(0).get(1));
        assertEquals(new Message(125, 0x90, 63, 100), on(0).get(3));
    }

    @Test
    void shouldLeaveOutTheNotesOfMutedTracks() {
        play(new Performance(100, START, Set.of(1)), SongMessages.WHOLE);

        assertEquals(List.of(new Message(0, 0xC1, 48, 0)), on(1));
        assertEquals(17, on(0).size());
    }

    @Test
    void shouldReleaseWhatSoundsWhereItIsCut() {
        long limitNs = TimeUnit.MILLISECONDS.toNanos(600);
        assertEquals(limitNs, play(Performance.PLAIN, limitNs));

        Set<Integer> sounding = new HashSet<>();
        for (Message message : messages) {
            if ((message.status & 0xF0) == 0x90) {
                sounding.add(message.status << 8 | message.data1);
            } else if ((message.status & 0xF0) == 0x80) {
                sounding.remove((message.status | 0x10) << 8 | message.data1);
            }
        }
        assertEquals(Set.of(), sounding);
        assertEquals(3, on(0).stream().filter(m -> m.status == 0x90).count());
        assertTrue(messages.getLast().timeMs >= 600 && messages.getLast().timeMs <= 610, messages.toString());
    }

    @Test
    void shouldKnowWhatTracksThereAre() {
        assertTrue(new Performance(100, START, Set.of(0, 1)).fits(SONG));
        assertTrue(!new Performance(100, START, Set.of(2)).fits(SONG));
        assertTrue(!new Performance(100, START, Set.of(-1)).fits(SONG));
    }

    private long play(Performance performance, long limitNs) {
        return SongMessages.play(SONG, performance, limitNs, (timeNs, status, data1, data2) -> messages
                .add(new Message(TimeUnit.NANOSECONDS.toMillis(timeNs), status, data1, data2)));
    }

    private List<Message> on(int channel) {
        return messages.stream().filter(message -> (message.status & 0xF) == channel).toList();
    }
}
