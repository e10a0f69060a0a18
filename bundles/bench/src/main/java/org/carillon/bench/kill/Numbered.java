package org.carillon.bench.kill;

import java.util.concurrent.TimeUnit;
import org.carillon.client.ClientSource;

/**
 * Events that carry a running number as their date, and whose data follows from it, so that whoever receives one knows
 * whether it is whole. The dates lie far in the past: they are routed at once and keep it. As {@code payload.hpp} has
 * them.
 */
final class Numbered {
    static final int MAX_SYSEX = 6_000;
    static final int HEAD = 2 + 9;
    static final int KEY_PRESSURE = 0xA0;

    private static final long DATE_OF_ZERO = -(1L << 62);
    private static final int NUMBER_BITS = 32;
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;
    private static final int HASH_SHIFT = 50;
    private static final int SEVEN_BITS = 0x7F;
    private static final int PLACES = 16;
    private static final byte[] PATTERN = pattern();

    private Numbered() {}

    private static byte[] pattern() {
        byte[] bytes = new byte[MAX_SYSEX + PLACES];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (hash(i) & SEVEN_BITS);
        }
        return bytes;
    }

    static long date(long number) {
        return DATE_OF_ZERO + number;
    }

    static long number(long dateNs) {
        return dateNs - DATE_OF_ZERO;
    }

    static long first(long sender) {
        return sender + 1 << NUMBER_BITS;
    }

    static long sender(long number) {
        return (number >> NUMBER_BITS) - 1;
    }

    /** Fourteen bits that follow from a number. */
    static int hash(long number) {
        return (int) (number * MULTIPLIER >>> HASH_SHIFT);
    }

    /** A whole system exclusive message. */
    static byte[] message(int length, long number) {
        byte[] message = new byte[length];
        message[0] = (byte) 0xF0;
        message[1] = 0x7D; // of no manufacturer
        for (int i = 0; i < HEAD - 2; i++) {
            message[2 + i] = (byte) (number >> 7 * i & SEVEN_BITS);
        }
        System.arraycopy(PATTERN, (int) (number & PLACES - 1), message, HEAD, length - HEAD - 1);
        message[length - 1] = (byte) 0xF7;
        return message;
    }

    /** Sends one event after the other; the next number is due only when the last one was taken. */
    static final class Sender {
        private static final long ROOM_LIMIT_NS = TimeUnit.SECONDS.toNanos(5);
        private static final int ONE_RECORD = 900;
        private static final int SHARE_OF_SHORT = 4;
        private static final int SHARE_OF_LONG = 2;

        private final ClientSource source;
        private final java.util.SplittableRandom random;
        private long next;

        Sender(ClientSource source, long first, long seed) {
            this.source = source;
            next = first;
            random = new java.util.SplittableRandom(seed);
        }

        long next() {
            return next;
        }

        /** A short one, or a system exclusive one of any length; false when it was not taken as a whole. */
        boolean send() {
            boolean isSent = random.nextInt(SHARE_OF_SHORT) == 0 ? sendShort() : sendLong();
            if (isSent) {
                next++;
            }
            return isSent;
        }

        private boolean sendShort() {
            int hash = hash(next);
            return source.send(date(next), KEY_PRESSURE, hash & SEVEN_BITS, hash >> 7);
        }

        private boolean sendLong() {
            int most = random.nextInt(SHARE_OF_LONG) == 0 ? MAX_SYSEX : ONE_RECORD;
            return source.sendMessage(date(next), message(random.nextInt(HEAD + 1, most + 1), next), ROOM_LIMIT_NS);
        }
    }
}
