package org.carillon.launcher.command.client;

import java.util.Comparator;
import java.util.List;
import org.carillon.client.ServerView;
import org.carillon.protocol.control.ConnectionEntry;
import org.carillon.protocol.control.PortEntry;

/** Finds ports and connections by what a person types. */
final class Ports {
    private static final String ARROW = " --> ";
    /** A source by its number is none of a list of connections. */
    private static final int NO_ID = -1;

    private final ServerView view;

    Ports(ServerView view) {
        this.view = view;
    }

    PortEntry source(String word) {
        return one("source", word, false);
    }

    PortEntry destination(String word) {
        return one("destination", word, true);
    }

    /** A port of either direction. */
    PortEntry port(String word) {
        return new Address(word).one("port", view.ports(), PortEntry::name, PortEntry::portId);
    }

    /** Ports that have one name, the source first; a number means one of them. */
    List<PortEntry> portsOfOneName(String word) {
        Address address = new Address(word);
        List<PortEntry> found = address.all(view.ports(), PortEntry::name, PortEntry::portId);
        if (found.stream().map(PortEntry::name).distinct().count() != 1) {
            return List.of(address.one("port", view.ports(), PortEntry::name, PortEntry::portId));
        }
        return found.stream().sorted(Comparator.comparing(PortEntry::isDestination)).toList();
    }

    private PortEntry one(String what, String word, boolean isDestination) {
        List<PortEntry> ports = view.ports().stream().filter(port -> port.isDestination() == isDestination).toList();
        return new Address(word).one(what, ports, PortEntry::name, PortEntry::portId);
    }

    /** Full name of a source; in quotation marks it need not be there. */
    String sourceName(String word) {
        String exact = new Address(word).exactName();
        return exact != null ? exact : source(word).name();
    }

    /** Full name of a destination; in quotation marks it need not be there. */
    String destinationName(String word) {
        String exact = new Address(word).exactName();
        return exact != null ? exact : destination(word).name();
    }

    /** Full names of all ports of a direction that may be meant; in quotation marks one need not be there. */
    List<String> names(String word, boolean isDestination) {
        Address address = new Address(word);
        if (address.exactName() != null) {
            return List.of(address.exactName());
        }
        return address.all(view.ports().stream().filter(port -> port.isDestination() == isDestination).toList(),
                PortEntry::name, PortEntry::portId).stream().map(PortEntry::name).toList();
    }

    /** A connection by its number, or by its two ends, which need not be there. */
    ConnectionEntry connection(List<String> words) {
        List<ConnectionEntry> all = view.connections().stream().filter(each -> each.tap() == 0).toList();
        if (words.size() == 1) {
            String word = words.getFirst();
            return new Address(word.matches("\\d+") ? "#" + word : word).one("connection", all, Ports::words,
                    ConnectionEntry::connectionId);
        }
        List<ConnectionEntry> from = new Address(words.getFirst()).all(all, ConnectionEntry::source,
                _ -> NO_ID);
        return new Address(words.getLast()).one("connection of these ports", from, ConnectionEntry::destination,
                ConnectionEntry::connectionId);
    }

    static String words(ConnectionEntry connection) {
        return connection.source() + ARROW + connection.destination();
    }
}
