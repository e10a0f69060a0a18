package org.carillon.launcher.command.client;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.carillon.client.ServerView;
import org.carillon.launcher.command.StatusLine;
import org.carillon.launcher.command.client.ListWatch.Form;
import org.carillon.protocol.control.ConnectionEntry;
import org.carillon.protocol.control.DeviceEntry;
import org.carillon.protocol.control.PortEntry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists what is there. */
@Command(name = "ls", description = "List ports, connections, clients, devices or drivers of the server that runs.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  carillon ls", "  carillon ls -o --plain", "  carillon ls connections --json",
            "  carillon ls -l", "  carillon ls devices", "  carillon ls --watch", "  carillon ls -c --watch --json"})
public final class ListCommand extends ServerVerb {
    private static final List<String> STATES = List.of("absent", "active", "loop");
    private static final List<String> KINDS = List.of("connection", "tap of source", "tap of destination");

    /** What can be listed. */
    enum What {
        PORTS, CONNECTIONS, CLIENTS, DEVICES, DRIVERS
    }

    @Parameters(arity = "0..1", paramLabel = "ports|connections|clients|devices|drivers",
            description = "What to list. Default: ports.")
    private What what;

    @Option(names = {"-i", "--in"}, description = "Sources only: what events can be read from.")
    private boolean sources;

    @Option(names = {"-o", "--out"}, description = "Destinations only: where events can be sent.")
    private boolean destinations;

    @Option(names = {"-c", "--connections"}, description = "Connections: as 'carillon ls connections'.")
    private boolean connections;

    @Option(names = {"-l", "--long"}, description = "Ports, each with what it is connected with.")
    private boolean isLong;

    @Option(names = {"-w", "--watch"}, description = "Show the list again when it has changed, until Ctrl-C; with "
            + "--json one object for the list, and then one for each change.")
    private boolean watch;

    @Override
    void run() {
        if (what != null && (connections || isLong) || connections && isLong) {
            throw wrong("--connections, --long and what to list exclude each other");
        }
        if (watch) {
            new ListWatch(server(), this::listing, out(), paint()).run(isJson() ? Form.JSON
                    : isPlain() ? Form.PLAIN : StatusLine.isTerminal() ? Form.SCREEN : Form.TEXT);
        } else if (isLong && !isJson() && !isPlain()) {
            out().print(longText());
        } else {
            print(listing());
        }
    }

    private Listing listing() {
        return switch (what == null ? connections ? What.CONNECTIONS : What.PORTS : what) {
            case PORTS -> ports();
            case CONNECTIONS -> connections();
            case CLIENTS -> ClientCommand.listing(server());
            case DEVICES -> devices();
            case DRIVERS -> DriverVerbs.listing(server());
        };
    }

    private boolean isWanted(PortEntry port) {
        return sources == destinations || port.isDestination() == destinations;
    }

    private Listing ports() {
        ServerView view = server().view();
        List<ConnectionEntry> all = isLong ? view.connections() : List.of();
        List<String> columns = new ArrayList<>(List.of("id", "direction", "name", "owner", "events", "dropped"));
        if (isLong) {
            columns.add("connected");
        }
        return new Listing("ports", view.ports().stream().filter(this::isWanted)
                .map(port -> isLong ? row(port).add("connected", connected(port, all)) : row(port)).toList(), columns,
                row -> row.getString("name", ""));
    }

    private static JsonObject row(PortEntry port) {
        return new JsonObject().add("id", port.portId()).add("name", port.name())
                .add("direction", port.isDestination() ? "destination" : "source").add("owner", port.session())
                .add("forwards", port.forwards()).add("events", port.events()).add("dropped", port.dropped());
    }

    private static JsonArray connected(PortEntry port, List<ConnectionEntry> all) {
        JsonArray names = new JsonArray();
        of(port, all).forEach(each -> names.add(port.isDestination() ? each.source() : each.destination()));
        return names;
    }

    private static List<ConnectionEntry> of(PortEntry port, List<ConnectionEntry> all) {
        return all.stream().filter(each -> each.tap() == 0 && port.name().equals(port.isDestination()
                ? each.destination()
                : each.source())).toList();
    }

    private String longText() {
        ServerView view = server().view();
        StringBuilder text = new StringBuilder();
        for (PortEntry port : view.ports().stream().filter(this::isWanted).toList()) {
            text.append(String.format(Locale.ROOT, "#%d  %s  %s of %s%n", port.portId(), port.name(),
                    port.isDestination() ? "destination" : "source", port.session()));
            for (ConnectionEntry each : of(port, view.connections())) {
                text.append(String.format(Locale.ROOT, "      %s %s%s%s%n", port.isDestination() ? "<--" : "-->",
                        port.isDestination() ? each.source() : each.destination(),
                        each.filter().isEmpty() ? "" : "  [" + each.filter() + "]",
                        each.state() == 1 ? "" : "  (" + word(STATES, each.state()) + ")"));
            }
        }
        return text.isEmpty() ? "no ports" + System.lineSeparator() : text.toString();
    }

    private Listing connections() {
        return new Listing("connections", server().view().connections().stream().map(ListCommand::row).toList(),
                List.of("id", "source", "destination", "state", "kind", "filter", "events", "dropped"),
                row -> row.getString("source", "") + " --> " + row.getString("destination", ""));
    }

    private static JsonObject row(ConnectionEntry connection) {
        return new JsonObject().add("id", connection.connectionId()).add("source", connection.source())
                .add("destination", connection.destination()).add("state", word(STATES, connection.state()))
                .add("kind", word(KINDS, connection.tap())).add("filter", connection.filter())
                .add("events", connection.events()).add("dropped", connection.dropped())
                .add("filtered", connection.filtered());
    }

    /** A server that is newer may know more. */
    private static String word(List<String> words, int code) {
        return code < words.size() ? words.get(code) : Integer.toString(code);
    }

    private Listing devices() {
        return new Listing("devices", server().list((to, page) -> to.devices(page).devices()).stream()
                .map(ListCommand::row).toList(), List.of("name", "alias", "state", "driver", "address", "remark"),
                row -> row.getString("alias", "").isEmpty() ? row.getString("name", "") : row.getString("alias", ""));
    }

    private static JsonObject row(DeviceEntry device) {
        return new JsonObject().add("name", device.name()).add("alias", device.alias())
                .add("present", device.present()).add("driver", device.driver())
                .add("state", device.state().toLowerCase(Locale.ROOT)).add("address", device.address())
                .add("evidence", device.evidence()).add("remark", device.remark());
    }
}
