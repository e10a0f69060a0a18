package org.carillon.bench.soak;

/**
 * A connection or tap from the plain, dated, notes or sysex source of a guest to a destination of another, in the books
 * from one number of the source to another one.
 *
 * @param isTap whether it only listens; the server's owner makes those.
 * @param maker who made the connection; null for a tap.
 * @param first number of the source that goes through it.
 */
record Wire(Guest from, Kind kind, Guest to, int index, Sieve sieve, boolean isTap, Guest maker, long first) {
    String source() {
        return from.source(kind);
    }

    String destination() {
        return to.destination(index);
    }

    /** What the receiver calls it. */
    String flow() {
        return from.sourceId(kind) + "_" + index;
    }

    boolean touches(Guest guest) {
        return from == guest || to == guest;
    }

    boolean hasEndsOf(Wire other) {
        return source().equals(other.source()) && destination().equals(other.destination());
    }
}
