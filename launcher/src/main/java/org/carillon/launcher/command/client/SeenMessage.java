package org.carillon.launcher.command.client;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;

/**
 * A message that came, in words and in digits.
 *
 * @param timeNs server time.
 * @param bytes  all of it; a system exclusive message is put together.
 */
record SeenMessage(long timeNs, int type, byte[] bytes) {
    private static final String[] NOTES = {"C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"};
    private static final HexFormat DIGITS = HexFormat.ofDelimiter(" ").withUpperCase();
    private static final int BEND_CENTRE = 8192;
    private static final int SEVEN_BITS = 7;
    private static final int SHOWN_BYTES = 12;

    /** A message of any kind but system exclusive ones, which come in pieces. */
    static SeenMessage of(Event event) {
        boolean isShort = event.messageLength() > 0;
        byte[] bytes = new byte[isShort ? event.messageLength() : event.payloadLength()];
        event.payload(bytes, 0, bytes.length);
        return new SeenMessage(event.timeNs(), event.type(), bytes);
    }

    /** Channel 1 to 16; 0 for what has none. */
    int channel() {
        return EventType.hasChannel(type) ? (bytes[0] & 0xF) + 1 : 0;
    }

    /** The bytes in hexadecimal digits. */
    String hex() {
        return DIGITS.formatHex(bytes);
    }

    /** The same, the middle of a long message left out. */
    String shortHex() {
        return bytes.length <= SHOWN_BYTES
                ? hex()
                : DIGITS.formatHex(Arrays.copyOf(bytes, SHOWN_BYTES - 2)) + " .. "
                        + DIGITS.formatHex(bytes, bytes.length - 1, bytes.length);
    }

    /** The message in the words that {@code carillon send} takes; others where it has none. */
    String words() {
        String words = switch (type) {
            case EventType.KEY_ON -> "on " + note(data(1)) + " " + data(2);
            case EventType.KEY_OFF -> "off " + note(data(1)) + " " + data(2);
            case EventType.KEY_PRESS -> "pp " + note(data(1)) + " " + data(2);
            case EventType.CONTROL_CHANGE -> "cc " + data(1) + " " + data(2);
            case EventType.PROGRAM_CHANGE -> "pc " + data(1);
            case EventType.CHANNEL_PRESS -> "cp " + data(1);
            case EventType.PITCH_WHEEL -> "pb " + wide();
            case EventType.SONG_POSITION -> "spp " + wide();
            case EventType.SONG_SELECT -> "ss " + data(1);
            case EventType.QUARTER_FRAME -> "qf " + data(1);
            case EventType.ACTIVE_SENSING -> "as";
            case EventType.SYSEX -> "syx" + (isWholeSysex()
                    ? " " + DIGITS.formatHex(bytes, 1, bytes.length - 1)
                    : " cut after " + bytes.length + " bytes");
            default -> {
                String name = EventType.name(type);
                yield name == null ? "type " + EventType.code(type) : name.toLowerCase(Locale.ROOT);
            }
        };
        return EventType.hasChannel(type) ? "ch " + channel() + " " + words : words;
    }

    /** The same for people, beside the digits. */
    String shortWords() {
        return switch (type) {
            case EventType.PITCH_WHEEL -> words() + " (" + (wide() - BEND_CENTRE) + ")";
            case EventType.SYSEX -> isWholeSysex() ? "syx " + bytes.length + " bytes" : words();
            default -> words();
        };
    }

    /** Whether it has its end. */
    boolean isWholeSysex() {
        return type == EventType.SYSEX && bytes.length > 1 && bytes[bytes.length - 1] == (byte) 0xF7;
    }

    private int data(int index) {
        return index < bytes.length ? bytes[index] & 0x7F : 0;
    }

    private int wide() {
        return data(2) << SEVEN_BITS | data(1);
    }

    private static String note(int number) {
        return NOTES[number % NOTES.length] + (number / NOTES.length - 1);
    }
}
