package org.carillon.launcher.demo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CanonTest {
    private static final long MS = 1_000_000;
    private static final int VOICES = 4;

    private final Score canon = ScoreReader.readResource("canon.score");

    @Test
    void shouldHoldTheWholePiece() {
        long notes = events(ScoreMessages.NOTE_ON).size();

        assertEquals("Canon in D", canon.name());
        assertEquals(List.of("violin1", "violin2", "violin3", "bass"), canon.voices());
        assertTrue(notes >= 600, "notes=" + notes);
        assertEquals(notes, events(ScoreMessages.NOTE_OFF).size());
        assertTrue(canon.events().size() >= 1_000, "events=" + canon.events().size());
        assertTrue(canon.tempoChanges() > 0, "tempoChanges=" + canon.tempoChanges());
    }

    @Test
    void shouldBeginWithTheOnlySystemExclusiveMessage() {
        byte[] gmSystemOn = {(byte) 0xF0, 0x7E, 0x7F, 0x09, 0x01, (byte) 0xF7};

        assertEquals(1, events(ScoreMessages.SYSEX_START).size());
        assertArrayEquals(gmSystemOn, canon.events().getFirst().message());
    }

    @Test
    void shouldUseControllersProgramsAndBends() {
        Set<Integer> controllers = new HashSet<>();
        events(ScoreMessages.CONTROL_CHANGE).forEach(event -> controllers.add((int) event.message()[1]));

        assertEquals(Set.of(7, 10, 11, 64), controllers);
        assertEquals(VOICES, events(ScoreMessages.PROGRAM_CHANGE).size());
        assertFalse(events(ScoreMessages.PITCH_BEND).isEmpty());
    }

    @Test
    void shouldGiveEachVoiceItsChannel() {
        for (ScoreEvent event : canon.events()) {
            if (event.kind() != ScoreMessages.SYSEX_START) {
                assertEquals(event.voice(), event.channel());
            }
        }
    }

    @Test
    void shouldBeSortedByTime() {
        long lastNs = 0;
        for (ScoreEvent event : canon.events()) {
            assertTrue(event.timeNs() >= lastNs, "timeNs=" + event.timeNs() + ", lastNs=" + lastNs);
            lastNs = event.timeNs();
        }
        assertEquals(canon.durationNs(), lastNs);
    }

    @Test
    void shouldEndEachNoteBeforeItsPitchSoundsAgain() {
        assertNotesPaired(canon);
    }

    @Test
    void shouldPairNotesEvenWhenPressedTogether() {
        assertNotesPaired(canon.stretchedTo(MS));
    }

    @Test
    void shouldEndEachNoteAfterItBegan() {
        Map<Integer, ScoreEvent> sounding = new HashMap<>();
        for (ScoreEvent event : canon.events()) {
            int key = event.channel() << 8 | event.message()[1];
            if (event.kind() == ScoreMessages.NOTE_ON) {
                sounding.put(key, event);
            } else if (event.kind() == ScoreMessages.NOTE_OFF) {
                assertTrue(event.timeNs() > sounding.remove(key).timeNs());
            }
        }
    }

    @Test
    void shouldPlayTheFollowersEightBeatsLater() {
        Score even = ScoreReader.read(canonInOneTempo());
        long eightBeatsNs = 8_000 * MS;
        long lastChordNs = 56 * 4_000 * MS;
        for (int follower = 1; follower <= 2; follower++) {
            long delayNs = follower * eightBeatsNs;
            assertEquals(noteOns(even, 0, delayNs, lastChordNs - delayNs), noteOns(even, follower, 0, lastChordNs));
            assertNotEquals(List.of(), noteOns(even, follower, 0, lastChordNs));
        }
    }

    @Test
    void shouldRepeatTheGroundTwentyEightTimes() {
        List<Integer> ground = List.of(50, 45, 47, 42, 43, 38, 43, 45);
        List<Integer> bass = events(ScoreMessages.NOTE_ON).stream().filter(event -> event.voice() == 3)
                .map(event -> (int) event.message()[1]).toList();

        assertEquals(28 * ground.size() + 1, bass.size());
        for (int i = 0; i < 28; i++) {
            assertEquals(ground, bass.subList(i * ground.size(), (i + 1) * ground.size()));
        }
    }

    @Test
    void shouldStretchExactly() {
        for (long durationNs : new long[]{1, 10_000 * MS, 123_456_789_012L, canon.durationNs()}) {
            Score stretched = canon.stretchedTo(durationNs);

            assertEquals(durationNs, stretched.durationNs());
            assertEquals(durationNs, stretched.events().getLast().timeNs());
            assertEquals(canon.events().size(), stretched.events().size());
        }
    }

    private List<ScoreEvent> events(int kind) {
        return canon.events().stream().filter(event -> event.kind() == kind).toList();
    }

    private static void assertNotesPaired(Score score) {
        Set<Integer> sounding = new HashSet<>();
        for (ScoreEvent event : score.events()) {
            int key = event.channel() << 8 | event.message()[1];
            if (event.kind() == ScoreMessages.NOTE_ON) {
                assertTrue(sounding.add(key), "pitch sounds already: key=" + event.message()[1]);
            } else if (event.kind() == ScoreMessages.NOTE_OFF) {
                assertTrue(sounding.remove(key), "pitch does not sound: key=" + event.message()[1]);
            }
        }
        assertEquals(Set.of(), sounding);
    }

    /** A second to the beat, so that equal beats are equal times. */
    private static String canonInOneTempo() {
        try (var in = CanonTest.class.getResourceAsStream("canon.score")) {
            assertNotNull(in);
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.replaceAll("(?m)^tempo .*$", "").replace("beats 4", "beats 4\ntempo 60 at bar 1");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> noteOns(Score score, int voice, long delayNs, long untilNs) {
        List<String> notes = new ArrayList<>();
        for (ScoreEvent event : score.events()) {
            if (event.voice() == voice && event.kind() == ScoreMessages.NOTE_ON && event.timeNs() < untilNs) {
                byte[] data = Arrays.copyOfRange(event.message(), 1, event.message().length);
                notes.add(event.timeNs() + delayNs + " " + Arrays.toString(data));
            }
        }
        return notes;
    }
}
