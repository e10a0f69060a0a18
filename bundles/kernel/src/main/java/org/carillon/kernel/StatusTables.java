package org.carillon.kernel;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.Direction;
import org.carillon.protocol.StatusCounter;
import org.carillon.protocol.StatusPage;

/** Keeps the tables of the status page: a slot and a number for each session, port and connection. */
final class StatusTables {
    private final StatusPage page;
    private final BitSet sessions = new BitSet();
    private final BitSet ports = new BitSet();
    private final BitSet connections = new BitSet();
    /** Counts of ports and connections that have gone, so that totals never fall. */
    private long goneIn;
    private long goneOut;
    private long goneFiltered;

    private int lastId;

    StatusTables(StatusPage page) {
        this.page = page;
    }

    /** A number that no session, port or connection of this run has had. */
    int nextId() {
        return ++lastId;
    }

    int freeSession() {
        return take(sessions, StatusPage.SESSION_CAPACITY, "sessions");
    }

    int freePort(String name) {
        int lengthBytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (name.isBlank() || lengthBytes > StatusPage.MAX_NAME_LENGTH) {
            throw new CarillonException(CarillonException.Kind.WRONG_USAGE, "port name must have 1 to "
                    + StatusPage.MAX_NAME_LENGTH + " bytes: lengthBytes=" + lengthBytes + ", name=" + name);
        }
        return take(ports, StatusPage.PORT_CAPACITY, "ports");
    }

    /** Refuses where there is no room for so many. */
    void checkPorts(int count) {
        checkRoom(StatusPage.PORT_CAPACITY - ports.cardinality() >= count, StatusPage.PORT_CAPACITY, "ports");
    }

    int freeConnection() {
        return take(connections, StatusPage.CONNECTION_CAPACITY, "connections");
    }

    private static int take(BitSet slots, int capacity, String what) {
        int slot = slots.nextClearBit(0);
        checkRoom(slot < capacity, capacity, what);
        slots.set(slot);
        return slot;
    }

    private static void checkRoom(boolean isThere, int capacity, String what) {
        if (!isThere) {
            throw new CarillonException(CarillonException.Kind.REFUSED, "no more " + what + ": limit=" + capacity);
        }
    }

    void session(Client client) {
        int at = StatusPage.sessionAt(client.slot);
        page.beginChange();
        page.intAt(at + StatusPage.SECOND, client.role.ordinal());
        page.nameAt(at + StatusPage.SESSION_NAME, client.name, StatusPage.MAX_SESSION_NAME_LENGTH);
        page.intAt(at + StatusPage.ID, client.id);
        page.endChange();
    }

    void sessionGone(Client client) {
        sessions.clear(client.slot);
        clear(StatusPage.sessionAt(client.slot), StatusPage.SESSION_LENGTH);
    }

    void source(SourcePort port) {
        port(port.slot, port.id, port.name, port.owner, Direction.SOURCE, false);
    }

    void destination(DestinationPort port) {
        port(port.slot, port.id, port.name, port.owner, Direction.DESTINATION, port.forwardsTo != null);
    }

    private void port(int slot, int id, String name, Client owner, Direction direction, boolean forwards) {
        int at = StatusPage.portAt(slot);
        page.beginChange();
        page.intAt(at + StatusPage.SECOND, owner.id);
        page.intAt(at + StatusPage.PORT_DIRECTION, direction.ordinal());
        page.intAt(at + StatusPage.PORT_TRAITS, forwards ? 1 : 0);
        page.nameAt(at + StatusPage.PORT_NAME, name, StatusPage.MAX_NAME_LENGTH);
        page.intAt(at + StatusPage.ID, id);
        page.endChange();
    }

    void sourceGone(SourcePort port) {
        goneIn += port.events;
        ports.clear(port.slot);
        clear(StatusPage.portAt(port.slot), StatusPage.PORT_LENGTH);
    }

    void destinationGone(DestinationPort port) {
        goneOut += port.events;
        ports.clear(port.slot);
        clear(StatusPage.portAt(port.slot), StatusPage.PORT_LENGTH);
    }

    void connection(Connection connection) {
        int at = StatusPage.connectionAt(connection.slot);
        page.beginChange();
        page.intAt(at + StatusPage.SECOND, connection.state.ordinal()
                | connection.tap.ordinal() << StatusPage.CONNECTION_TAP_SHIFT);
        page.intAt(at + StatusPage.CONNECTION_SOURCE, connection.fromId());
        page.intAt(at + StatusPage.CONNECTION_DESTINATION,
                connection.destination == null ? 0 : connection.destination.id);
        page.nameAt(at + StatusPage.CONNECTION_SOURCE_NAME, connection.sourceName, StatusPage.MAX_NAME_LENGTH);
        page.nameAt(at + StatusPage.CONNECTION_DESTINATION_NAME, connection.destinationName,
                StatusPage.MAX_NAME_LENGTH);
        page.nameAt(at + StatusPage.CONNECTION_FILTER, connection.filter == null ? "" : connection.filter.words(),
                StatusPage.MAX_FILTER_LENGTH);
        page.intAt(at + StatusPage.ID, connection.id);
        page.endChange();
    }

    void connectionGone(Connection connection) {
        goneFiltered += connection.filtered;
        connections.clear(connection.slot);
        clear(StatusPage.connectionAt(connection.slot), StatusPage.CONNECTION_LENGTH);
    }

    private void clear(int at, int lengthBytes) {
        page.beginChange();
        page.clear(at, lengthBytes);
        page.endChange();
    }

    /** Writes the counters of everything that is there. */
    void publish(SourcePort[] sources, DestinationPort[] destinations, List<Connection> all) {
        long in = goneIn;
        for (SourcePort port : sources) {
            page.longAt(StatusPage.portAt(port.slot) + StatusPage.EVENTS, port.events);
            page.longAt(StatusPage.portAt(port.slot) + StatusPage.DROPPED, port.inlet.refused());
            in += port.events;
        }
        long out = goneOut;
        for (DestinationPort port : destinations) {
            page.longAt(StatusPage.portAt(port.slot) + StatusPage.EVENTS, port.events);
            page.longAt(StatusPage.portAt(port.slot) + StatusPage.DROPPED, port.dropped);
            out += port.events;
        }
        long filtered = goneFiltered;
        for (int i = 0; i < all.size(); i++) {
            Connection connection = all.get(i);
            int at = StatusPage.connectionAt(connection.slot);
            page.longAt(at + StatusPage.EVENTS, connection.events);
            page.longAt(at + StatusPage.DROPPED, connection.dropped);
            page.longAt(at + StatusPage.CONNECTION_FILTERED, connection.filtered);
            filtered += connection.filtered;
        }
        page.counter(StatusCounter.EVENTS_IN, in);
        page.counter(StatusCounter.EVENTS_OUT, out);
        page.counter(StatusCounter.EVENTS_FILTERED, filtered);
    }
}
