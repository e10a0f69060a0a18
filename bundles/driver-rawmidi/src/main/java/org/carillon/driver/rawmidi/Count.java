package org.carillon.driver.rawmidi;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/** What is counted at one port of a device. */
public enum Count {
    BYTES_IN,
    MESSAGES_IN,
    /** Data bytes without a status byte before them, and ends of messages that never began. */
    STRAY_BYTES_IN,
    /** Status bytes that MIDI 1.0 leaves undefined. */
    UNDEFINED_BYTES_IN,
    /** Messages whose last bytes did not come. */
    UNFINISHED_IN,
    /** System exclusive messages whose end did not come or found no room; handed on flagged incomplete. */
    CUT_SYSEX_IN,
    /** Messages that found no room on the way to the server for a second. */
    NO_ROOM_IN,
    BYTES_OUT,
    MESSAGES_OUT,
    /** Records that are no message of MIDI 1.0, and bytes that cannot be where they are. */
    MALFORMED_OUT,
    /** System exclusive messages that were left without their end. */
    CUT_SYSEX_OUT,
    /** Messages that the device could not be given before it went. */
    UNWRITTEN_OUT;

    /** The name for people and JSON: lower case with hyphens. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The counts of one port. Any thread. */
    public static final class Counters {
        private final AtomicLongArray counts = new AtomicLongArray(values().length);

        void add(Count count, long more) {
            counts.getAndAdd(count.ordinal(), more);
        }

        /** What was counted so far. */
        public long get(Count count) {
            return counts.get(count.ordinal());
        }

        Map<String, Long> byWord() {
            Map<String, Long> byWord = new LinkedHashMap<>();
            for (Count count : values()) {
                byWord.put(count.word(), get(count));
            }
            return byWord;
        }
    }
}
