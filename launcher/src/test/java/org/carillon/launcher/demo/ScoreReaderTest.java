package org.carillon.launcher.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScoreReaderTest {
    private static final String VOICE = "tempo 60 at bar 1\nvoice flute channel 2\n";

    @Test
    void shouldReadNotesRestsAndDots() {
        assertEquals(List.of("0 913c50", "1500 813c40", "1500 914650", "2000 814640", "3000 913d50", "4000 813d40"),
                messages(VOICE + "C4q. Bb4e rq C#4q |"));
    }

    @Test
    void shouldJoinTiedNotesAcrossTheBarLine() {
        assertEquals(List.of("2000 914550", "5000 814540"), messages(VOICE + "rh A4h~ | A4q rh. |"));
    }

    @Test
    void shouldContinueABarInTheNextLine() {
        assertEquals(List.of("0 913c50", "2000 813c40"), messages(VOICE + "C4h # half of it\n\n rh |"));
    }

    @Test
    void shouldApplyTempoChanges() {
        Score score = ScoreReader
                .read("tempo 60 at bar 1\ntempo 120 at bar 2 beat 3\nvoice flute channel 1\nrw | rw |");

        assertEquals(1, score.tempoChanges());
        assertEquals(7_000_000_000L, score.durationNs());
    }

    @Test
    void shouldSendSettingsThenNoteOffsThenNoteOns() {
        assertEquals(
                List.of("0 c103", "0 b10764", "0 913c50", "2000 b1405a", "2000 e10040", "2000 813c40", "2000 913c07",
                        "4000 813c40"),
                messages("tempo 60 at bar 1\nvoice flute channel 2 program=3 volume=100\n"
                        + "C4h velocity=7 sustain=90 bend=0 C4h |"));
    }

    @Test
    void shouldCutTheCanonWhereTheFollowerGoesOn() {
        String canon = "voice two channel 1\ncanon flute after 2 beats until bar 2\nC5w |";

        assertEquals(List.of("0 913c50", "2000 903c50", "4000 813c40", "4000 803c40", "4000 904850", "8000 804840"),
                messages(VOICE + "C4w |\n" + canon));
    }

    @Test
    void shouldMeasureBeatsOfOtherBars() {
        assertEquals(List.of("0 913c50", "3000 813c40"), messages("beats 3\n" + VOICE + "C4h. |"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            C4q H4q rh |; note must begin with a letter from A to G, or r for a rest: line=3, column=5, word=H4
            C4q D4 rh |; duration must be one of w h q e s t: line=3, column=7, word=
            C4q r rh |; duration must be one of w h q e s t: line=3, column=6, word=
            C4x rh. |; duration must be one of w h q e s t: line=3, column=3, word=x
            C4q, rh. |; duration may only be followed by dots and a tie: line=3, column=4, word=,
            C4w A9q |; pitch must be a MIDI key up to 127: line=3, column=5, word=A9, key=129
            Cq rh. |; octave must be a number from 0 to 9: line=3, column=2, word=
            C4w re |; bar must hold 4 beats: line=3, column=8, word=|, bar=1, beats=4.5
            rw | C4h | rw |; bar must hold 4 beats: line=3, column=10, word=|, bar=2, beats=2
            C4w; bar must be closed by a bar line: line=4, column=1, word=, bar=1, voice=flute
            C4w~ | D4w |; tied note must be followed by its own pitch: line=3, column=8, word=D4w, key=60
            C4w~ |; tie must lead to a note: line=4, column=1, word=, voice=flute
            volume=200 rw |; value must be a number from 0 to 127: line=3, column=8, word=200
            loudness=9 rw |; setting must be program, volume, pan, expression, sustain, bend or velocity: line=3, \
            column=1, word=loudness
            vioce two channel 2; directive must be title, beats, tempo, sysex, voice, canon or repeat: line=3, \
            column=1, word=vioce
            tempo 60 at 3; word bar must stand here: line=3, column=13, word=3
            tempo 5 at bar 3; tempo must be a number from 10 to 400: line=3, column=7, word=5
            tempo 60 at bar 1; tempo must be set only once at a time: line=3, column=7, word=60
            tempo 60 at bar; bar must be a number from 1 to 9999: line=3, column=16, word=
            tempo 60 at bar 3 now; line must end here: line=3, column=19, word=now
            voice two channel 2; voice must have a channel of its own: line=3, column=19, word=2
            voice flute channel 3; voice must have a name of its own: line=3, column=7, word=flute
            voice two channel 3 x; setting must be written name=value: line=3, column=21, word=x
            canon viola after 8 beats until bar 9; leader of a canon must be an earlier voice: line=3, column=7, \
            word=viola
            beats 3; beats must be set before the first voice and tempo: line=3, column=7, word=3
            sysex F0 99 F7; hexadecimal byte must be a number from 0 to 7F: line=3, column=10, word=99
            """)
    void shouldNameThePlaceOfAnError(String line, String message) {
        assertEquals(message, messageOf(VOICE + line));
    }

    @Test
    void shouldNameTheEarlyEndOfACanonsLeader() {
        assertEquals("canon must begin its voice and end while its leader plays: line=5, column=1, word=canon",
                messageOf(VOICE + "C4w |\nvoice two channel 1\ncanon flute after 4 beats until bar 4"));
    }

    @Test
    void shouldRefuseMusicOutsideAVoice() {
        assertEquals("line must be a directive or stand in a voice: line=1, column=2, word=C4w", messageOf(" C4w |"));
    }

    @Test
    void shouldRefuseAnEmptyScore() {
        assertEquals("score must have a voice: line=1, column=1, word=", messageOf(""));
        assertEquals("score must have a bar: line=3, column=1, word=", messageOf(VOICE));
    }

    private static String messageOf(String text) {
        return assertThrows(IllegalArgumentException.class, () -> ScoreReader.read(text)).getMessage();
    }

    private static List<String> messages(String text) {
        return ScoreReader.read(text).events().stream()
                .map(event -> event.timeNs() / 1_000_000 + " " + HexFormat.of().formatHex(event.message())).toList();
    }
}
