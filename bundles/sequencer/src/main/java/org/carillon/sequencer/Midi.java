package org.carillon.sequencer;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Numbers of MIDI 1.0 and of Standard MIDI Files (MMA, RP-001) that more than one class needs. */
final class Midi {
    static final int NOTE_OFF = 0x80;
    static final int NOTE_ON = 0x90;
    static final int CONTROL = 0xB0;
    static final int PROGRAM = 0xC0;
    static final int CHANNEL_PRESSURE = 0xD0;
    static final int BEND = 0xE0;
    static final int SYSEX = 0xF0;
    /** In a file: a packet that goes on with a system exclusive message, or bytes to be sent as they are. */
    static final int ESCAPE = 0xF7;
    static final int SYSEX_END = 0xF7;
    static final int META = 0xFF;

    static final int META_SEQUENCE_NUMBER = 0x00;
    static final int META_TEXT = 0x01;
    static final int META_TRACK_NAME = 0x03;
    static final int META_LAST_TEXT = 0x0F;
    static final int META_DEVICE_NAME = 0x09;
    static final int META_CHANNEL_PREFIX = 0x20;
    static final int META_PORT_PREFIX = 0x21;
    static final int META_END_OF_TRACK = 0x2F;
    static final int META_TEMPO = 0x51;
    static final int META_SMPTE_OFFSET = 0x54;
    static final int META_TIME_SIGNATURE = 0x58;
    static final int META_KEY_SIGNATURE = 0x59;

    /** Bytes before the data of a meta event as a track keeps it: 0xFF and its type. */
    static final int META_HEAD = 2;
    static final int CHANNELS = 16;
    static final int KEYS = 128;
    /** The longest time between two events, and the longest event, that four bytes can say. */
    static final int MAX_VAR_LENGTH = 0x0FFF_FFFF;
    static final int DEFAULT_TEMPO_US = 500_000;
    static final int MAX_TEMPO_US = 0xFF_FFFF;

    private Midi() {}

    /** Bytes after the status byte; 0 for bytes that start no message of a fixed length. */
    static int dataLength(int status) {
        return switch (status & 0xF0) {
            case 0xC0, 0xD0 -> 1;
            case 0xF0 -> switch (status) {
                case 0xF1, 0xF3 -> 1;
                case 0xF2 -> 2;
                default -> 0;
            };
            default -> 2;
        };
    }

    static boolean isChannel(int status) {
        return status >= NOTE_OFF && status < SYSEX;
    }

    /** Text of a file: UTF-8 where it is that, else Latin-1, which takes any bytes. */
    static String text(byte[] bytes, int from, int lengthBytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, lengthBytes)).toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, from, lengthBytes, StandardCharsets.ISO_8859_1);
        }
    }
}
