package org.carillon.protocol;

/** What the other side of a ring did that it must not: a reason to end its session. */
public enum RingFault {
    /** Nothing. */
    NONE("no fault"),
    /** A position smaller than one seen before. */
    BACKWARD("position moved backward"),
    /** A position further away than the ring is long, or ahead of what it follows. */
    BEYOND("position beyond the ring"),
    /** A position that is no multiple of 8. */
    UNALIGNED("position not a multiple of 8"),
    /** A record shorter than its header or longer than {@link Event#MAX_LENGTH}. */
    LENGTH("record length out of range"),
    /** A record that ends behind what is published. */
    UNPUBLISHED("record longer than what is published"),
    /** A record that does not end before the ring does. */
    WRAPPED("record across the end of the ring"),
    /** A record of a type that is not above 0. */
    TYPE("record type not above 0"),
    /** Padding that does not fill the ring to its end. */
    PADDING("padding that does not reach the end of the ring");

    private final String text;

    RingFault(String text) {
        this.text = text;
    }

    /** In words, for the log and for the reason of the end of a session. */
    public String text() {
        return text;
    }
}
