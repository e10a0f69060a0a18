package org.carillon.kernel;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.carillon.protocol.Event;

/** A source: hands each event to its connections, in ascending order of their destinations. */
final class SourcePort {
    private static final Connection[] NONE = {};

    final int id;
    final int slot;
    final String name;
    final Client owner;
    Inlet inlet;
    Connection[] connections = NONE;
    long events;
    /** How many of its events wait for their dates. */
    int waiting;
    private int sysexBytes;
    private boolean sysexTooLong;

    SourcePort(int id, int slot, String name, Client owner) {
        this.id = id;
        this.slot = slot;
        this.name = name;
        this.owner = owner;
    }

    /** Adds a connection in its place: ascending by destination. */
    void add(Connection added) {
        connections = with(connections, added);
    }

    void remove(Connection removed) {
        connections = without(connections, removed);
    }

    /** The same connections and one more in its place: ascending by destination. */
    static Connection[] with(Connection[] connections, Connection added) {
        Connection[] more = new Connection[connections.length + 1];
        int place = 0;
        while (place < connections.length && connections[place].destination.id < added.destination.id) {
            place++;
        }
        System.arraycopy(connections, 0, more, 0, place);
        more[place] = added;
        System.arraycopy(connections, place, more, place + 1, connections.length - place);
        return more;
    }

    /** The same connections but one. */
    static Connection[] without(Connection[] connections, Connection removed) {
        List<Connection> fewer = new ArrayList<>(List.of(connections));
        fewer.remove(removed);
        return fewer.toArray(NONE);
    }

    void route(int type, long timeNs, long word, long data) {
        for (Connection connection : connections) {
            connection.deliver(type, timeNs, word, data);
        }
    }

    /** Routes a record that is not short. */
    void routeRecord(int type, long timeNs, long word, MemorySegment segment, long offset, int lengthBytes) {
        for (Connection connection : connections) {
            connection.deliverRecord(type, timeNs, word, segment, offset, lengthBytes);
        }
    }

    /** Routes a piece of a system exclusive message; false when this piece made the message longer than the limit. */
    boolean routeSysex(long timeNs, long word, MemorySegment segment, long offset, int lengthBytes) {
        if ((Event.flags(word) & Event.BEGIN) != 0) {
            sysexBytes = 0;
            sysexTooLong = false;
        }
        if (sysexTooLong) {
            return true;
        }
        sysexBytes += lengthBytes - Event.HEADER_LENGTH;
        if (sysexBytes > Event.MAX_SYSEX_LENGTH) {
            sysexTooLong = true;
            for (Connection connection : connections) {
                connection.cutSysex();
            }
            return false;
        }
        for (Connection connection : connections) {
            connection.deliverSysex(timeNs, word, segment, offset, lengthBytes);
        }
        return true;
    }

    /** Whether every destination that would take this piece now has room for it. */
    boolean hasRoomForSysex(int flags, int lengthBytes) {
        for (Connection connection : connections) {
            if (!connection.hasRoomForSysex(flags, lengthBytes)) {
                return false;
            }
        }
        return true;
    }
}
