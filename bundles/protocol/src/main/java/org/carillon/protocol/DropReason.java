package org.carillon.protocol;

/** Why an event was not delivered. The order is part of the status page: new reasons go to the end. */
public enum DropReason {
    /** The destination's ring had no room: its reader is too slow or has stopped. */
    DESTINATION_FULL,
    /** The ring into the server had no room: the sender was told so, the event never left it. */
    SOURCE_FULL,
    /** The scheduler's store had no room for an event of a later date. */
    SCHEDULER_FULL,
    /** An event of a later date came while no scheduler was there, or none came back in time for those pending. */
    NO_SCHEDULER,
    /** The sender of a pending event or task was gone when its date came. */
    SENDER_GONE,
    /** A record whose type or length cannot be. */
    MALFORMED,
    /** A record that names a source which is not its sender's. */
    FOREIGN_SOURCE,
    /** A system exclusive message cut because its next record did not come in time, found no room or lost its way. */
    SYSEX_CUT,
    /** A record that found no place in the queue behind a system exclusive message. */
    SYSEX_QUEUE_FULL,
    /** A system exclusive message longer than the limit. */
    SYSEX_TOO_LONG,
    /** A piece of a system exclusive message without its beginning. */
    SYSEX_ORPHAN,
    /** An event that had passed through too many forwarding ports. */
    LOOP,
    /** More events of later dates than a session may have waiting. */
    QUOTA,
    /** A change that the ring of a session which watches had no room for: the status page shows what came of it. */
    WATCHER_FULL;

    /** The name for people and JSON: lower case with hyphens. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
