package org.carillon.filter;

import static org.carillon.filter.Message.assertPass;
import static org.carillon.filter.Message.assertStop;
import static org.carillon.filter.Message.channelPressure;
import static org.carillon.filter.Message.controller;
import static org.carillon.filter.Message.filter;
import static org.carillon.filter.Message.noteOff;
import static org.carillon.filter.Message.noteOn;
import static org.carillon.filter.Message.of;
import static org.carillon.filter.Message.pitchBend;
import static org.carillon.filter.Message.polyPressure;
import static org.carillon.filter.Message.program;
import static org.carillon.filter.Message.wholeNote;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.carillon.api.filter.CompiledFilter;
import org.carillon.protocol.EventType;
import org.junit.jupiter.api.Test;

class SelectorsTest {
    private static final Message[] VOICE = {wholeNote(1, 60, 9), noteOn(1, 60, 9), noteOff(1, 60),
        polyPressure(1, 60, 9), controller(1, 7, 9), program(1, 9), channelPressure(1, 9), pitchBend(1, 1, 2)};

    @Test
    void shouldSelectPorts() {
        assertPass("port 3", noteOn(1, 60, 9).onPort(3), of(EventType.CLOCK).onPort(3));
        assertStop("port 3", noteOn(1, 60, 9).onPort(2), of(EventType.CLOCK).onPort(4), of(EventType.SYSEX));
        assertPass("port 250..0xFF", noteOn(1, 60, 9).onPort(250), noteOn(1, 60, 9).onPort(255));
        assertStop("port 250..255", noteOn(1, 60, 9).onPort(249));
        assertStop("not port 0", noteOn(1, 60, 9));
        assertPass("not port 0", noteOn(1, 60, 9).onPort(64));
    }

    @Test
    void shouldSelectChannelsOfEventsThatHaveOne() {
        assertPass("ch 10", noteOn(10, 60, 9), pitchBend(10, 0, 0), of(EventType.CLOCK), of(EventType.UMP64));
        assertStop("ch 10", noteOn(9, 60, 9), noteOff(1, 60), controller(16, 7, 9));
        assertPass("ch 2..4", noteOn(2, 60, 9), noteOn(4, 60, 9));
        assertStop("ch 2..4", noteOn(1, 60, 9), noteOn(5, 60, 9));
        assertStop("not ch 10", noteOn(10, 60, 9));
        assertPass("not ch 10", noteOn(16, 60, 9));
    }

    @Test
    void shouldSelectTypesByNameAndCode() {
        assertPass("type tempo", of(EventType.TEMPO));
        assertStop("type tempo", of(EventType.LYRIC), noteOn(1, 60, 9));
        assertPass("type 0x90", of(EventType.TEMPO));
        assertPass("type CTRLCHANGE", controller(1, 7, 9), controller(1, 98, 1));
        assertPass("type keyon", noteOn(1, 60, 9), noteOn(1, 60, 0));
        assertStop("type keyon", noteOff(1, 60), wholeNote(1, 60, 9));
        assertPass("type keyoff", noteOff(1, 60));
        assertStop("type keyoff", noteOn(1, 60, 0));
        assertPass("type note", wholeNote(1, 60, 9));
        assertPass("type keypress", polyPressure(1, 60, 9));
        assertPass("type progchange", program(1, 3));
        assertStop("type progchange", channelPressure(1, 3));
    }

    @Test
    void shouldSelectVoiceMessages() {
        assertPass("voice", VOICE);
        assertStop("voice", of(EventType.UMP64), of(EventType.CLOCK), of(EventType.SYSEX), of(EventType.TEMPO));
        assertStop("not voice", VOICE);
        assertPass("voice type ump", of(EventType.UMP64));
    }

    @Test
    void shouldSelectNotes() {
        assertPass("note", noteOn(1, 60, 9), noteOff(1, 60), noteOn(1, 60, 0), wholeNote(1, 60, 9));
        assertStop("note", polyPressure(1, 60, 9), controller(1, 7, 9), of(EventType.CLOCK));
        assertPass("note C4", noteOn(1, 60, 9), noteOff(1, 60), wholeNote(1, 60, 9));
        assertStop("note C4", noteOn(1, 61, 9), noteOff(1, 59), wholeNote(1, 72, 9));
        assertPass("note 60..62", noteOn(1, 62, 9));
        assertStop("note 60..62", noteOn(1, 63, 9));
    }

    @Test
    void shouldSelectNoteOnsAndNoteOffsApart() {
        assertPass("on", noteOn(1, 60, 9), wholeNote(1, 60, 9));
        assertStop("on", noteOff(1, 60), noteOn(1, 60, 0), polyPressure(1, 60, 9));
        assertPass("on 60", noteOn(1, 60, 9));
        assertStop("on 60", noteOn(1, 61, 9));
        assertPass("off", noteOff(1, 60), noteOn(1, 60, 0));
        assertStop("off", noteOn(1, 60, 9), wholeNote(1, 60, 9));
        assertPass("off 60", noteOff(1, 60));
        assertStop("off 60", noteOff(1, 61), noteOn(1, 61, 0));
    }

    @Test
    void shouldTellTheKernelWhetherNoteOffsHaveNoteOns() {
        assertTrue(filter("").acceptsNoteOns());
        assertTrue(filter("on 60").acceptsNoteOns());
        assertFalse(filter("off").acceptsNoteOns());
        assertTrue(filter("off").acceptsType(EventType.KEY_ON));
        assertFalse(filter("cc 7").acceptsNoteOns());
        assertFalse(filter("not on").acceptsNoteOns());
    }

    @Test
    void shouldJudgeEachKindOfNoteByItsOwnNotes() {
        assertPass("on 60 pp 61", noteOn(1, 60, 9), polyPressure(1, 61, 9));
        assertStop("on 60 pp 61", noteOn(1, 61, 9), polyPressure(1, 60, 9));
        assertPass("pp", polyPressure(1, 5, 9));
        assertStop("pp", noteOn(1, 5, 9));
        assertPass("note not off 60", noteOn(1, 60, 9), noteOff(1, 61));
        assertStop("note not off 60", noteOff(1, 60), noteOn(1, 60, 0));
    }

    @Test
    void shouldSelectControllersAndPrograms() {
        assertPass("cc", controller(1, 0, 9), controller(1, 98, 9), controller(1, 127, 0));
        assertStop("cc", program(1, 7), noteOn(1, 7, 7));
        assertPass("cc 7 cc 10", controller(1, 7, 9), controller(1, 10, 9));
        assertStop("cc 7 cc 10", controller(1, 8, 9));
        assertPass("cc 20..31", controller(1, 31, 9));
        assertStop("cc 20..31", controller(1, 32, 9));
        assertPass("pc", program(1, 0), program(1, 127));
        assertStop("pc", controller(1, 0, 0));
        assertPass("pc 5", program(1, 5));
        assertStop("pc 5", program(1, 6));
        assertStop("not pc 5", program(1, 5));
    }

    @Test
    void shouldSelectOtherKinds() {
        assertPass("pb", pitchBend(1, 1, 2));
        assertStop("pb", channelPressure(1, 1));
        assertPass("cp", channelPressure(1, 1));
        assertStop("cp", pitchBend(1, 1, 2));
        assertPass("syx", of(EventType.SYSEX));
        assertStop("syx", of(EventType.TUNE));
        assertPass("clock", of(EventType.CLOCK));
        assertStop("clock", of(EventType.START));
        assertPass("sc", of(EventType.QUARTER_FRAME), of(EventType.SONG_POSITION), of(EventType.SONG_SELECT),
                of(EventType.TUNE));
        assertStop("sc", of(EventType.CLOCK), of(EventType.SYSEX));
    }

    @Test
    void shouldSelectAllRealTime() {
        CompiledFilter filter = filter("rt");
        for (int type = EventType.BASE; type < EventType.BASE + 256; type++) {
            if (EventType.isRealTime(type)) {
                assertNotNull(of(type).through(filter), EventType.name(type));
            } else {
                assertNull(of(type).through(filter), EventType.name(type));
            }
        }
    }

    @Test
    void shouldSelectNonRegisteredParametersByWhatIsSelected() {
        CompiledFilter filter = filter("nrpn");
        assertNull(controller(1, 6, 9).through(filter));
        assertNotNull(controller(1, 99, 1).through(filter));
        assertNotNull(controller(1, 98, 1).through(filter));
        assertNotNull(controller(1, 6, 9).through(filter));
        assertNotNull(controller(1, 38, 9).through(filter));
        assertNull(controller(2, 6, 9).through(filter));
        assertNull(controller(1, 7, 9).through(filter));
        assertNull(controller(1, 101, 0).through(filter));
        assertNull(controller(1, 96, 0).through(filter));
        assertNull(noteOn(1, 60, 9).through(filter));
    }

    @Test
    void shouldTakeParametersAwayFromControllers() {
        CompiledFilter filter = filter("not rpn");
        assertNotNull(controller(1, 6, 9).through(filter));
        assertNull(controller(1, 101, 0).through(filter));
        assertNull(controller(1, 97, 9).through(filter));
        assertNotNull(controller(1, 99, 0).through(filter));
        assertNotNull(controller(1, 6, 9).through(filter));
        assertNotNull(noteOn(1, 60, 9).through(filter));
    }

    @Test
    void shouldAddControllersToParameters() {
        CompiledFilter filter = filter("rpn cc 7 not cc 38");
        assertNotNull(controller(1, 7, 9).through(filter));
        assertNotNull(controller(1, 100, 0).through(filter));
        assertNotNull(controller(1, 6, 9).through(filter));
        assertNull(controller(1, 38, 9).through(filter));
        assertStop("nrpn not cc", controller(1, 99, 0));
    }
}
