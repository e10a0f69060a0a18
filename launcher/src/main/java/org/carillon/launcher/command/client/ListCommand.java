package org.carillon.launcher.command.client;

import com.eclipsesource.json.JsonObject;
import java.util.List;
import java.util.Locale;
import org.carillon.protocol.control.ConnectionEntry;
import org.carillon.protocol.control.DeviceEntry;
import org.carillon.protocol.control.PortEntry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists what is there. */
@Command(name = "ls", description = "List ports, connections or devices of the server that runs.",
        mixinStandardHelpOptions = true,
        footer = {"", "See also: carillon client ls, carillon driver ls", "", "Example:", "  carillon ls",
            "  carillon ls -o --plain", "  carillon ls connections --json"})
public final class ListCommand extends ServerVerb {
    private static final List<String> STATES = List.of("absent", "active", "loop");
    private static final List<String> KINDS = List.of("connection", "tap of source", "tap of destination");

    /** What can be listed. */
    enum What {
        PORTS, CONNECTIONS, DEVICES
    }

    @Parameters(arity = "0..1", paramLabel = "ports|connections|devices", description = "What to list. Default: ports.")
    private What what;

    @Option(names = {"-i", "--in"}, description = "Sources only: what events can be read from.")
    private boolean sources;

    @Option(names = {"-o", "--out"}, description = "Destinations only: where events can be sent.")
    private boolean destinations;

    @Option(names = {"-c", "--connections"}, description = "Connections: as 'carillon ls connections'.")
    private boolean connections;

    @Override
    void run() {
        print(switch (what == null ? connections ? What.CONNECTIONS : What.PORTS : what) {
            case PORTS -> ports();
            case CONNECTIONS -> connections();
            case DEVICES -> devices();
        });
    }

    private Listing ports() {
        return new Listing("ports", server().view().ports().stream()
                .filter(port -> sources == destinations || port.isDestination() == destinations)
                .map(ListCommand::row).toList(),
                List.of("id", "direction", "name", "owner", "events", "dropped"), row -> row.getString("name", ""));
    }

    private static JsonObject row(PortEntry port) {
        return new JsonObject().add("id", port.portId()).add("name", port.name())
                .add("direction", port.isDestination() ? "destination" : "source").add("owner", port.session())
                .add("forwards", port.forwards()).add("events", port.events()).add("dropped", port.dropped());
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
