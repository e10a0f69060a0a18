package org.carillon.kernel;

import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Int2ObjectHashMap;
import org.carillon.api.filter.CompiledFilter;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.CarillonException.Kind;
import org.carillon.api.port.ConnectionInfo.State;
import org.carillon.api.port.ConnectionInfo.Tap;
import org.carillon.api.port.Direction;
import org.carillon.protocol.Change;

/** Who is connected with whom: held by the names of ports, active while both are there. As {@link Patchbay}. */
public final class Connections {
    private final KernelAgent agent;
    private final Ports ports;
    private final StatusTables tables;
    private final Watchers watchers;
    private final List<Connection> all = new ArrayList<>();
    private final Int2ObjectHashMap<Connection> byId = new Int2ObjectHashMap<>();

    Connections(KernelAgent agent, Ports ports, StatusTables tables, Watchers watchers) {
        this.agent = agent;
        this.ports = ports;
        this.tables = tables;
        this.watchers = watchers;
    }

    /** The connection or tap of a number, or null. */
    Connection get(int id) {
        return byId.get(id);
    }

    /** All connections and taps, in the order in which they were made. */
    List<Connection> all() {
        return all;
    }

    /** Makes a connection that belongs to nobody. */
    public int connect(String sourceName, String destinationName, CompiledFilter filter, boolean loopAllowed) {
        return connect(null, sourceName, destinationName, filter, loopAllowed);
    }

    /**
     * Makes a connection, now or as soon as both ports are there.
     *
     * @param owner with whose end it ends, or null.
     */
    int connect(Client owner, String sourceName, String destinationName, CompiledFilter filter, boolean loopAllowed) {
        return connect(owner, Tap.NONE, sourceName, destinationName, filter, loopAllowed);
    }

    /** Makes a tap that belongs to nobody. */
    int tap(Direction of, String portName, String destinationName, CompiledFilter filter) {
        return tap(null, of, portName, destinationName, filter);
    }

    /** Makes a tap, as {@link #connect}. */
    int tap(Client owner, Direction of, String portName, String destinationName, CompiledFilter filter) {
        return connect(owner, tap(of), portName, destinationName, filter, false);
    }

    void untap(Direction of, String portName, String destinationName) {
        end(required(tap(of), portName, destinationName));
    }

    private static Tap tap(Direction of) {
        return of == Direction.SOURCE ? Tap.OF_SOURCE : Tap.OF_DESTINATION;
    }

    private int connect(Client owner, Tap tap, String sourceName, String destinationName, CompiledFilter filter,
            boolean loopAllowed) {
        if (owner != null && !owner.open) {
            throw new CarillonException(Kind.UNREACHABLE, "the session has ended: session=" + owner.name);
        }
        String ends = sourceName + " --> " + destinationName;
        Connection held = find(tap, sourceName, destinationName);
        Patchbay.refuseIf(held != null && !held.restored,
                tap == Tap.NONE ? "ports are connected already" : "port is tapped already", ends);
        Object from = from(tap, sourceName);
        DestinationPort destination = ports.destination(destinationName);
        Patchbay.refuseIf(!loopAllowed && from != null && destination != null && Loop.reaches(destination, from),
                "connection would close a loop through ports that the server forwards", ends);
        return held == null
                ? add(owner, tap, sourceName, destinationName, filter, loopAllowed).id
                : take(held, filter, loopAllowed);
    }

    private Connection add(Client owner, Tap tap, String sourceName, String destinationName, CompiledFilter filter,
            boolean loopAllowed) {
        Connection connection = new Connection(tables.nextId(), tables.freeConnection(), sourceName, destinationName,
                tap, owner, agent);
        connection.loopAllowed = loopAllowed;
        connection.filter = filter;
        all.add(connection);
        byId.put(connection.id, connection);
        watchers.tell(Change.CONNECTION_CAME, connection.id);
        activate(connection);
        return connection;
    }

    /** Somebody makes what was remembered: it is theirs as if it had not been there. */
    private int take(Connection held, CompiledFilter filter, boolean loopAllowed) {
        held.restored = false;
        held.loopAllowed = loopAllowed;
        held.filter = filter;
        activate(held);
        return held.id;
    }

    /** Makes a connection that was remembered, unless somebody was faster. */
    public void restore(String sourceName, String destinationName, CompiledFilter filter, boolean loopAllowed) {
        if (find(Tap.NONE, sourceName, destinationName) == null) {
            add(null, Tap.NONE, sourceName, destinationName, filter, loopAllowed).restored = true;
        }
    }

    /** Ends a connection: what it started is released. */
    public void disconnect(String sourceName, String destinationName) {
        end(required(Tap.NONE, sourceName, destinationName));
    }

    /**
     * A port is to be published again under another name: what held to the old name holds to the new one. What sounds
     * now goes on, until the port of the old name goes. One that held to the new name already is ended.
     */
    public void rename(String before, String after) {
        for (Connection connection : List.copyOf(all)) {
            String source = connection.sourceName.equals(before) ? after : connection.sourceName;
            String destination = connection.destinationName.equals(before) ? after : connection.destinationName;
            if (!source.equals(connection.sourceName) || !destination.equals(connection.destinationName)) {
                Connection other = find(connection.tap, source, destination);
                if (other != null) {
                    end(other);
                }
                connection.sourceName = source;
                connection.destinationName = destination;
                activate(connection);
            }
        }
        ports.renameFilter(before, after);
    }

    /** Ends what a session has made of its own ports. */
    void endAllOf(Client owner) {
        for (Connection connection : List.copyOf(all)) {
            if (connection.owner == owner) {
                end(connection);
            }
        }
    }

    private void end(Connection connection) {
        suspend(connection);
        all.remove(connection);
        byId.remove(connection.id);
        tables.connectionGone(connection);
        watchers.tell(Change.CONNECTION_GONE, connection.id);
        retryLoops();
    }

    /** Changes the filter of a connection. */
    public void filter(String sourceName, String destinationName, CompiledFilter filter) {
        Connection connection = required(Tap.NONE, sourceName, destinationName);
        connection.filter = filter;
        tables.connection(connection);
        watchers.tell(Change.CONNECTION_CHANGED, connection.id);
    }

    /** A source is there: what waited for it becomes active. */
    void came(SourcePort source) {
        for (Connection connection : all) {
            if (connection.tap != Tap.OF_DESTINATION && connection.sourceName.equals(source.name)) {
                activate(connection);
            }
        }
    }

    /** A destination is there: what waited for it becomes active. */
    void came(DestinationPort destination) {
        for (Connection connection : all) {
            if (connection.destinationName.equals(destination.name)
                    || connection.tap == Tap.OF_DESTINATION && connection.sourceName.equals(destination.name)) {
                activate(connection);
            }
        }
    }

    /** Releases what all connections have started. */
    void releaseAll() {
        for (Connection connection : all) {
            if (connection.state == State.ACTIVE) {
                connection.release();
            }
        }
    }

    void activate(Connection connection) {
        Object from = from(connection.tap, connection.sourceName);
        DestinationPort destination = ports.destination(connection.destinationName);
        if (from != null && destination != null && connection.state != State.ACTIVE) {
            if (!connection.loopAllowed && Loop.reaches(destination, from)) {
                connection.state = State.LOOP;
            } else if (from instanceof SourcePort source) {
                connection.activate(source, null, destination);
                destination.incoming.add(connection);
                source.add(connection);
            } else if (from instanceof DestinationPort tapped) {
                connection.activate(null, tapped, destination);
                destination.incoming.add(connection);
                tapped.add(connection);
            }
        }
        changed(connection);
    }

    void suspend(Connection connection) {
        SourcePort source = connection.source;
        DestinationPort tapped = connection.tapped;
        DestinationPort destination = connection.destination;
        connection.deactivate();
        if (source != null) {
            source.remove(connection);
        }
        if (tapped != null) {
            tapped.remove(connection);
        }
        if (destination != null) {
            destination.incoming.remove(connection);
        }
        changed(connection);
    }

    private void changed(Connection connection) {
        tables.connection(connection);
        if (connection.toldState != connection.state) {
            connection.toldState = connection.state;
            watchers.tell(Change.CONNECTION_CHANGED, connection.id);
        }
    }

    /** Something went: connections that were refused as loops may be none any more. */
    void retryLoops() {
        for (Connection connection : all) {
            if (connection.state == State.LOOP) {
                connection.state = State.WAITING;
                activate(connection);
            }
        }
    }

    /** The source or tapped destination that a connection's events come from, or null while it is absent. */
    private Object from(Tap tap, String name) {
        return tap == Tap.OF_DESTINATION ? ports.destination(name) : ports.source(name);
    }

    private Connection find(Tap tap, String sourceName, String destinationName) {
        for (Connection connection : all) {
            if (connection.tap == tap && connection.sourceName.equals(sourceName)
                    && connection.destinationName.equals(destinationName)) {
                return connection;
            }
        }
        return null;
    }

    private Connection required(Tap tap, String sourceName, String destinationName) {
        Connection connection = find(tap, sourceName, destinationName);
        if (connection == null) {
            throw new CarillonException(Kind.NO_SUCH_NAME,
                    "no such connection: connection=" + sourceName + " --> " + destinationName);
        }
        return connection;
    }
}
