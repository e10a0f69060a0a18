package org.carillon.filter;

import static org.carillon.filter.Argument.one;
import static org.carillon.filter.Argument.optional;
import static org.carillon.filter.Argument.pair;
import static org.carillon.filter.Argument.span;
import static org.carillon.filter.Word.selector;

import java.util.List;
import org.carillon.api.filter.FilterTables;
import org.carillon.protocol.EventType;

/** The words that accept, as a table. */
final class Selectors {
    static final List<Word> WORDS = List.of(
            selector("port", "MidiShare port of the event", (s, accept, v) -> s.ports(accept, v.whole(0), v.whole(1)),
                    span("N", Quantity.PORT)),
            selector("ch", "channel", (s, accept, v) -> s.channels(accept, v.whole(0), v.whole(1)),
                    span("N", Quantity.CHANNEL)),
            selector("type", "one type of event", (s, accept, v) -> s.type(accept, v.whole(0)),
                    one("NAME|CODE", Quantity.TYPE)),
            selector("voice", "all channel voice messages", types(EventType.NOTE, EventType.KEY_ON, EventType.KEY_OFF,
                    EventType.KEY_PRESS, EventType.CONTROL_CHANGE, EventType.PROGRAM_CHANGE, EventType.CHANNEL_PRESS,
                    EventType.PITCH_WHEEL)),
            selector("note", "whole notes, note-ons and note-offs", notes(FilterTables.WHOLE_NOTE | FilterTables.NOTE_ON
                    | FilterTables.NOTE_OFF | FilterTables.SILENT_NOTE_ON), optional("NOTE", Quantity.NOTE)),
            selector("on", "whole notes and note-ons", notes(FilterTables.WHOLE_NOTE | FilterTables.NOTE_ON),
                    optional("NOTE", Quantity.NOTE)),
            selector("off", "note-offs", notes(FilterTables.NOTE_OFF | FilterTables.SILENT_NOTE_ON),
                    optional("NOTE", Quantity.NOTE)),
            selector("pp", "poly pressure", notes(FilterTables.POLY_PRESSURE), optional("NOTE", Quantity.NOTE)),
            selector("cc", "controllers", (s, accept, v) -> s.controllers(accept, v.whole(0), v.whole(1)),
                    optional("NUMBER", Quantity.CONTROLLER)),
            selector("pc", "programs", (s, accept, v) -> s.programs(accept, v.whole(0), v.whole(1)),
                    optional("NUMBER", Quantity.PROGRAM)),
            selector("pb", "pitch bend", types(EventType.PITCH_WHEEL)),
            selector("cp", "channel pressure", types(EventType.CHANNEL_PRESS)),
            selector("nrpn", "non-registered parameters", (s, accept, v) -> s.parameters(accept, FilterTables.NRPN)),
            selector("rpn", "registered parameters", (s, accept, v) -> s.parameters(accept, FilterTables.RPN)),
            selector("syx", "system exclusive", types(EventType.SYSEX)),
            selector("sc", "system common", types(EventType.QUARTER_FRAME, EventType.SONG_POSITION,
                    EventType.SONG_SELECT, EventType.TUNE)),
            selector("clock", "timing clock", types(EventType.CLOCK)),
            selector("rt", "system real-time", types(EventType.CLOCK, EventType.START, EventType.CONTINUE,
                    EventType.STOP, EventType.ACTIVE_SENSING, EventType.RESET)),
            selector("noterange", "notes from low to high",
                    (s, accept, v) -> s.noteRange(accept, v.whole(0), v.whole(1)), pair("LO HI", Quantity.NOTE)),
            selector("velrange", "velocities from low to high",
                    (s, accept, v) -> s.velocityRange(accept, v.whole(0), v.whole(1)),
                    pair("LO HI", Quantity.VELOCITY)),
            selector("ccrange", "values of a controller from low to high",
                    (s, accept, v) -> s.controllerRange(accept, v.whole(0), v.whole(1), v.whole(2)),
                    one("NUMBER", Quantity.CONTROLLER), pair("LO HI", Quantity.VALUE)));

    private Selectors() {}

    private static Word.Selector types(int... types) {
        return (selection, accept, values) -> {
            for (int type : types) {
                selection.type(accept, EventType.code(type));
            }
        };
    }

    private static Word.Selector notes(int kinds) {
        return (selection, accept, values) -> selection.notes(accept, kinds, values.whole(0), values.whole(1));
    }
}
