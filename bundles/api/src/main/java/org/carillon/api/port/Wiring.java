package org.carillon.api.port;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Who is connected with whom. Every change is in effect when the call returns. Connections are held by port name: they
 * may be made before a port is there, and they wait while it is away. They are remembered when the server stops and
 * made again when it starts, except for those that a session made with ports of its own. Any thread but the kernel's.
 *
 * @see CarillonException what every method may throw.
 */
@ProviderType
public interface Wiring {
    /** How a connection is made. */
    enum Loops {
        /** Refuse a connection that closes a loop through ports which the server forwards. */
        REFUSED,
        /** Make it all the same. */
        ALLOWED
    }

    /**
     * Connects a source with a destination.
     *
     * @param filter words, empty for none.
     * @return the id of the connection.
     */
    int connect(String source, String destination, String filter, Loops loops);

    /** Connects without a filter, refusing loops. */
    default int connect(String source, String destination) {
        return connect(source, destination, "", Loops.REFUSED);
    }

    /** Ends a connection: what it started (notes, pedals, bends) is released at its destination. */
    void disconnect(String source, String destination);

    /** Changes the filter of a connection; notes that sound end as they began. */
    void filter(String source, String destination, String filter);

    /** Changes the filter that acts at a destination, after those of its connections; empty for none. */
    void destinationFilter(String destination, String filter);
}
