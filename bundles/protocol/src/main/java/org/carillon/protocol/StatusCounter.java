package org.carillon.protocol;

/** What a server counts of itself. The order is part of the status page: new ones go to the end, 32 at most. */
public enum StatusCounter {
    /** Events taken from sources and sessions. */
    EVENTS_IN,
    /** Events put into destinations' rings. */
    EVENTS_OUT,
    /** Deliveries that a filter turned away. */
    EVENTS_FILTERED,
    /** Events that waited in the scheduler for their date. */
    EVENTS_SCHEDULED,
    /** Notes, pedals and bends released because the connection that had started them ended. */
    RELEASED,
    /** Duty cycles that did some work. */
    DUTY_CYCLES,
    /** Nanoseconds that the kernel's thread worked in them. */
    BUSY_NS,
    /** Times that the kernel's thread went to sleep. */
    SLEEPS,
    /** Commands carried out for other threads. */
    COMMANDS,
    /** Copies that a tap could not deliver; they are not among the dropped events. */
    TAP_DROPS,
    /** Times that everything was silenced. */
    PANICS;

    /** The name for people and JSON: lower case with hyphens. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
