package org.carillon.protocol;

/**
 * What a record of type {@link EventType#CHANGE} tells a session that watches. Its time is when it happened; its source
 * is 0. Only the server sends such records. The order is part of the protocol: new ones go to the end.
 *
 * <pre>
 *   data   0 uint8 which of these   1 zeros   4 int32 id of the port, connection or session
 * </pre>
 *
 * A session whose ring is full misses changes as it misses events, counted; the status page is always right.
 */
public enum Change {
    PORT_CAME(Change.PORTS),
    PORT_GONE(Change.PORTS),
    CONNECTION_CAME(Change.CONNECTIONS),
    /** Its state or its filter is another. */
    CONNECTION_CHANGED(Change.CONNECTIONS),
    CONNECTION_GONE(Change.CONNECTIONS),
    SESSION_CAME(Change.SESSIONS),
    SESSION_GONE(Change.SESSIONS);

    /** Bits of what can be watched. */
    public static final int PORTS = 1;
    public static final int CONNECTIONS = 2;
    public static final int SESSIONS = 4;
    public static final int EVERYTHING = PORTS | CONNECTIONS | SESSIONS;

    private static final Change[] CHANGES = values();
    private static final int ID_SHIFT = 32;

    private final int bit;

    Change(int bit) {
        this.bit = bit;
    }

    /** Whether somebody who watches these bits is told. */
    public boolean isWatched(int bits) {
        return (bits & bit) != 0;
    }

    /** The data of the record. */
    public long data(int id) {
        return ordinal() | (long) id << ID_SHIFT;
    }

    /** What the data of a record tells, or null where a newer server tells what is unknown here. */
    public static Change of(long data) {
        int number = (int) data & 0xFF;
        return number < CHANGES.length ? CHANGES[number] : null;
    }

    /** Which port, connection or session the data of a record is about. */
    public static int id(long data) {
        return (int) (data >>> ID_SHIFT);
    }
}
