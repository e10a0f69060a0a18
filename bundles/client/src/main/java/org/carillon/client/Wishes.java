package org.carillon.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.carillon.protocol.control.ConnectionFilter;
import org.carillon.protocol.control.ControlClient;
import org.carillon.protocol.control.DestinationFilter;
import org.carillon.protocol.control.NewConnection;
import org.carillon.protocol.control.NewTap;
import org.carillon.protocol.control.Watch;
import org.carillon.protocol.control.WireRefusal;

/** What a session has asked for and has not taken back: what another life of it asks for again. Under its lock. */
final class Wishes {
    /** The two ends of a connection. */
    record Ends(String source, String destination) {}

    private final List<ClientPort> ports = new ArrayList<>();
    private final Map<Ends, NewConnection> connections = new LinkedHashMap<>();
    private final Map<String, String> destinationFilters = new LinkedHashMap<>();
    private final List<NewTap> taps = new ArrayList<>();
    private int changes;

    void add(ClientPort port) {
        ports.add(port);
    }

    void remove(ClientPort port) {
        ports.remove(port);
    }

    void connect(NewConnection connection) {
        connections.put(new Ends(connection.source(), connection.destination()), connection);
    }

    void disconnect(String source, String destination) {
        connections.remove(new Ends(source, destination));
    }

    void tap(NewTap tap) {
        taps.add(tap);
    }

    void untap(boolean ofDestination, String port, String destination) {
        taps.removeIf(tap -> tap.ofDestination() == ofDestination && tap.port().equals(port)
                && tap.destination().equals(destination));
    }

    /** Only of a connection that this session has made. */
    void filter(ConnectionFilter change) {
        connections.computeIfPresent(new Ends(change.source(), change.destination()),
                (ends, made) -> new NewConnection(ends.source(), ends.destination(), change.filter(),
                        made.allowLoop()));
    }

    void filterDestination(DestinationFilter filter) {
        destinationFilters.put(filter.destination(), filter.filter());
    }

    void watch(int watched) {
        changes = watched;
    }

    /** Asks for everything once more. What the server refuses now is left out: somebody else may have it. */
    void repeat(ControlClient client) throws java.io.IOException {
        for (ClientPort port : ports) {
            port.publish(client);
        }
        for (NewConnection connection : connections.values()) {
            connect(client, connection);
        }
        for (NewTap tap : taps) {
            try {
                client.tap(tap);
            } catch (WireRefusal e) {
                refused("tap", tap.port(), e);
            }
        }
        for (Map.Entry<String, String> filter : destinationFilters.entrySet()) {
            try {
                client.filterDestination(new DestinationFilter(filter.getKey(), filter.getValue()));
            } catch (WireRefusal e) {
                refused("filter", filter.getKey(), e);
            }
        }
        if (changes != 0) {
            client.watch(new Watch(changes));
        }
    }

    /** The server may have remembered the connection: then it gets the filter. */
    private static void connect(ControlClient client, NewConnection connection) throws java.io.IOException {
        try {
            client.connect(connection);
        } catch (WireRefusal refusal) {
            try {
                client.filter(new ConnectionFilter(connection.source(), connection.destination(),
                        connection.filter()));
            } catch (WireRefusal e) {
                refused("connection", connection.source() + " " + connection.destination(), refusal);
            }
        }
    }

    private static void refused(String what, String name, WireRefusal refusal) {
        System.getLogger(Wishes.class.getName()).log(System.Logger.Level.WARNING,
                "not restored: {0}={1}, reason={2}", what, name, refusal.getMessage());
    }
}
