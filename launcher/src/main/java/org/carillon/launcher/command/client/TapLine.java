package org.carillon.launcher.command.client;

import java.util.Locale;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;

/** An event, in words and in digits. */
final class TapLine {
    private static final String[] NOTES = {"C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"};
    private static final int BEND_CENTRE = 8192;
    private static final int SEVEN_BITS = 7;

    private TapLine() {}

    /** The bytes in hexadecimal digits. */
    static String hex(Event event) {
        byte[] bytes = bytes(event);
        StringBuilder text = new StringBuilder();
        for (byte each : bytes) {
            text.append(text.isEmpty() ? "" : " ").append(String.format(Locale.ROOT, "%02X", each));
        }
        return text.toString();
    }

    private static byte[] bytes(Event event) {
        byte[] bytes;
        if (event.type() == EventType.SYSEX) {
            bytes = new byte[event.payloadLength()];
            event.payload(bytes, 0, bytes.length);
        } else {
            bytes = new byte[event.messageLength()];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) event.data(i);
            }
        }
        return bytes;
    }

    /** The message in the words that {@code carillon send} takes. */
    static String words(Event event) {
        int first = event.data(1) & 0x7F;
        int second = event.data(2) & 0x7F;
        String words = switch (event.type()) {
            case EventType.KEY_ON -> "on " + note(first) + " " + second;
            case EventType.KEY_OFF -> "off " + note(first) + " " + second;
            case EventType.KEY_PRESS -> "pp " + note(first) + " " + second;
            case EventType.CONTROL_CHANGE -> "cc " + first + " " + second;
            case EventType.PROGRAM_CHANGE -> "pc " + first;
            case EventType.CHANNEL_PRESS -> "cp " + first;
            case EventType.PITCH_WHEEL -> "pb " + wide(first, second) + " (" + (wide(first, second) - BEND_CENTRE)
                    + ")";
            case EventType.SONG_POSITION -> "spp " + wide(first, second);
            case EventType.SONG_SELECT -> "ss " + first;
            case EventType.ACTIVE_SENSING -> "as";
            case EventType.SYSEX -> "syx " + event.payloadLength() + " bytes"
                    + ((event.flags() & Event.END) == 0 ? ", more follows" : "");
            default -> EventType.name(event.type()).toLowerCase(Locale.ROOT);
        };
        return EventType.hasChannel(event.type()) ? "ch " + (event.channel() + 1) + " " + words : words;
    }

    private static int wide(int low, int high) {
        return high << SEVEN_BITS | low;
    }

    private static String note(int number) {
        return NOTES[number % NOTES.length] + (number / NOTES.length - 1);
    }
}
