package org.carillon.sampler.voice;

/** A short MIDI 1.0 message in an int: {@code status << 16 | data1 << 8 | data2}. */
final class Message {
    private static final int STATUS_SHIFT = 16;
    private static final int DATA1_SHIFT = 8;
    private static final int MIN_STATUS = 0x80;
    private static final int MAX_STATUS = 0xFF;
    private static final int MAX_DATA = 0x7F;

    private Message() {}

    static int of(int status, int data1, int data2) {
        if (status < MIN_STATUS || status > MAX_STATUS || (data1 | data2) < 0 || (data1 | data2) > MAX_DATA) {
            throw Refusal.of(status, data1, data2);
        }
        return status << STATUS_SHIFT | data1 << DATA1_SHIFT | data2;
    }

    static int status(int message) {
        return message >>> STATUS_SHIFT;
    }

    static int data1(int message) {
        return message >>> DATA1_SHIFT & MAX_DATA;
    }

    static int data2(int message) {
        return message & MAX_DATA;
    }

    /** Has the strings, which a class of the audio thread must not have. */
    private static final class Refusal {
        static IllegalArgumentException of(int status, int data1, int data2) {
            return new IllegalArgumentException("message must have a status of 128 to 255 and data of 0 to 127: status="
                    + status + ", data1=" + data1 + ", data2=" + data2);
        }
    }
}
