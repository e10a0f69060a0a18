package org.carillon.api.port;

/** Which way a port looks, seen from the graph. */
public enum Direction {
    /** Events come from it. */
    SOURCE,
    /** Events go to it. */
    DESTINATION
}
