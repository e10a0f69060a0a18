package org.carillon.filter;

import static org.carillon.filter.Message.assertBecomes;
import static org.carillon.filter.Message.assertPass;
import static org.carillon.filter.Message.assertStop;
import static org.carillon.filter.Message.controller;
import static org.carillon.filter.Message.filter;
import static org.carillon.filter.Message.noteOff;
import static org.carillon.filter.Message.noteOn;
import static org.carillon.filter.Message.of;
import static org.carillon.filter.Message.pitchBend;
import static org.carillon.filter.Message.polyPressure;
import static org.carillon.filter.Message.program;
import static org.carillon.filter.Message.wholeNote;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.carillon.api.filter.CompiledFilter;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;
import org.junit.jupiter.api.Test;

class SemanticsTest {
    @Test
    void shouldPassEverythingUnchangedWithoutWords() {
        for (String blank : new String[]{"", " ", "\t \n"}) {
            CompiledFilter filter = filter(blank);
            for (int type = EventType.BASE; type < EventType.BASE + 256; type++) {
                for (int i = 0; i < 16 * 128; i++) {
                    long data = Event.data(0x80 | i & 0x7F, i >>> 4, i * 7 & 0x7F) | 0x1234_5600_0000_0000L;
                    assertEquals(data, filter.apply(type, Event.word(1, i & 0xFF, 3, 3), data));
                }
            }
            assertEquals(blank, filter.words());
        }
    }

    @Test
    void shouldAddUpWordsOfOneDimension() {
        String words = "ch 1 cc 7 ch 3..4 note port 0 port 2";
        assertPass(words, controller(1, 7, 9), controller(4, 7, 9), noteOn(3, 60, 9), noteOn(3, 60, 9).onPort(2));
        assertStop(words, controller(2, 7, 9), controller(1, 8, 9), noteOn(3, 60, 9).onPort(1), of(EventType.CLOCK));
    }

    @Test
    void shouldTakeAwayWhereverNotStands() {
        for (String words : new String[]{"ch 1..4 not ch 2", "not ch 2 ch 1..4", "NOT CH 2\tCh 1..4"}) {
            assertPass(words, noteOn(1, 60, 9), noteOn(3, 60, 9));
            assertStop(words, noteOn(2, 60, 9), noteOn(5, 60, 9));
        }
        assertStop("not note note", noteOn(1, 60, 9));
        assertPass("not note", polyPressure(1, 60, 9), of(EventType.CLOCK));
        assertStop("not note", noteOn(1, 60, 9), noteOff(1, 60), wholeNote(1, 60, 9));
        assertPass("note not note 60", noteOn(1, 61, 9));
        assertPass("not cc 1..127", controller(1, 0, 9), program(1, 2));
        assertStop("not clock", of(EventType.CLOCK));
    }

    @Test
    void shouldKeepNotesInRange() {
        for (String words : new String[]{"noterange 60 72", "noterange C4..C5", "noterange c4 0x48"}) {
            assertPass(words, noteOn(1, 60, 9), noteOn(1, 72, 9), polyPressure(1, 66, 9), controller(1, 7, 9),
                    of(EventType.CLOCK));
            assertStop(words, noteOn(1, 59, 9), noteOff(1, 73), wholeNote(1, 0, 9), polyPressure(1, 73, 9));
        }
        assertPass("noterange 0 10 noterange 20 30", noteOn(1, 5, 9), noteOn(1, 25, 9));
        assertStop("noterange 0 10 noterange 20 30", noteOn(1, 15, 9));
        assertStop("not noterange 0..59", noteOn(1, 59, 9));
        assertPass("not noterange 0..59", noteOn(1, 60, 9));
    }

    @Test
    void shouldNeverJudgeNoteOffsByVelocity() {
        assertPass("velrange 100 127", noteOn(1, 60, 100), noteOff(1, 60), noteOn(1, 60, 0), polyPressure(1, 60, 3));
        assertStop("velrange 100 127", noteOn(1, 60, 99), wholeNote(1, 60, 1));
        assertStop("not velrange 1..20", noteOn(1, 60, 20));
        assertPass("not velrange 1..20", noteOn(1, 60, 21), noteOn(1, 60, 0));
    }

    @Test
    void shouldKeepValuesOfOneControllerInRange() {
        assertPass("ccrange 7 10 20", controller(1, 7, 10), controller(1, 7, 20), controller(1, 8, 99));
        assertStop("ccrange 7 10 20", controller(1, 7, 9), controller(1, 7, 21));
        assertPass("ccrange 7 0..3 ccrange 7 100..127 ccrange 8 5..5", controller(1, 7, 2), controller(1, 7, 127),
                controller(1, 8, 5));
        assertStop("not ccrange 64 1..63", controller(1, 64, 50));
        assertPass("not ccrange 64 1..63", controller(1, 64, 64));
    }

    @Test
    void shouldJudgeWhatComesInWhereverTheSelectorStands() {
        assertBecomes(noteOn(2, 72, 9), "transp 12 noterange 60 72 chset 2 ch 1", noteOn(1, 60, 9));
        assertStop("transp 12 noterange 60 72", noteOn(1, 48, 9));
        assertBecomes(controller(1, 7, 50), "ccmap 1 7 cc 1 ccscale 7 0.5 ccrange 1 100 127", controller(1, 1, 100));
        assertStop("ccmap 1 7 cc 1", controller(1, 7, 100));
    }

    @Test
    void shouldChangeInTheOrderWritten() {
        assertBecomes(noteOn(1, 72, 9), "notemap 60 72 transp 0", noteOn(1, 60, 9));
        assertBecomes(noteOn(1, 61, 9), "transp 1 notemap 60 72", noteOn(1, 60, 9));
        assertBecomes(noteOn(1, 100, 9), "transp 1 notemap 61 100", noteOn(1, 60, 9));
        assertBecomes(noteOn(3, 60, 9), "chmap 1 2 chmap 2 3", noteOn(1, 60, 9));
        assertBecomes(noteOn(2, 60, 9), "chmap 2 3 chmap 1 2", noteOn(1, 60, 9));
        assertBecomes(noteOn(1, 60, 60), "velclip 0 30 velscale 2", noteOn(1, 60, 90));
        assertBecomes(controller(1, 7, 100), "ccscale 7 0.5 ccmap 1 7", controller(1, 1, 100));
        assertBecomes(controller(1, 7, 99), "ccset 7 3 ccset 7 99", controller(1, 7, 1));
    }

    @Test
    void shouldLeaveEventsOfOtherKindsAsTheyAre() {
        String words = "transp 5 velscale 2 ccset 7 1 pcmap 1 2 chset 9";
        assertPass(words, of(EventType.CLOCK), of(EventType.SYSEX), of(EventType.UMP64), of(EventType.TEMPO));
        assertBecomes(pitchBend(9, 1, 2), words, pitchBend(1, 1, 2));
    }
}
