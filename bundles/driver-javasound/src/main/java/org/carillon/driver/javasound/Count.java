package org.carillon.driver.javasound;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/** What is counted at one port of a device. */
enum Count {
    MESSAGES_IN,
    /** Messages that no record can hold, and pieces of system exclusive messages that never began. */
    MALFORMED_IN,
    /** System exclusive messages whose end did not come or found no room; handed on flagged incomplete. */
    CUT_SYSEX_IN,
    /** Messages that found no room on the way to the server. */
    NO_ROOM_IN,
    MESSAGES_OUT,
    /** Records that are no message of MIDI 1.0, and messages that the device refused. */
    MALFORMED_OUT,
    /** System exclusive messages that came without their end, which a device cannot be given. */
    CUT_SYSEX_OUT,
    /** Messages that the device could not be given before it went, or was not open for. */
    UNWRITTEN_OUT;

    /** The counts of one port. Any thread. */
    static final class Counters {
        private final AtomicLongArray counts = new AtomicLongArray(values().length);

        void add(Count count, long more) {
            counts.getAndAdd(count.ordinal(), more);
        }

        long get(Count count) {
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

    /** The name for people and JSON: lower case with hyphens. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
