package org.carillon.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agrona.collections.Int2ObjectHashMap;
import org.carillon.api.filter.CompiledFilter;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.CarillonException.Kind;
import org.carillon.api.port.ConnectionInfo.State;
import org.carillon.api.port.ConnectionInfo.Tap;
import org.carillon.api.port.Direction;
import org.carillon.api.port.Kernel;
import org.carillon.api.ring.LocalRing;
import org.carillon.protocol.Doorbell;
import org.carillon.protocol.StatusPage;

/**
 * Who is there and who is connected with whom. Owned by the kernel's thread; what it refuses it refuses with a
 * {@link CarillonException}, before anything has changed.
 */
public final class Patchbay {
    private static final Inlet[] NO_INLETS = {};
    private static final LocalRing[] NO_RINGS = {};

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
    private LocalRing[] outputs = NO_RINGS;
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
        for (LocalRing ring : outputs) {
            ring.flush();
        }
    }

    /** Attaches a session or driver. */
    public Client attach(String name, Kernel.Role role, LocalRing received) {
        for (Client other : clients) {
            refuseIf(other.name.equals(name), "session name is taken", name);
        }
        Client client = new Client(nextId(), tables.freeSession(), name, role, received);
        clients.add(client);
        clientsById.put(client.id, client);
        tables.session(client);
        rebuild();
        return client;
    }

    /** Ends a session or driver: what its rings still hold is routed first, then its ports go. */
    public void detach(Client client) {
        if (!client.open) {
            return;
        }
        client.open = false;
        for (Inlet inlet : client.inlets) {
            drain(inlet);
        }
        while (!client.sources.isEmpty()) {
            remove(client.sources.getFirst());
        }
        while (!client.destinations.isEmpty()) {
            remove(client.destinations.getFirst());
        }
        client.inlets.clear();
        clients.remove(client);
        clientsById.remove(client.id);
        tables.sessionGone(client);
        rebuild();
    }

    /** Routes what is there, drops what has to wait. */
    private static void drain(Inlet inlet) {
        while (inlet.poll(Integer.MAX_VALUE) > 0) {
            Thread.onSpinWait();
        }
        inlet.discard();
    }

    /** Ends everybody: the server stops. */
    void detachAll() {
        while (!clients.isEmpty()) {
            detach(clients.getFirst());
        }
        flush();
    }

    /** Publishes a source. */
    public int addSource(Client client, String name, LocalRing ring) {
        refuseIf(sourcesByName.containsKey(name), "source name is taken", name);
        SourcePort source = new SourcePort(nextId(), tables.freePort(name), name, client);
        Inlet inlet = client.inlet(ring);
        if (inlet == null) {
            Inlet.Dates dates = client.role == Kernel.Role.DRIVER ? Inlet.Dates.STAMPS : Inlet.Dates.DEADLINES;
            inlet = new Inlet(client, ring, dates, null, 0, agent);
            client.inlets.add(inlet);
        }
        add(source, inlet);
        return source.id;
    }

    /** Publishes a destination. */
    public int addDestination(Client client, String name, LocalRing ring, int index, boolean wholeNotes) {
        refuseIf(destinationsByName.containsKey(name), "destination name is taken", name);
        DestinationPort destination = new DestinationPort(nextId(), tables.freePort(name), name, client, ring, index,
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
        Inlet inlet = new Inlet(client, ring, Inlet.Dates.DEADLINES, source, delayNs, agent);
        DestinationPort destination = new DestinationPort(nextId(), tables.freePort(name), name, client, ring, 0,
                true, agent);
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
            if (client.sources.stream().noneMatch(other -> other != source && other.inlet == source.inlet)) {
                drain(source.inlet);
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
        refuseIf(!loopAllowed && from != null && destination != null && reaches(destination, from),
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
        retryLoops();
    }

    /** Changes the filter of a connection. */
    public void filter(String sourceName, String destinationName, CompiledFilter filter) {
        Connection connection = required(Tap.NONE, sourceName, destinationName);
        connection.filter = filter;
        tables.connection(connection);
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
            if (!connection.loopAllowed && reaches(destination, from)) {
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
        tables.connection(connection);
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
        tables.connection(connection);
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

    /** Whether what goes to a destination can come to a port again, through ports that the server forwards and taps. */
    private boolean reaches(DestinationPort from, Object target) {
        return reaches(from, target, new HashSet<>());
    }

    private boolean reaches(DestinationPort from, Object target, Set<DestinationPort> seen) {
        SourcePort next = from.forwardsTo;
        if (from == target || next != null && next == target) {
            return true;
        }
        return seen.add(from)
                && (anyReaches(from.taps(), target, seen)
                        || next != null && anyReaches(next.connections, target, seen));
    }

    private boolean anyReaches(Connection[] through, Object target, Set<DestinationPort> seen) {
        for (Connection connection : through) {
            if (reaches(connection.destination, target, seen)) {
                return true;
            }
        }
        return false;
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
        Set<LocalRing> written = new LinkedHashSet<>();
        for (Client client : clients) {
            read.addAll(client.inlets);
            for (DestinationPort destination : client.destinations) {
                written.add(destination.ring);
            }
            if (client.received != null) {
                written.add(client.received);
            }
        }
        inlets = read.toArray(NO_INLETS);
        outputs = written.toArray(NO_RINGS);
        everySource = sources.values().toArray(new SourcePort[0]);
        everyDestination = destinations.values().toArray(new DestinationPort[0]);
    }

    /** Writes the counters of everything to the status page. */
    void publish() {
        tables.publish(everySource, everyDestination, connections);
    }
}
