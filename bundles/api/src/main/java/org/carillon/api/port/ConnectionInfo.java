package org.carillon.api.port;

/**
 * A connection as it was seen at one moment. It is held by the names of its ports and waits while one of them is
 * absent.
 *
 * @param id       of this run of the server.
 * @param filter   words of its filter, empty where it has none.
 * @param events   delivered.
 * @param dropped  not delivered although nothing spoke against them.
 * @param filtered turned away by the filter.
 * @param tap      whether it is a tap, and of what: then {@code source} is the name of what is tapped.
 */
public record ConnectionInfo(int id, String source, String destination, State state, String filter, long events,
        long dropped, long filtered, Tap tap) {
    /** What a tap copies. The order is part of the status page. */
    public enum Tap {
        /** An ordinary connection. */
        NONE,
        /** What comes from a source. */
        OF_SOURCE,
        /** What went to a destination. */
        OF_DESTINATION
    }

    /** Whether events go through. The order is part of the status page. */
    public enum State {
        /** A port is absent. */
        WAITING,
        /** Both ports are there. */
        ACTIVE,
        /** Both ports are there, and the connection would close a loop through ports that the server forwards. */
        LOOP
    }
}
