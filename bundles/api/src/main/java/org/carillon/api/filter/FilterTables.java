package org.carillon.api.filter;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import org.carillon.protocol.EventType;

/**
 * The tables of a filter while it is being made: what is accepted, then what it becomes. A new one accepts everything
 * and changes nothing. Transforms are composed in the order of the calls.
 */
public final class FilterTables {
    private static final int VALUES = 128;

    final long[] types = {-1L, -1L, -1L, -1L};
    final long[] ports = {-1L, -1L, -1L, -1L};
    int channels = 0xFFFF;
    final byte[] channelOf = identity(16);
    final byte[] pitchOf = identity(VALUES);
    final byte[] velocityOf = identity(VALUES);
    final byte[] controllerOf = identity(VALUES);
    final byte[][] controllerValueOf = new byte[VALUES][];
    final byte[] programOf = identity(VALUES);
    boolean acceptsNrpn;
    boolean acceptsRpn;

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

    /** Rejects every controller, so that single ones can be accepted again. */
    public void rejectControllers() {
        Arrays.fill(controllerOf, CompiledFilter.REJECT);
    }

    public void acceptController(int number, boolean accepted) {
        controllerOf[number] = accepted ? (byte) number : CompiledFilter.REJECT;
    }

    public void rejectPrograms() {
        Arrays.fill(programOf, CompiledFilter.REJECT);
    }

    public void acceptProgram(int number, boolean accepted) {
        programOf[number] = accepted ? (byte) number : CompiledFilter.REJECT;
    }

    public void rejectPitches() {
        Arrays.fill(pitchOf, CompiledFilter.REJECT);
    }

    public void acceptPitch(int pitch, boolean accepted) {
        pitchOf[pitch] = accepted ? (byte) pitch : CompiledFilter.REJECT;
    }

    /** Lets the messages of non-registered parameters pass, whatever is said of their controllers. */
    public void acceptNrpn(boolean accepted) {
        acceptsNrpn = accepted;
    }

    /** Lets the messages of registered parameters pass, whatever is said of their controllers. */
    public void acceptRpn(boolean accepted) {
        acceptsRpn = accepted;
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

    private static byte[] identity(int length) {
        byte[] table = new byte[length];
        for (int i = 0; i < length; i++) {
            table[i] = (byte) i;
        }
        return table;
    }
}
