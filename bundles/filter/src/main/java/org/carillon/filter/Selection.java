package org.carillon.filter;

import org.carillon.api.filter.FilterTables;
import org.carillon.protocol.EventType;

/**
 * What the selectors and ranges of a filter have said so far. Kinds of messages are points on one line, so that adding
 * them up and taking them away need no rules of their own:
 *
 * <pre>
 *      0  256 types; the codes of notes, poly pressure, controllers and programs are not used
 *    256  5 x 128 notes, by kind: whole notes, note-ons, note-offs, poly pressure, silent note-ons
 *    896  3 x 128 controllers, by what they are part of: nothing, a non-registered, a registered parameter
 *   1280  128 programs
 * </pre>
 */
final class Selection {
    private static final int VALUES = 128;
    private static final int TYPES = 256;
    private static final int NOTE_KINDS = 5;
    private static final int CONTROLLER_PARTS = 3;
    private static final int NOTES_OFFSET = TYPES;
    private static final int CONTROLLERS_OFFSET = NOTES_OFFSET + NOTE_KINDS * VALUES;
    private static final int PROGRAMS_OFFSET = CONTROLLERS_OFFSET + CONTROLLER_PARTS * VALUES;
    private static final int ALL_PARTS = FilterTables.PLAIN | FilterTables.NRPN | FilterTables.RPN;
    private static final int PORTS = 256;
    private static final int CHANNELS = 16;
    private static final int NRPN_LSB = 98;
    private static final int RPN_LSB = 100;
    private static final int[] DATA_ENTRY = {6, 38, 96, 97};

    private final Dimension ports = new Dimension();
    private final Dimension channels = new Dimension();
    private final Dimension kinds = new Dimension();
    private final Dimension noteRange = new Dimension();
    private final Dimension velocityRange = new Dimension();
    private final Dimension[] controllerRanges = new Dimension[VALUES];

    void ports(boolean accept, int low, int high) {
        ports.add(accept, low, high);
    }

    /** Channels from 1. */
    void channels(boolean accept, int low, int high) {
        channels.add(accept, low - 1, high - 1);
    }

    /** A type with all that it carries, by its code. */
    void type(boolean accept, int code) {
        switch (EventType.BASE + code) {
            case EventType.NOTE -> notes(accept, FilterTables.WHOLE_NOTE, 0, VALUES - 1);
            case EventType.KEY_ON ->
                notes(accept, FilterTables.NOTE_ON | FilterTables.SILENT_NOTE_ON, 0, VALUES - 1);
            case EventType.KEY_OFF -> notes(accept, FilterTables.NOTE_OFF, 0, VALUES - 1);
            case EventType.KEY_PRESS -> notes(accept, FilterTables.POLY_PRESSURE, 0, VALUES - 1);
            case EventType.CONTROL_CHANGE -> controllers(accept, 0, VALUES - 1);
            case EventType.PROGRAM_CHANGE -> programs(accept, 0, VALUES - 1);
            default -> kinds.add(accept, code, code);
        }
    }

    /** @param noteKinds bits of {@link FilterTables}. */
    void notes(boolean accept, int noteKinds, int low, int high) {
        for (int kind = 0; kind < NOTE_KINDS; kind++) {
            if ((noteKinds & 1 << kind) != 0) {
                int offset = NOTES_OFFSET + kind * VALUES;
                kinds.add(accept, offset + low, offset + high);
            }
        }
    }

    /** Controllers, whatever they are a part of. */
    void controllers(boolean accept, int low, int high) {
        controllers(accept, ALL_PARTS, low, high);
    }

    /** @param part {@link FilterTables#NRPN} or {@link FilterTables#RPN}. */
    void parameters(boolean accept, int part) {
        int selecting = part == FilterTables.NRPN ? NRPN_LSB : RPN_LSB;
        controllers(accept, part, selecting, selecting + 1);
        for (int number : DATA_ENTRY) {
            controllers(accept, part, number, number);
        }
    }

    void programs(boolean accept, int low, int high) {
        kinds.add(accept, PROGRAMS_OFFSET + low, PROGRAMS_OFFSET + high);
    }

    void noteRange(boolean accept, int low, int high) {
        noteRange.add(accept, low, high);
    }

    void velocityRange(boolean accept, int low, int high) {
        velocityRange.add(accept, low, high);
    }

    void controllerRange(boolean accept, int number, int low, int high) {
        if (controllerRanges[number] == null) {
            controllerRanges[number] = new Dimension();
        }
        controllerRanges[number].add(accept, low, high);
    }

    /** Writes all of it to new tables. */
    void write(FilterTables tables) {
        for (int port = 0; port < PORTS; port++) {
            tables.acceptPort(port, ports.accepts(port));
        }
        int mask = 0;
        for (int channel = 0; channel < CHANNELS; channel++) {
            mask |= channels.accepts(channel) ? 1 << channel : 0;
        }
        tables.channels(mask);
        for (int code = 0; code < TYPES; code++) {
            tables.acceptType(EventType.BASE + code, acceptsType(code));
        }
        for (int value = 0; value < VALUES; value++) {
            writeNote(tables, value);
            writeController(tables, value);
            tables.acceptProgram(value, kinds.accepts(PROGRAMS_OFFSET + value));
        }
        if (!velocityRange.isOpen()) {
            tables.mapVelocity(velocity -> velocityRange.accepts(velocity) ? velocity : -1);
        }
    }

    private void controllers(boolean accept, int parts, int low, int high) {
        for (int part = 0; part < CONTROLLER_PARTS; part++) {
            if ((parts & 1 << part) != 0) {
                int offset = CONTROLLERS_OFFSET + part * VALUES;
                kinds.add(accept, offset + low, offset + high);
            }
        }
    }

    private boolean acceptsType(int code) {
        return switch (EventType.BASE + code) {
            case EventType.NOTE -> acceptsNotes(FilterTables.WHOLE_NOTE);
            case EventType.KEY_ON -> acceptsNotes(FilterTables.NOTE_ON) || acceptsNotes(FilterTables.SILENT_NOTE_ON);
            case EventType.KEY_OFF -> acceptsNotes(FilterTables.NOTE_OFF);
            case EventType.KEY_PRESS -> acceptsNotes(FilterTables.POLY_PRESSURE);
            case EventType.CONTROL_CHANGE -> kinds.acceptsAny(CONTROLLERS_OFFSET, PROGRAMS_OFFSET - 1);
            case EventType.PROGRAM_CHANGE -> kinds.acceptsAny(PROGRAMS_OFFSET, PROGRAMS_OFFSET + VALUES - 1);
            default -> kinds.accepts(code);
        };
    }

    private boolean acceptsNotes(int noteKind) {
        int kind = Integer.numberOfTrailingZeros(noteKind);
        for (int note = 0; note < VALUES; note++) {
            if (acceptsNote(kind, note)) {
                return true;
            }
        }
        return false;
    }

    private boolean acceptsNote(int kind, int note) {
        return noteRange.accepts(note) && kinds.accepts(NOTES_OFFSET + kind * VALUES + note);
    }

    private void writeNote(FilterTables tables, int note) {
        for (int kind = 0; kind < NOTE_KINDS; kind++) {
            tables.acceptNote(1 << kind, note, acceptsNote(kind, note));
        }
    }

    private void writeController(FilterTables tables, int number) {
        for (int part = 0; part < CONTROLLER_PARTS; part++) {
            tables.acceptController(1 << part, number, kinds.accepts(CONTROLLERS_OFFSET + part * VALUES + number));
        }
        Dimension range = controllerRanges[number];
        if (range != null) {
            tables.mapControllerValue(number, value -> range.accepts(value) ? value : -1);
        }
    }
}
