package org.carillon.api.filter;

import java.util.Arrays;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;

/**
 * What may pass and what it becomes, as tables: one look-up for each part of a message, whatever words it was made
 * from. Has a little state (which parameter a channel has selected), so each connection has one of its own. Used by the
 * kernel's thread only.
 * <p>
 * Events are accepted as MidiShare does: by port, by type, and by channel for the types that have one; notes,
 * velocities, controllers and programs then go through their tables. Pieces of system exclusive messages, tasks and
 * MIDI 2.0 words are only accepted or rejected.
 */
public final class CompiledFilter {
    /** What {@link #apply} returns for an event that may not pass; no message has these bytes. */
    public static final long REJECTED = -1L;
    /** An entry of a table that rejects. */
    static final byte REJECT = -1;

    private static final int KEYS = 16 * 128;
    private static final int DATA_ENTRY = 6;
    private static final int DATA_ENTRY_LSB = 38;
    private static final int DATA_INCREMENT = 96;
    private static final int DATA_DECREMENT = 97;
    private static final int NRPN_LSB = 98;
    private static final int NRPN_MSB = 99;
    private static final int RPN_LSB = 100;
    private static final int RPN_MSB = 101;

    private final long[] types;
    private final long[] ports;
    private final boolean everyPort;
    private final int channels;
    private final byte[] channelOf;
    private final byte[] notes;
    /** Of note-ons: the key that comes out for the key that came in, channel times 128 plus pitch, or -1. */
    private final short[] noteOnOf;
    private final boolean acceptsNoteOns;
    private final byte[] pitchOf;
    private final byte[] velocityOf;
    private final byte[] controllers;
    private final boolean judgesParameters;
    private final byte[] controllerOf;
    private final byte[][] controllerValueOf;
    private final byte[] programOf;
    private final byte[] selected = new byte[16];
    private final String words;

    CompiledFilter(FilterTables tables, String words) {
        types = tables.types.clone();
        ports = tables.ports.clone();
        everyPort = (ports[0] & ports[1] & ports[2] & ports[3]) == -1L;
        channels = tables.channels;
        channelOf = tables.channelOf.clone();
        notes = tables.notes.clone();
        acceptsNoteOns = acceptsType(EventType.KEY_ON) && tables.acceptsNoteOns();
        pitchOf = tables.pitchOf.clone();
        velocityOf = tables.velocityOf.clone();
        controllers = tables.controllers.clone();
        judgesParameters = tables.judgesParameters();
        controllerOf = tables.controllerOf.clone();
        controllerValueOf = tables.controllerValueOf.clone();
        programOf = tables.programOf.clone();
        noteOnOf = noteOns();
        Arrays.fill(selected, (byte) FilterTables.PLAIN);
        this.words = words;
    }

    private CompiledFilter(CompiledFilter other) {
        types = other.types;
        ports = other.ports;
        everyPort = other.everyPort;
        channels = other.channels;
        channelOf = other.channelOf;
        notes = other.notes;
        noteOnOf = other.noteOnOf;
        acceptsNoteOns = other.acceptsNoteOns;
        pitchOf = other.pitchOf;
        velocityOf = other.velocityOf;
        controllers = other.controllers;
        judgesParameters = other.judgesParameters;
        controllerOf = other.controllerOf;
        controllerValueOf = other.controllerValueOf;
        programOf = other.programOf;
        Arrays.fill(selected, (byte) FilterTables.PLAIN);
        words = other.words;
    }

    private short[] noteOns() {
        short[] keys = new short[KEYS];
        for (int key = 0; key < KEYS; key++) {
            int channel = key >>> 7;
            int pitch = key & 0x7F;
            boolean passes = acceptsType(EventType.KEY_ON) && (channels & 1 << channel) != 0
                    && (notes[pitch] & FilterTables.NOTE_ON) != 0 && pitchOf[pitch] >= 0;
            keys[key] = passes ? (short) (channelOf[channel] << 7 | pitchOf[pitch]) : REJECT;
        }
        return keys;
    }

    /** The same filter with a state of its own. */
    public CompiledFilter copy() {
        return new CompiledFilter(this);
    }

    /** The words that this was made from. */
    public String words() {
        return words;
    }

    /** Whether events of a type may pass at all. */
    public boolean acceptsType(int type) {
        return (types[EventType.code(type) >>> 6] & 1L << type) != 0;
    }

    /**
     * Whether any note-on may pass. Where none may, a note-off has no note-on to follow, and {@link #apply} alone says
     * whether it passes.
     */
    public boolean acceptsNoteOns() {
        return acceptsNoteOns;
    }

    /** What a note-on with a velocity above 0 becomes, in the fewest steps. */
    public long applyNoteOn(long word, long data) {
        int key = noteOnOf[((int) data & 0xF) << 7 | Event.data1(data) & 0x7F];
        int velocity = velocityOf[Event.data2(data) & 0x7F];
        return (key | velocity) < 0 || !everyPort && !acceptsPort(Event.port(word))
                ? REJECTED
                : data & ~0xFFFF0FL | key >>> 7 | (key & 0x7FL) << 8 | (long) velocity << 16;
    }

    /**
     * What an event becomes.
     *
     * @param word as {@link Event#word()}.
     * @param data as {@link Event#data()}.
     * @return the data that goes on, or {@link #REJECTED}.
     */
    public long apply(int type, long word, long data) {
        if (type == EventType.KEY_ON && Event.data2(data) != 0) {
            return applyNoteOn(word, data);
        }
        if (!acceptsType(type) || !everyPort && !acceptsPort(Event.port(word))) {
            return REJECTED;
        }
        if (!EventType.hasChannel(type)) {
            return data;
        }
        int channel = (int) data & 0xF;
        if ((channels & 1 << channel) == 0) {
            return REJECTED;
        }
        long moved = data & ~0xFL | channelOf[channel];
        return type <= EventType.KEY_PRESS ? note(type, moved) : other(type, channel, moved);
    }

    private boolean acceptsPort(int port) {
        return (ports[port >>> 6] & 1L << port) != 0;
    }

    private long note(int type, long data) {
        int in = Event.data1(data) & 0x7F;
        int velocity = Event.data2(data) & 0x7F;
        int kind = type == EventType.KEY_ON ? FilterTables.SILENT_NOTE_ON : 1 << EventType.code(type);
        if (type == EventType.NOTE && velocity != 0) {
            velocity = velocityOf[velocity];
        }
        int pitch = pitchOf[in];
        return (notes[in] & kind) == 0 || (pitch | velocity) < 0
                ? REJECTED
                : data & ~0xFFFF00L | (long) pitch << 8 | (long) velocity << 16;
    }

    private long other(int type, int channel, long data) {
        return switch (type) {
            case EventType.CONTROL_CHANGE -> controller(channel, data);
            case EventType.PROGRAM_CHANGE -> {
                int program = programOf[Event.data1(data) & 0x7F];
                yield program < 0 ? REJECTED : data & ~0xFF00L | (long) program << 8;
            }
            default -> data;
        };
    }

    private long controller(int channel, long data) {
        int number = Event.data1(data) & 0x7F;
        int value = Event.data2(data) & 0x7F;
        int part = judgesParameters ? part(channel, number) : FilterTables.PLAIN;
        if ((controllers[number] & part) == 0) {
            return REJECTED;
        }
        int out = controllerOf[number];
        byte[] values = controllerValueOf[number];
        if (values != null) {
            value = values[value];
        }
        return (out | value) < 0 ? REJECTED : data & ~0xFFFF00L | (long) out << 8 | (long) value << 16;
    }

    /** What a controller message is a part of; remembers the kind of parameter that the channel has selected. */
    private int part(int channel, int number) {
        return switch (number) {
            case NRPN_LSB, NRPN_MSB -> selected[channel] = FilterTables.NRPN;
            case RPN_LSB, RPN_MSB -> selected[channel] = FilterTables.RPN;
            case DATA_ENTRY, DATA_ENTRY_LSB, DATA_INCREMENT, DATA_DECREMENT -> selected[channel];
            default -> FilterTables.PLAIN;
        };
    }
}
