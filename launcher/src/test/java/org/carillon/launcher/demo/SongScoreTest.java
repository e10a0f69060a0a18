package org.carillon.launcher.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.carillon.launcher.sound.SongMessages;
import org.carillon.launcher.sound.Songs;
import org.carillon.sequencer.MidiFile;
import org.junit.jupiter.api.Test;

final class SongScoreTest {
    private static final MidiFile SONG = new MidiFile("folder/song.mid", Songs.twoTracks(4), List.of());

    @Test
    void shouldHoldTheWholeSong() {
        Score score = SongScore.of(SONG, SongMessages.WHOLE);

        assertEquals("melody", score.name());
        assertEquals(List.of("channel 1", "channel 2"), score.voices());
        assertEquals(26, score.events().size());
        assertEquals(1_000_000_000L, score.durationNs());
        assertEquals(2, score.events().getFirst().message().length, "a program change has one data byte");
    }

    @Test
    void shouldEndWhereItIsCut() {
        Score score = SongScore.of(SONG, 500_000_000L);

        assertEquals(500_000_000L, score.durationNs());
        List<Arrival> arrivals = score.events().stream().map(e -> new Arrival(e.timeNs(), e.timeNs(), e.message()))
                .toList();
        assertEquals(0, new Sounding().after(arrivals).notes());
        assertTrue(score.events().size() < 26);
    }
}
