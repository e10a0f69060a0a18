package org.carillon.bench.soak;

import java.util.Locale;

/** A source of a guest, and how its events carry their numbers; drawn in {@code soak_guests.hpp}. */
enum Kind {
    /** Short messages of MIDI 1.0 and word pairs, at once. */
    PLAIN(1, 2),
    /** Word pairs with growing dates. */
    DATED(2, 2),
    /** Notes that end by themselves. */
    NOTES(4, 2),
    /** System exclusive messages of some kilobytes. */
    SYSEX(8, 1);

    /** What a guest is told when it shall send such events. */
    final int bit;
    /** How many of a receiver's destinations take them; those of system exclusive messages take nothing else. */
    private final int destinations;

    Kind(int bit, int destinations) {
        this.bit = bit;
        this.destinations = destinations;
    }

    /** Name of the source. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The destination among a receiver's that a number chooses. */
    int destination(int choice) {
        return this == SYSEX ? Guest.DESTINATIONS.size() - 1 : choice % destinations;
    }

    /** Whether each event is one record in and one record out, so that a connection's counters say how many passed. */
    boolean isOneToOne() {
        return this == PLAIN || this == DATED;
    }
}
