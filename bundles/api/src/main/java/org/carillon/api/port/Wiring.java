package org.carillon.api.port;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Who is connected with whom. Every change is in effect when the call returns. Connections are held by port name: they
 * may be made before a port is there, and they wait while it is away. They are remembered when the server stops and
 * made again when it starts. What a session connects or taps with a port of its own, present or not, is its own affair:
 * that is not remembered, and ends with the session. Any thread but the kernel's.
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

    /** Connects as {@link #connect(String, String, String, Loops)}, but is forgotten when the server stops. */
    int connectOnce(String source, String destination, String filter, Loops loops);

    /** Connects without a filter, refusing loops. */
    default int connect(String source, String destination) {
        return connect(source, destination, "", Loops.REFUSED);
    }

    /** Ends a connection: what it started (notes, pedals, bends) is released at its destination. */
    void disconnect(String source, String destination);

    /**
     * Makes a tap: a connection that listens and never holds anybody back. It gets copies of what comes from a source,
     * or of what went to a destination, releases included. A copy that finds less than a quarter of the ring free, a
     * system exclusive message or a debt in its way, is dropped and counted as
     * {@link org.carillon.protocol.StatusCounter#TAP_DROPS}, apart from real drops. The end of a tap releases nothing,
     * and what it has begun may lack its end: it is made to look at, not to sound. It waits for absent ports as other
     * connections do, but is not remembered, never closes a loop, and may stand beside a connection of the same ports.
     *
     * @param of     whether {@code port} names a source or a destination.
     * @param filter words, empty for none.
     * @return the id of the tap among the connections.
     */
    int tap(Direction of, String port, String destination, String filter);

    /** Ends a tap. */
    void untap(Direction of, String port, String destination);

    /**
     * Silences everything. Every destination that the server does not forward itself gets, in this order: the end of a
     * system exclusive message in progress; the note-offs, pedals up and bends to centre of what connections have
     * started; pedal up, all sound off and all notes off on all channels. When this returns, that is in the ring of
     * every destination with room, and the rest goes before anything else. Connections stay; what is pending still
     * comes. Counted as {@link org.carillon.protocol.StatusCounter#PANICS}.
     */
    void panic();

    /** Changes the filter of a connection; notes that sound end as they began. */
    void filter(String source, String destination, String filter);

    /** Changes the filter that acts at a destination, after those of its connections; empty for none. */
    void destinationFilter(String destination, String filter);
}
