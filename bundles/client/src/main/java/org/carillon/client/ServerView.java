package org.carillon.client;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.carillon.protocol.DropReason;
import org.carillon.protocol.ServerClock;
import org.carillon.protocol.StatusCounter;
import org.carillon.protocol.StatusPage;
import org.carillon.protocol.control.ConnectionEntry;
import org.carillon.protocol.control.PortEntry;

/**
 * What a server shows of itself, read out of its status page: no request, no wait. Any thread. Once the server has gone
 * it shows what was last; where it died while it changed its tables, they cannot be read: {@link ClientException} with
 * {@link ClientException.Kind#UNREACHABLE}.
 */
public final class ServerView {
    private static final int ACTIVE = 1;
    private static final int TAP_MASK = 0xFF;
    /** Longer than any change of the tables. */
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(1);

    private final StatusPage page;

    ServerView(StatusPage page) {
        this.page = page;
    }

    /** Server time; dates of events are of this clock. */
    public ServerClock clock() {
        return page.clock();
    }

    /** Whether the server takes sessions. */
    public boolean isReady() {
        return page.state() == StatusPage.READY;
    }

    /** Of the server. */
    public int processId() {
        return page.processId();
    }

    /** Names of sessions and drivers, in the order they came. */
    public List<String> sessions() {
        return whole(() -> sessionNames().entrySet().stream().sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue).toList());
    }

    /** Ports, by name. */
    public List<PortEntry> ports() {
        return whole(this::readPorts);
    }

    /** Connections and taps, in the order they were made. */
    public List<ConnectionEntry> connections() {
        return whole(this::readConnections);
    }

    /** Whether a connection of these ports is there and both of them are. */
    public boolean isConnected(String source, String destination) {
        return connections().stream().anyMatch(connection -> connection.source().equals(source)
                && connection.destination().equals(destination) && connection.tap() == 0
                && connection.state() == ACTIVE);
    }

    /** A counter's value. */
    public long count(StatusCounter counter) {
        return page.counter(counter);
    }

    /** Events that were not delivered, by reason. */
    public Map<DropReason, Long> dropped() {
        Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);
        for (DropReason reason : DropReason.values()) {
            dropped.put(reason, page.dropped(reason));
        }
        return dropped;
    }

    /** Reads tables, again and again until none has changed meanwhile. A server may have died while it wrote them. */
    private <T> T whole(java.util.function.Supplier<T> reading) {
        long startNs = System.nanoTime();
        while (System.nanoTime() - startNs < LIMIT_NS) {
            long sequence = page.sequence();
            if ((sequence & 1) == 0) {
                T read = reading.get();
                if (page.isStill(sequence)) {
                    return read;
                }
            }
            Thread.onSpinWait();
        }
        throw ClientException.unreachable("its tables stay unfinished");
    }

    private Map<Integer, String> sessionNames() {
        Map<Integer, String> names = new HashMap<>();
        for (int slot = 0; slot < StatusPage.SESSION_CAPACITY; slot++) {
            int at = StatusPage.sessionAt(slot);
            int id = page.intAt(at + StatusPage.ID);
            if (id != 0) {
                names.put(id, page.nameAt(at + StatusPage.SESSION_NAME));
            }
        }
        return names;
    }

    private List<PortEntry> readPorts() {
        Map<Integer, String> sessionNames = sessionNames();
        List<PortEntry> ports = new ArrayList<>();
        for (int slot = 0; slot < StatusPage.PORT_CAPACITY; slot++) {
            int at = StatusPage.portAt(slot);
            int id = page.intAt(at + StatusPage.ID);
            if (id != 0) {
                ports.add(new PortEntry(id, page.nameAt(at + StatusPage.PORT_NAME),
                        (page.intAt(at + StatusPage.PORT_DIRECTION) & 1) != 0,
                        page.intAt(at + StatusPage.PORT_TRAITS) != 0,
                        sessionNames.getOrDefault(page.intAt(at + StatusPage.SECOND), ""),
                        page.longAt(at + StatusPage.EVENTS), page.longAt(at + StatusPage.DROPPED)));
            }
        }
        ports.sort(Comparator.comparing(PortEntry::name));
        return ports;
    }

    private List<ConnectionEntry> readConnections() {
        List<ConnectionEntry> connections = new ArrayList<>();
        for (int slot = 0; slot < StatusPage.CONNECTION_CAPACITY; slot++) {
            int at = StatusPage.connectionAt(slot);
            int id = page.intAt(at + StatusPage.ID);
            if (id != 0) {
                int state = page.intAt(at + StatusPage.SECOND);
                connections.add(new ConnectionEntry(id, page.nameAt(at + StatusPage.CONNECTION_SOURCE_NAME),
                        page.nameAt(at + StatusPage.CONNECTION_DESTINATION_NAME), state & TAP_MASK,
                        state >>> StatusPage.CONNECTION_TAP_SHIFT & TAP_MASK,
                        page.nameAt(at + StatusPage.CONNECTION_FILTER), page.longAt(at + StatusPage.EVENTS),
                        page.longAt(at + StatusPage.DROPPED), page.longAt(at + StatusPage.CONNECTION_FILTERED)));
            }
        }
        connections.sort(Comparator.comparingInt(ConnectionEntry::connectionId));
        return connections;
    }
}
