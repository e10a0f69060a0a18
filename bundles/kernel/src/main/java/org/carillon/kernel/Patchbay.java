package org.carillon.kernel;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import org.agrona.collections.Int2ObjectHashMap;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.CarillonException.Kind;
import org.carillon.api.port.Kernel;
import org.carillon.api.ring.BorderRings;
import org.carillon.api.ring.LocalRing;
import org.carillon.protocol.Change;
import org.carillon.protocol.Doorbell;
import org.carillon.protocol.SessionState;
import org.carillon.protocol.StatusPage;

/**
 * Who is there, with which ports; with whom they are connected know its {@link #connections}. Owned by the kernel's
 * thread; what it refuses it refuses with a {@link CarillonException}, before anything has changed.
 */
public final class Patchbay {
    /** As many words as the kernel can sleep on beside its own. */
    static final int BORDER_LIMIT = 126;
    private static final Inlet[] NO_INLETS = {};
    private static final Outlet[] NO_OUTLETS = {};
    private static final BorderInlet[] NO_BORDERS = {};

    private final KernelAgent agent;
    private final Doorbell bell;
    private final StatusTables tables;
    /** In the order of their ids. */
    private final List<Client> clients = new ArrayList<>();
    private final Int2ObjectHashMap<Client> clientsById = new Int2ObjectHashMap<>();
    private final Ports ports = new Ports();
    private final Watchers watchers;
    private final Connections connections;
    private Inlet[] inlets = NO_INLETS;
    private Outlet[] outputs = NO_OUTLETS;
    private BorderInlet[] borders = NO_BORDERS;

    Patchbay(KernelAgent agent, StatusPage page, Doorbell bell) {
        this.agent = agent;
        this.bell = bell;
        tables = new StatusTables(page);
        watchers = new Watchers(agent);
        connections = new Connections(agent, ports, tables, watchers);
    }

    Ports ports() {
        return ports;
    }

    /** Who is connected with whom. */
    public Connections connections() {
        return connections;
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
        return ports.source(id);
    }

    Client client(int id) {
        return clientsById.get(id);
    }

    Connection connection(int id) {
        return connections.get(id);
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
        return add(new Client(tables.nextId(), tables.freeSession(), name, role, received));
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
        int id = tables.nextId();
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
        watchers.tell(Change.SESSION_CAME, client.id);
        return client;
    }

    /**
     * Ends a session or driver: what its rings still hold is routed first, then what it has made of its own ports ends,
     * then its ports go.
     */
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
        connections.endAllOf(client);
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
        watchers.tell(Change.SESSION_GONE, client.id);
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

    /** Sessions of other processes, whose words the kernel sleeps on. */
    BorderInlet[] borders() {
        return borders;
    }

    /** Publishes a source. */
    public int addSource(Client client, String name, LocalRing ring) {
        ports.refuseSource(name);
        SourcePort source = new SourcePort(tables.nextId(), tables.freePort(name), name, client);
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
        ports.refuseSource(name);
        SourcePort source = new SourcePort(tables.nextId(), tables.freePort(name), name, client);
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
        ports.refuseDestination(name);
        DestinationPort destination = new DestinationPort(tables.nextId(), tables.freePort(name), name, client, outlet,
                index,
                wholeNotes, agent);
        add(destination);
        return destination.id;
    }

    /** Publishes a source and a destination of one name, of which the server forwards the one to the other. */
    public void addLoop(Client client, String name, int capacityBytes, long delayNs) {
        ports.refuseSource(name);
        ports.refuseDestination(name);
        tables.checkPorts(2);
        LocalRing ring = new LocalRing(capacityBytes, bell);
        SourcePort source = new SourcePort(tables.nextId(), tables.freePort(name), name, client);
        Inlet inlet = new LocalInlet(client, ring, Inlet.Dates.DEADLINES, source, delayNs, agent);
        DestinationPort destination = new DestinationPort(tables.nextId(), tables.freePort(name), name, client,
                new Outlet(ring), 0, true, agent);
        destination.forwardsTo = source;
        client.inlets.add(inlet);
        add(source, inlet);
        add(destination);
    }

    private void add(SourcePort source, Inlet inlet) {
        source.inlet = inlet;
        source.owner.sources.add(source);
        ports.add(source);
        tables.source(source);
        rebuild();
        watchers.tell(Change.PORT_CAME, source.id);
        connections.came(source);
    }

    private void add(DestinationPort destination) {
        destination.owner.destinations.add(destination);
        ports.add(destination);
        tables.destination(destination);
        rebuild();
        watchers.tell(Change.PORT_CAME, destination.id);
        connections.came(destination);
    }

    /** Takes a port of a session away. */
    public void removePort(Client client, int portId) {
        SourcePort source = ports.source(portId);
        DestinationPort destination = ports.destination(portId);
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
        left.forEach(connections::suspend);
        source.owner.sources.remove(source);
        source.inlet.forget(source);
        ports.remove(source);
        tables.sourceGone(source);
        rebuild();
        left.forEach(connections::activate);
        watchers.tell(Change.PORT_GONE, source.id);
        connections.retryLoops();
    }

    private void remove(DestinationPort destination) {
        List<Connection> left = new ArrayList<>(destination.incoming);
        left.addAll(List.of(destination.taps()));
        left.forEach(connections::suspend);
        destination.owner.destinations.remove(destination);
        agent.forget(destination);
        ports.remove(destination);
        tables.destinationGone(destination);
        rebuild();
        left.forEach(connections::activate);
        watchers.tell(Change.PORT_GONE, destination.id);
        connections.retryLoops();
    }

    /** Silences every destination and forgets what connections have started. */
    void panic() {
        connections.releaseAll();
        for (DestinationPort destination : ports.everyDestination()) {
            if (destination.forwardsTo == null) {
                destination.panic();
            } else {
                destination.payDebts();
            }
        }
        agent.panicked();
    }

    static void refuseIf(boolean refused, String why, String name) {
        if (refused) {
            throw new CarillonException(Kind.REFUSED, why + ": name=" + name);
        }
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
        watchers.among(clients);
    }

    /** Writes the counters of everything to the status page. */
    void publish() {
        tables.publish(ports.everySource(), ports.everyDestination(), connections.all());
    }
}
