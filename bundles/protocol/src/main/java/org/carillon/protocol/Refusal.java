package org.carillon.protocol;

/** Why a ring took no record. The order is part of the session memory: new reasons go to the end. */
public enum Refusal {
    /** The ring had no room: its consumer is too slow or has stopped. */
    FULL,
    /** The record was shorter than its header or longer than {@link Event#MAX_LENGTH}. */
    LENGTH,
    /** The ring is broken or its session has ended. */
    ENDED;

    static final int COUNT = 3;

    /** The name for people and JSON: lower case. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
