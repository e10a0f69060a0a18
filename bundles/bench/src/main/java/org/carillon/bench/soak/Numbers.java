package org.carillon.bench.soak;

import java.io.ByteArrayOutputStream;

/** How events carry numbers: as {@code soak_guests.hpp} says. */
final class Numbers {
    static final int IN_FOUR = 4;
    static final int CONTROLLER_BITS = 5;
    static final int CONTROLLER_MASK = (1 << CONTROLLER_BITS) - 1;
    static final int SEVEN_BITS = 0x7F;
    static final int LOW_PITCH = 12;
    static final int PITCHES = 96;
    static final int VELOCITIES = 127;

    private static final int NUMBER_BITS = 40;
    private static final long NUMBER_FACTOR = 0x9E3779B97F4A7C15L;
    private static final long SOURCE_FACTOR = 0xC2B2AE3D27D4EB4FL;
    private static final int NUMBER_BYTES = 5;
    private static final int HEAD_LENGTH = 2 + 2 * NUMBER_BYTES;
    private static final int TAIL_LENGTH = 3;
    private static final int BEGIN = 0xF0;
    private static final int NO_MAKER = 0x7D;
    private static final int END = 0xF7;
    private static final int SHORTEST = 200;
    private static final int MOST = 5000;

    private Numbers() {}

    private static long check(long number, int source) {
        return number * NUMBER_FACTOR + source * SOURCE_FACTOR >>> NUMBER_BITS;
    }

    /** A pair of words. */
    static long words(long number, int source) {
        return number | check(number, source) << NUMBER_BITS;
    }

    /** The number in a pair of words, or -1 where it is not whole. */
    static long number(long words, int source) {
        long number = words & (1L << NUMBER_BITS) - 1;
        return words >>> NUMBER_BITS == check(number, source) ? number : -1;
    }

    /** A system exclusive message. */
    static byte[] sysex(long number, int source) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.write(BEGIN);
        message.write(NO_MAKER);
        append(message, number, NUMBER_BYTES);
        append(message, source, NUMBER_BYTES);
        for (long i = 0, length = SHORTEST + number * 977 % MOST; i < length; i++) {
            message.write((int) (number + i * 7) & SEVEN_BITS);
        }
        append(message, sum(message.toByteArray(), message.size()), 2);
        message.write(END);
        return message.toByteArray();
    }

    /** The number of a system exclusive message, or -1 where it is not whole or of another source. */
    static long number(byte[] message, int source) {
        int length = message.length;
        boolean isWhole = length >= HEAD_LENGTH + TAIL_LENGTH && (message[0] & 0xFF) == BEGIN
                && (message[length - 1] & 0xFF) == END && value(message, 2 + NUMBER_BYTES, NUMBER_BYTES) == source
                && value(message, length - TAIL_LENGTH, 2) == sum(message, length - TAIL_LENGTH);
        return isWhole ? value(message, 2, NUMBER_BYTES) : -1;
    }

    private static void append(ByteArrayOutputStream message, long value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            message.write((int) (value >>> 7 * i) & SEVEN_BITS);
        }
    }

    private static long value(byte[] message, int from, int bytes) {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (long) message[from + i] << 7 * i;
        }
        return value;
    }

    private static int sum(byte[] message, int length) {
        int sum = 0;
        for (int i = 0; i < length; i++) {
            sum = sum * 31 + (message[i] & 0xFF);
        }
        return sum & 0x3FFF;
    }
}
