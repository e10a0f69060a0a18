package org.carillon.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.agrona.collections.Int2ObjectHashMap;
import org.carillon.api.filter.CompiledFilter;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.CarillonException.Kind;
import org.carillon.api.port.ConnectionInfo.State;
import org.carillon.api.port.ConnectionInfo.Tap;
import org.carillon.api.port.Direction;
import org.carillon.api.port.Kernel;
import org.carillon.api.ring.BorderRings;
import org.carillon.api.ring.LocalRing;
import org.carillon.protocol.Change;
import org.carillon.protocol.Doorbell;
import org.carillon.protocol.EventType;
import org.carillon.protocol.SessionState;
import org.carillon.protocol.StatusPage;

/**
 * Who is there and who is connected with whom. Owned by the kernel's thread; what it refuses it refuses with a
 * {@link CarillonException}, before anything has changed.
 */
public final class Patchbay {
    /** As many words as the kernel can sleep on beside its own. */
    static final int BORDER_LIMIT = 126;
    private static final Inlet[] NO_INLETS = {};
    private static final Client[] NO_CLIENTS = {};
    private static final Outlet[] NO_OUTLETS = {};
    private static final BorderInlet[] NO_BORDERS = {};

    private final KernelAgent agent;
    private final Doorbell bell;
    private final StatusTables tables;
    /** In the order of their ids. */
    private final List<Client> clients = new ArrayList<>();
    private final Int2ObjectHashMap<Client> clientsById = new Int2ObjectHashMap<>();
    private final Int2ObjectHashMap<SourcePort> sources = new Int2ObjectHashMap<>();
    private final Int2ObjectHashMap<DestinationPort> destinations = new Int2ObjectHashMap<>();
    private final Int2ObjectHashMap<Connection> connectionsById = new Int2ObjectHashMap<>();
    private final Map<String, SourcePort> sourcesByName = new HashMap<>();
    private final Map<String, DestinationPort> destinationsByName = new HashMap<>();
    private final Map<String, CompiledFilter> destinationFilters = new HashMap<>();
    private final List<Connection> connections = new ArrayList<>();
    private Inlet[] inlets = NO_INLETS;
    private Outlet[] outputs = NO_OUTLETS;
    private BorderInlet[] borders = NO_BORDERS;
    private Client[] watchers = NO_CLIENTS;
    private SourcePort[] everySource = {};
    private DestinationPort[] everyDestination = {};
    private int lastId;

    Patchbay(KernelAgent agent, StatusPage page, Doorbell bell) {
        this.agent = agent;
        this.bell = bell;
        tables = new StatusTables(page);
    }

    Inlet[] inlets() {
        return inlets;
    }

    boolean hasPausedInlet() {
        for (Inlet inlet : inlets) {
            if (inlet.isPaused()) {
                return true;
            }
        }
        return false;
    }

    SourcePort source(int id) {
        return sources.get(id);
    }

    Client client(int id) {
        return clientsById.get(id);
    }

    Connection connection(int id) {
        return connectionsById.get(id);
    }

    /** Wakes the readers of all rings that something was put into. */
    void flush() {
        for (Outlet outlet : outputs) {
            outlet.flush();
        }
    }

    /** Attaches a session or driver. */
    public Client attach(String name, Kernel.Role role, LocalRing received) {
        for (Client other : clients) {
            refuseIf(other.name.equals(name), "session name is taken", name);
        }
        return add(new Client(nextId(), tables.freeSession(), name, role, received));
    }

    /** Attaches a session of another process. */
    Client attach(String name, IntFunction<BorderRings> rings) {
        for (Client other : clients) {
            refuseIf(other.name.equals(name), "session name is taken", name);
        }
        if (borders.length >= BORDER_LIMIT) {
            throw new CarillonException(Kind.REFUSED,
                    "no more sessions of other processes: limit=" + BORDER_LIMIT + ", name=" + name);
        }
        int slot = tables.freeSession();
        int id = nextId();
        Client client = new Client(id, slot, name, rings.apply(id), agent);
        client.inlets.add(new BorderInlet(client, agent));
        client.border.open();
        return add(client);
    }

    private Client add(Client client) {
        clients.add(client);
        clientsById.put(client.id, client);
        tables.session(client);
        rebuild();
        tell(Change.SESSION_CAME, client.id);
        return client;
    }

    /** Ends a session or driver: what its rings still hold is routed first, then its ports go. */
    public void detach(Client client) {
        detach(client, SessionState.CLOSED, "");
    }

    /** Ends a session by its name. */
    void kick(String session) {
        for (Client client : clients) {
            if (client.name.equals(session)) {
                refuseIf(client.role == Kernel.Role.DRIVER, "a driver is no session", session);
                detach(client, SessionState.KICKED, "ended by request");
                return;
            }
        }
        throw new CarillonException(Kind.NO_SUCH_NAME, "no such session: name=" + session);
    }

    /** @param reason why, for people; empty where nobody is to blame. */
    void detach(Client client, SessionState how, String reason) {
        if (!client.open) {
            return;
        }
        client.open = false;
        for (Inlet inlet : client.inlets) {
            inlet.drain();
        }
        while (!client.sources.isEmpty()) {
            remove(client.sources.getFirst());
        }
        while (!client.destinations.isEmpty()) {
            remove(client.destinations.getFirst());
        }
        for (Inlet inlet : client.inlets) {
            agent.endOf(inlet);
        }
        client.inlets.clear();
        client.forgetPending();
        clients.remove(client);
        clientsById.remove(client.id);
        tables.sessionGone(client);
        rebuild();
        if (client.border != null) {
            agent.orphaned(client.pendingHandles);
            client.border.end(how, reason);
        }
        tell(Change.SESSION_GONE, client.id);
    }

    /** Ends everybody: the server stops. */
    void detachAll() {
        while (!clients.isEmpty()) {
            detach(clients.getFirst(), SessionState.STOPPED, "the server stops");
        }
        flush();
    }

    /** Says which changes a session is told of. */
    void watch(Client client, int changes) {
        client.watched = changes & Change.EVERYTHING;
        rebuild();
    }

    private void tell(Change change, int id) {
        for (Client watcher : watchers) {
            if (change.isWatched(watcher.watched)) {
                watcher.received.offer(EventType.CHANGE, agent.nowNs(), 0, change.data(id));
            }
        }
    }

    /** Sessions of other processes, whose words the kernel sleeps on. */
    BorderInlet[] borders() {
        return borders;
    }

    /** Publishes a source. */
    public int addSource(Client client, String name, LocalRing ring) {
        refuseIf(sourcesByName.containsKey(name), "source name is taken", name);
        SourcePort source = new SourcePort(nextId(), tables.freePort(name), name, client);
        Inlet inlet = client.inlet(ring);
        if (inlet == null) {
            Inlet.Dates dates = client.role == Kernel.Role.DRIVER ? Inlet.Dates.STAMPS : Inlet.Dates.DEADLINES;
            inlet = new LocalInlet(client, ring, dates, null, 0, agent);
            client.inlets.add(inlet);
        }
        add(source, inlet);
        return source.id;
    }

    /** Publishes a source of a session of another process. */
    int addSource(Client client, String name) {
        refuseIf(sourcesByName.containsKey(name), "source name is taken", name);
        SourcePort source = new SourcePort(nextId(), tables.freePort(name), name, client);
        add(source, client.inlets.getFirst());
        return source.id;
    }

    /** Publishes a destination. */
    public int addDestination(Client client, String name, LocalRing ring, int index, boolean wholeNotes) {
        return addDestination(client, name, client.outlet(ring), index, wholeNotes);
    }

    /** Publishes a destination of a session of another process. */
    int addDestination(Client client, String name, int index, boolean wholeNotes) {
        return addDestination(client, name, client.received, index, wholeNotes);
    }

    private int addDestination(Client client, String name, Outlet outlet, int index, boolean wholeNotes) {
        refuseIf(destinationsByName.containsKey(name), "destination name is taken", name);
        DestinationPort destination = new DestinationPort(nextId(), tables.freePort(name), name, client, outlet, index,
                wholeNotes, agent);
        add(destination);
        return destination.id;
    }

    /** Publishes a source and a destination of one name, of which the server forwards the one to the other. */
    public void addLoop(Client client, String name, int capacityBytes, long delayNs) {
        refuseIf(sourcesByName.containsKey(name), "source name is taken", name);
        refuseIf(destinationsByName.containsKey(name), "destination name is taken", name);
        LocalRing ring = new LocalRing(capacityBytes, bell);
        SourcePort source = new SourcePort(nextId(), tables.freePort(name), name, client);
        Inlet inlet = new LocalInlet(client, ring, Inlet.Dates.DEADLINES, source, delayNs, agent);
        DestinationPort destination = new DestinationPort(nextId(), tables.freePort(name), name, client,
                new Outlet(ring), 0, true, agent);
        destination.forwardsTo = source;
        client.inlets.add(inlet);
        add(source, inlet);
        add(destination);
    }

    private void add(SourcePort source, Inlet inlet) {
        source.inlet = inlet;
        source.owner.sources.add(source);
        sources.put(source.id, source);
        sourcesByName.put(source.name, source);
        tables.source(source);
        rebuild();
        tell(Change.PORT_CAME, source.id);
        for (Connection connection : connections) {
            if (connection.tap != Tap.OF_DESTINATION && connection.sourceName.equals(source.name)) {
                activate(connection);
            }
        }
    }

    private void add(DestinationPort destination) {
        destination.owner.destinations.add(destination);
        destination.filter = destinationFilters.get(destination.name);
        destinations.put(destination.id, destination);
        destinationsByName.put(destination.name, destination);
        tables.destination(destination);
        rebuild();
        tell(Change.PORT_CAME, destination.id);
        for (Connection connection : connections) {
            if (connection.destinationName.equals(destination.name)
                    || connection.tap == Tap.OF_DESTINATION && connection.sourceName.equals(destination.name)) {
                activate(connection);
            }
        }
    }

    /** Takes a port of a session away. */
    public void removePort(Client client, int portId) {
        SourcePort source = sources.get(portId);
        DestinationPort destination = destinations.get(portId);
        if (source != null && source.owner == client) {
            if (client.border != null) {
                source.inlet.drain();
            } else if (client.sources.stream().noneMatch(other -> other != source && other.inlet == source.inlet)) {
                source.inlet.drain();
                client.inlets.remove(source.inlet);
            }
            remove(source);
        } else if (destination != null && destination.owner == client) {
            remove(destination);
        }
    }

    private void remove(SourcePort source) {
        List<Connection> left = List.of(source.connections);
        left.forEach(this::suspend);
        source.owner.sources.remove(source);
        source.inlet.forget(source);
        sources.remove(source.id);
        sourcesByName.remove(source.name);
        tables.sourceGone(source);
        rebuild();
        left.forEach(this::activate);
        tell(Change.PORT_GONE, source.id);
        retryLoops();
    }

    private void remove(DestinationPort destination) {
        List<Connection> left = new ArrayList<>(destination.incoming);
        left.addAll(List.of(destination.taps()));
        left.forEach(this::suspend);
        destination.owner.destinations.remove(destination);
        agent.forget(destination);
        destinations.remove(destination.id);
        destinationsByName.remove(destination.name);
        tables.destinationGone(destination);
        rebuild();
        left.forEach(this::activate);
        tell(Change.PORT_GONE, destination.id);
        retryLoops();
    }

    /** Makes a connection, now or as soon as both ports are there. */
    public int connect(String sourceName, String destinationName, CompiledFilter filter, boolean loopAllowed) {
        return connect(Tap.NONE, sourceName, destinationName, filter, loopAllowed);
    }

    /** Makes a tap, now or as soon as both ports are there. */
    int tap(Direction of, String portName, String destinationName, CompiledFilter filter) {
        return connect(tap(of), portName, destinationName, filter, false);
    }

    void untap(Direction of, String portName, String destinationName) {
        end(required(tap(of), portName, destinationName));
    }

    private static Tap tap(Direction of) {
        return of == Direction.SOURCE ? Tap.OF_SOURCE : Tap.OF_DESTINATION;
    }

    private int connect(Tap tap, String sourceName, String destinationName, CompiledFilter filter,
            boolean loopAllowed) {
        String ends = sourceName + " --> " + destinationName;
        Connection held = find(tap, sourceName, destinationName);
        refuseIf(held != null && !held.restored,
                tap == Tap.NONE ? "ports are connected already" : "port is tapped already", ends);
        Object from = from(tap, sourceName);
        DestinationPort destination = destinationsByName.get(destinationName);
        refuseIf(!loopAllowed && from != null && destination != null && Loop.reaches(destination, from),
                "connection would close a loop through ports that the server forwards", ends);
        return held == null
                ? add(tap, sourceName, destinationName, filter, loopAllowed).id
                : take(held, filter, loopAllowed);
    }

    private Connection add(Tap tap, String sourceName, String destinationName, CompiledFilter filter,
            boolean loopAllowed) {
        Connection connection = new Connection(nextId(), tables.freeConnection(), sourceName, destinationName, tap,
                agent);
        connection.loopAllowed = loopAllowed;
        connection.filter = filter;
        connections.add(connection);
        connectionsById.put(connection.id, connection);
        tell(Change.CONNECTION_CAME, connection.id);
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
            add(Tap.NONE, sourceName, destinationName, filter, loopAllowed).restored = true;
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
        for (Connection connection : List.copyOf(connections)) {
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
        CompiledFilter filter = destinationFilters.remove(before);
        if (filter != null) {
            destinationFilters.put(after, filter);
        }
    }

    /** Silences every destination and forgets what connections have started. */
    void panic() {
        for (Connection connection : connections) {
            if (connection.state == State.ACTIVE) {
                connection.release();
            }
        }
        for (DestinationPort destination : everyDestination) {
            if (destination.forwardsTo == null) {
                destination.panic();
            } else {
                destination.payDebts();
            }
        }
        agent.panicked();
    }

    private void end(Connection connection) {
        suspend(connection);
        connections.remove(connection);
        connectionsById.remove(connection.id);
        tables.connectionGone(connection);
        tell(Change.CONNECTION_GONE, connection.id);
        retryLoops();
    }

    /** Changes the filter of a connection. */
    public void filter(String sourceName, String destinationName, CompiledFilter filter) {
        Connection connection = required(Tap.NONE, sourceName, destinationName);
        connection.filter = filter;
        tables.connection(connection);
        tell(Change.CONNECTION_CHANGED, connection.id);
    }

    /** Changes a destination's own filter, for as long as the server runs; null for none. */
    public void destinationFilter(String name, CompiledFilter filter) {
        destinationFilters.put(name, filter);
        DestinationPort destination = destinationsByName.get(name);
        if (destination != null) {
            destination.filter = filter;
            for (Connection connection : destination.incoming) {
                connection.destinationFilter(filter);
            }
        }
    }

    private void activate(Connection connection) {
        Object from = from(connection.tap, connection.sourceName);
        DestinationPort destination = destinationsByName.get(connection.destinationName);
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

    private void suspend(Connection connection) {
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
            tell(Change.CONNECTION_CHANGED, connection.id);
        }
    }

    /** Something went: connections that were refused as loops may be none any more. */
    private void retryLoops() {
        for (Connection connection : connections) {
            if (connection.state == State.LOOP) {
                connection.state = State.WAITING;
                activate(connection);
            }
        }
    }

    /** The source or tapped destination that a connection's events come from, or null while it is absent. */
    private Object from(Tap tap, String name) {
        return tap == Tap.OF_DESTINATION ? destinationsByName.get(name) : sourcesByName.get(name);
    }

    private Connection find(Tap tap, String sourceName, String destinationName) {
        for (Connection connection : connections) {
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

    private static void refuseIf(boolean refused, String why, String name) {
        if (refused) {
            throw new CarillonException(Kind.REFUSED, why + ": name=" + name);
        }
    }

    private int nextId() {
        return ++lastId;
    }

    /** Makes the arrays that the duty cycle walks: inlets by session, output rings once each. */
    private void rebuild() {
        List<Inlet> read = new ArrayList<>();
        Set<Outlet> written = new LinkedHashSet<>();
        for (Client client : clients) {
            read.addAll(client.inlets);
            for (DestinationPort destination : client.destinations) {
                written.add(destination.outlet);
            }
            if (client.received != null) {
                written.add(client.received);
            }
        }
        inlets = read.toArray(NO_INLETS);
        outputs = written.toArray(NO_OUTLETS);
        borders = read.stream().filter(BorderInlet.class::isInstance).toArray(BorderInlet[]::new);
        watchers = clients.stream().filter(client -> client.watched != 0).toArray(Client[]::new);
        everySource = sources.values().toArray(new SourcePort[0]);
        everyDestination = destinations.values().toArray(new DestinationPort[0]);
    }

    /** Writes the counters of everything to the status page. */
    void publish() {
        tables.publish(everySource, everyDestination, connections);
    }
}
