package org.carillon.shell;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.felix.service.command.Descriptor;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.ConnectionInfo;
import org.carillon.api.port.ConnectionInfo.Tap;
import org.carillon.api.port.Direction;
import org.carillon.api.port.Kernel;
import org.carillon.api.port.PortInfo;
import org.carillon.api.port.PortSearch;
import org.carillon.api.port.Wiring;
import org.carillon.api.status.StatusSnapshot;
import org.carillon.protocol.StatusCounter;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Commands about ports and connections. Each returns what the shell prints. */
@Component(service = WiringCommands.class, property = {"osgi.command.scope=carillon", "osgi.command.function=ports",
    "osgi.command.function=connections", "osgi.command.function=connect", "osgi.command.function=disconnect",
    "osgi.command.function=tap", "osgi.command.function=untap", "osgi.command.function=panic",
    "osgi.command.function=sessions", "osgi.command.function=counters"})
public final class WiringCommands {
    /** What stands before the arrow, as it is typed. */
    private static final Map<Tap, String> WORDS = Map.of(Tap.NONE, "", Tap.OF_SOURCE, "tap ", Tap.OF_DESTINATION,
            "tap --out ");
    private static final String EVENTS = "EVENTS";
    private static final String DROPPED = "DROPPED";
    private static final String FILTERED = "FILTERED";
    private static final String COUNT = "COUNT";

    private final Kernel kernel;

    @Activate
    public WiringCommands(@Reference Kernel kernel) {
        this.kernel = kernel;
    }

    @Descriptor("lists the ports that are there")
    public String ports() {
        return ports("");
    }

    @Descriptor("lists the ports that have a word in their name")
    public String ports(@Descriptor("part of a name") String part) {
        Table table = new Table(Set.of(EVENTS, DROPPED), "DIRECTION", "PORT", "OWNER", EVENTS, DROPPED);
        status().ports().stream().filter(port -> has(port.name(), part))
                .sorted(Comparator.comparing(PortInfo::name).thenComparing(PortInfo::direction))
                .forEach(port -> table.row(word(port.direction()), port.name(), port.session(), port.events(),
                        port.dropped()));
        return table.text(part.isEmpty() ? "no ports" : "no port has this in its name: part=" + part);
    }

    @Descriptor("lists connections and taps, those that wait for a port included")
    public String connections() {
        return connections("");
    }

    @Descriptor("lists the connections of ports that have a word in their name")
    public String connections(@Descriptor("part of a name") String part) {
        Table table = new Table(Set.of("ID", EVENTS, DROPPED, FILTERED), "ID", "CONNECTION", "STATE", EVENTS, DROPPED,
                FILTERED, "FILTER");
        status().connections().stream().filter(each -> has(each.source(), part) || has(each.destination(), part))
                .sorted(Comparator.comparingInt(ConnectionInfo::id))
                .forEach(each -> table.row(each.id(), arrow(each), each.state().name().toLowerCase(Locale.ROOT),
                        each.events(), each.dropped(), each.filtered(), each.filter()));
        return table.text("no connections");
    }

    @Descriptor("connects a source with a destination")
    public String connect(
            @Descriptor("SOURCE DESTINATION [FILTER WORDS...]; each port by its name or by a part that no other has; "
                    + "--absent takes the names as they are, for ports that are not there; --allow-loop makes a "
                    + "connection that closes a loop") String... typed) {
        Words words = new Words("connect SOURCE DESTINATION [FILTER...] [--absent] [--allow-loop]", typed);
        boolean isAbsent = words.takeOption("--absent");
        Wiring.Loops loops = words.takeOption("--allow-loop") ? Wiring.Loops.ALLOWED : Wiring.Loops.REFUSED;
        List<String> given = words.between(2, Integer.MAX_VALUE);
        String source = port(given.get(0), Direction.SOURCE, isAbsent);
        String destination = port(given.get(1), Direction.DESTINATION, isAbsent);
        kernel.wiring().connect(source, destination, filter(given), loops);
        return "connected: " + source + " --> " + destination;
    }

    @Descriptor("ends a connection or a tap; notes that a connection holds are released")
    public String disconnect(@Descriptor("ID as connections lists it, or SOURCE DESTINATION") String... typed) {
        Words words = new Words("disconnect ID | disconnect SOURCE DESTINATION", typed);
        List<String> given = words.between(1, 2);
        ConnectionInfo found = given.size() == 1
                ? withId(given.getFirst(), words)
                : named(given.get(0), given.get(1), Tap.NONE);
        end(found);
        return "disconnected: " + arrow(found);
    }

    @Descriptor("copies what comes from a source, or went to a destination, to another destination, and never holds "
            + "anybody back")
    public String tap(@Descriptor("PORT DESTINATION [FILTER WORDS...]; --out taps a destination of that name where "
            + "there is a source, too; --absent takes the names as they are") String... typed) {
        Words words = new Words("tap PORT DESTINATION [FILTER...] [--out] [--absent]", typed);
        boolean isAbsent = words.takeOption("--absent");
        boolean isOut = words.takeOption("--out");
        List<String> given = words.between(2, Integer.MAX_VALUE);
        Direction of = isOut || !isAbsent && !isSource(given.get(0)) ? Direction.DESTINATION : Direction.SOURCE;
        String port = port(given.get(0), of, isAbsent);
        String destination = port(given.get(1), Direction.DESTINATION, isAbsent);
        kernel.wiring().tap(of, port, destination, filter(given));
        return "tapped " + word(of) + ": " + port + " --> " + destination;
    }

    @Descriptor("ends a tap")
    public String untap(
            @Descriptor("PORT DESTINATION; --out where a destination of that name is tapped") String... typed) {
        Words words = new Words("untap PORT DESTINATION [--out]", typed);
        Tap tap = words.takeOption("--out") ? Tap.OF_DESTINATION : Tap.OF_SOURCE;
        List<String> given = words.between(2, 2);
        ConnectionInfo found = named(given.get(0), given.get(1), tap);
        end(found);
        return "untapped: " + arrow(found);
    }

    @Descriptor("silences everything: releases what connections hold, then all notes and all sound off everywhere")
    public String panic() {
        long before = status().count(StatusCounter.RELEASED);
        kernel.wiring().panic();
        StatusSnapshot after = status();
        long destinations = after.ports().stream()
                .filter(port -> port.direction() == Direction.DESTINATION && !port.forwards()).count();
        return "silenced: destinations=" + destinations + ", released="
                + (after.count(StatusCounter.RELEASED) - before);
    }

    @Descriptor("lists sessions and drivers")
    public String sessions() {
        StatusSnapshot status = status();
        Table table = new Table(Set.of("PORTS"), "SESSION", "PORTS");
        status.sessions().forEach(name -> table.row(name,
                status.ports().stream().filter(port -> port.session().equals(name)).count()));
        return table.text("no sessions");
    }

    @Descriptor("shows what the server has counted, and what was dropped for which reason")
    public String counters() {
        StatusSnapshot status = status();
        Table table = new Table(Set.of(COUNT), "COUNTER", COUNT);
        status.counters().forEach((counter, count) -> table.row(counter.word(), count));
        status.dropped().forEach((reason, count) -> table.row("dropped " + reason.word(), count));
        return table.text("");
    }

    private StatusSnapshot status() {
        return StatusSnapshot.of(kernel.status());
    }

    private String port(String words, Direction direction, boolean isAbsent) {
        return isAbsent ? words : PortSearch.find(words, direction, status().ports());
    }

    /** Whether the words mean a source, rightly or ambiguously, rather than a destination. */
    private boolean isSource(String words) {
        return status().ports().stream().anyMatch(port -> port.direction() == Direction.SOURCE
                && has(port.name(), words));
    }

    private static boolean has(String name, String part) {
        return name.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }

    /** The words behind two ports. */
    private static String filter(List<String> given) {
        return String.join(" ", given.subList(2, given.size()));
    }

    private ConnectionInfo withId(String word, Words words) {
        if (!word.matches("\\d{1,9}")) {
            throw words.wrong();
        }
        return status().connections().stream().filter(each -> each.id() == Integer.parseInt(word)).findFirst()
                .orElseThrow(() -> new CarillonException(CarillonException.Kind.NO_SUCH_NAME,
                        "no connection of this number: id=" + word));
    }

    /** By the ports that connections have, since those of one that waits are not there. */
    private ConnectionInfo named(String from, String to, Tap tap) {
        List<ConnectionInfo> all = status().connections().stream().filter(each -> each.tap() == tap).toList();
        String source = PortSearch.find(from, tap == Tap.NONE ? "connected source" : "tapped port",
                all.stream().map(ConnectionInfo::source).toList());
        String destination = PortSearch.find(to, "destination of " + source, all.stream()
                .filter(each -> each.source().equals(source)).map(ConnectionInfo::destination).toList());
        return all.stream().filter(each -> each.source().equals(source) && each.destination().equals(destination))
                .findFirst().orElseThrow();
    }

    private void end(ConnectionInfo connection) {
        if (connection.tap() == Tap.NONE) {
            kernel.wiring().disconnect(connection.source(), connection.destination());
        } else {
            Direction of = connection.tap() == Tap.OF_SOURCE ? Direction.SOURCE : Direction.DESTINATION;
            kernel.wiring().untap(of, connection.source(), connection.destination());
        }
    }

    private static String arrow(ConnectionInfo connection) {
        return WORDS.get(connection.tap()) + connection.source() + " --> " + connection.destination();
    }

    private static String word(Direction direction) {
        return direction.name().toLowerCase(Locale.ROOT);
    }
}
