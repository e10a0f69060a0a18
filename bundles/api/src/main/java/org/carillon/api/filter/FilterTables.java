package org.carillon.api.filter;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import org.carillon.protocol.EventType;

/**
 * The tables of a filter while it is being made: what is accepted, then what it becomes. A new one accepts everything
 * and changes nothing. Transforms are composed in the order of the calls.
 */
public final class FilterTables {
    /** Kinds of notes, as bits; the first four stand for the types of the same order. */
    public static final int WHOLE_NOTE = 1;
    /** A note-on with a velocity above 0. */
    public static final int NOTE_ON = 2;
    public static final int NOTE_OFF = 4;
    public static final int POLY_PRESSURE = 8;
    /** A note-on with velocity 0, which is a note-off. */
    public static final int SILENT_NOTE_ON = 16;

    /** What a controller message can be a part of, as bits: nothing, a non-registered or a registered parameter. */
    public static final int PLAIN = 1;
    public static final int NRPN = 2;
    public static final int RPN = 4;

    private static final int VALUES = 128;
    private static final byte ALL = 0x7F;

    final long[] types = {-1L, -1L, -1L, -1L};
    final long[] ports = {-1L, -1L, -1L, -1L};
    int channels = 0xFFFF;
    final byte[] channelOf = identity(16);
    final byte[] notes = filled(VALUES, ALL);
    final byte[] pitchOf = identity(VALUES);
    final byte[] velocityOf = identity(VALUES);
    final byte[] controllers = filled(VALUES, ALL);
    final byte[] controllerOf = identity(VALUES);
    final byte[][] controllerValueOf = new byte[VALUES][];
    final byte[] programOf = identity(VALUES);

    /** Rejects every type, so that single ones can be accepted again. */
    public void rejectTypes() {
        Arrays.fill(types, 0L);
    }

    /** @param type of {@link EventType}. */
    public void acceptType(int type, boolean accepted) {
        setBit(types, EventType.code(type), accepted);
    }

    public void rejectPorts() {
        Arrays.fill(ports, 0L);
    }

    /** @param port 0 to 255. */
    public void acceptPort(int port, boolean accepted) {
        setBit(ports, port, accepted);
    }

    /** @param mask bit 0 is the first channel. */
    public void channels(int mask) {
        channels = mask & 0xFFFF;
    }

    /**
     * Accepts or rejects a controller. Parts other than {@link #PLAIN} are told apart for 98 and 99, which are always
     * {@link #NRPN}, for 100 and 101, which are always {@link #RPN}, and for data entry (6, 38, 96, 97), which belongs
     * to what its channel has selected last, or is plain before that.
     *
     * @param parts {@link #PLAIN}, {@link #NRPN}, {@link #RPN}, or several of them.
     */
    public void acceptController(int parts, int number, boolean accepted) {
        controllers[number] = (byte) (accepted ? controllers[number] | parts : controllers[number] & ~parts);
    }

    public void rejectPrograms() {
        Arrays.fill(programOf, CompiledFilter.REJECT);
    }

    public void acceptProgram(int number, boolean accepted) {
        programOf[number] = accepted ? (byte) number : CompiledFilter.REJECT;
    }

    /**
     * Accepts or rejects a note, as it comes in, in messages of some kinds.
     *
     * @param kinds {@link #WHOLE_NOTE}, {@link #NOTE_ON}, {@link #NOTE_OFF}, {@link #POLY_PRESSURE},
     *        {@link #SILENT_NOTE_ON}, or several of them.
     */
    public void acceptNote(int kinds, int pitch, boolean accepted) {
        notes[pitch] = (byte) (accepted ? notes[pitch] | kinds : notes[pitch] & ~kinds);
    }

    /** Applies a function to the channel that comes out, 0 to 15. */
    public void mapChannel(IntUnaryOperator function) {
        compose(channelOf, function);
    }

    /** Applies a function to the pitch that comes out so far; a negative result rejects. */
    public void mapPitch(IntUnaryOperator function) {
        compose(pitchOf, function);
    }

    /** Applies a function to the velocity of note-ons that comes out so far; a negative result rejects. */
    public void mapVelocity(IntUnaryOperator function) {
        compose(velocityOf, function);
    }

    /** Applies a function to the controller number that comes out so far. */
    public void mapController(IntUnaryOperator function) {
        compose(controllerOf, function);
    }

    /** Applies a function to the values of those controllers that come out as this number so far. */
    public void mapControllerValue(int number, IntUnaryOperator function) {
        for (int in = 0; in < VALUES; in++) {
            if (controllerOf[in] == number) {
                if (controllerValueOf[in] == null) {
                    controllerValueOf[in] = identity(VALUES);
                }
                compose(controllerValueOf[in], function);
            }
        }
    }

    /** Applies a function to the program that comes out so far. */
    public void mapProgram(IntUnaryOperator function) {
        compose(programOf, function);
    }

    /**
     * Makes the filter.
     *
     * @param words what it was made from, for people.
     */
    public CompiledFilter compile(String words) {
        return new CompiledFilter(this, words);
    }

    boolean acceptsNoteOns() {
        for (byte kinds : notes) {
            if ((kinds & NOTE_ON) != 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether it matters anywhere what a controller message is a part of. */
    boolean judgesParameters() {
        for (byte parts : controllers) {
            if ((parts & (PLAIN | NRPN | RPN)) != 0 && (~parts & (PLAIN | NRPN | RPN)) != 0) {
                return true;
            }
        }
        return false;
    }

    private static void compose(byte[] table, IntUnaryOperator function) {
        for (int in = 0; in < table.length; in++) {
            if (table[in] >= 0) {
                table[in] = (byte) Math.clamp(function.applyAsInt(table[in]), -1, table.length - 1);
            }
        }
    }

    private static void setBit(long[] bits, int index, boolean set) {
        if (set) {
            bits[index >>> 6] |= 1L << index;
        } else {
            bits[index >>> 6] &= ~(1L << index);
        }
    }

    private static byte[] filled(int length, byte value) {
        byte[] table = new byte[length];
        Arrays.fill(table, value);
        return table;
    }

    private static byte[] identity(int length) {
        byte[] table = new byte[length];
        for (int i = 0; i < length; i++) {
            table[i] = (byte) i;
        }
        return table;
    }
}
