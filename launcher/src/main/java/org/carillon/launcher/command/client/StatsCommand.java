package org.carillon.launcher.command.client;

import com.eclipsesource.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.carillon.client.ClientSession;
import org.carillon.client.ServerView;
import org.carillon.launcher.command.ExitCodes;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;
import org.carillon.protocol.control.ConnectionEntry;
import org.carillon.protocol.control.Counter;
import org.carillon.protocol.control.CounterList;
import org.carillon.protocol.control.Nothing;
import org.carillon.protocol.control.PortEntry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells what the server has counted. */
@Command(name = "stats", description = "Tell what the server has counted since its start, and what it did not deliver "
        + "and why; or what passed the ports of a name and their connections, or one connection.",
        mixinStandardHelpOptions = true,
        footer = {"", Address.HELP, "", "Example:", "  carillon stats", "  carillon stats synth --json",
            "  carillon stats --conn '#3'", "  carillon stats keystation --histogram --seconds 2",
            "  carillon stats synth --watch"})
public final class StatsCommand extends ServerVerb {
    private static final int LIMIT = 64;
    private static final double MOST_SECONDS = 86_400;
    private static final double NS_PER_S = 1e9;
    private static final long STEP_NS = TimeUnit.SECONDS.toNanos(1);
    private static final List<String> COLUMNS = List.of("kind", "name", "value");

    @Parameters(arity = "0..1", paramLabel = "PORT", description = "Ports of this name.")
    private String port;

    @Option(names = "--conn", arity = "1..2", paramLabel = "SOURCE DESTINATION | ID", description = "This connection.")
    private List<String> connection = List.of();

    @Option(names = "--histogram", description = "Listen to PORT for some seconds, and show how the gaps between its "
            + "messages were spread.")
    private boolean histogram;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "5",
            description = "How long --histogram listens. Default: ${DEFAULT-VALUE}.")
    private double seconds;

    @Option(names = {"-w", "--watch"}, description = "Tell it each second, until Ctrl-C, with what was added in it.")
    private boolean watch;

    @Override
    void run() {
        if (port != null && !connection.isEmpty() || histogram && (port == null || watch)) {
            throw wrong("PORT and --conn exclude each other; --histogram needs PORT, and excludes --watch");
        }
        if (!(seconds > 0 && seconds <= MOST_SECONDS)) {
            throw wrong("--seconds must be above 0 and at most " + (int) MOST_SECONDS + ": seconds=" + seconds);
        }
        if (histogram) {
            listen();
        } else if (watch) {
            follow();
        } else {
            print(listing(rows(), COLUMNS));
        }
    }

    private static Listing listing(List<JsonObject> rows, List<String> columns) {
        return new Listing("counters", rows, columns, row -> row.getString("name", "") + " " + row.get("value"));
    }

    private List<JsonObject> rows() {
        ServerView view = server().view();
        Ports ports = new Ports(view);
        if (!connection.isEmpty()) {
            return of(ports.connection(connection));
        }
        return port == null ? ofServer() : ofPorts(ports, view);
    }

    private List<JsonObject> ofServer() {
        CounterList list = server().look(to -> to.counters(new Nothing()));
        List<JsonObject> rows = new ArrayList<>();
        Stream.of(list.counters()).map(each -> row("counter", each)).forEach(rows::add);
        Stream.of(list.dropped()).map(each -> row("dropped", each)).forEach(rows::add);
        return rows;
    }

    /** A device has ports of one name in both directions: both are told. */
    private List<JsonObject> ofPorts(Ports ports, ServerView view) {
        List<PortEntry> found = ports.portsOfOneName(port);
        List<JsonObject> rows = new ArrayList<>();
        for (PortEntry each : found) {
            String kind = each.isDestination() ? "destination" : "source";
            rows.add(row(kind, each.name() + " events", each.events()));
            rows.add(row(kind, each.name() + " dropped", each.dropped()));
        }
        String name = found.getFirst().name();
        view.connections().stream().filter(each -> each.source().equals(name) || each.destination().equals(name))
                .forEach(each -> rows.addAll(of(each)));
        return rows;
    }

    private static List<JsonObject> of(ConnectionEntry each) {
        String kind = each.tap() == 0 ? "connection" : "tap";
        return List.of(row(kind, Ports.words(each) + " events", each.events()),
                row(kind, Ports.words(each) + " dropped", each.dropped()),
                row(kind, Ports.words(each) + " filtered", each.filtered()));
    }

    private static JsonObject row(String kind, Counter counter) {
        return row(kind, counter.name(), counter.value());
    }

    private static JsonObject row(String kind, String name, long value) {
        return new JsonObject().add("kind", kind).add("name", name).add("value", value);
    }

    private void follow() {
        Map<String, Long> before = new TreeMap<>();
        Thread waiting = Thread.currentThread();
        try (Interruption told = new Interruption()) {
            told.wakes(() -> LockSupport.unpark(waiting));
            while (!told.isTold()) {
                long nextNs = System.nanoTime() + STEP_NS;
                List<JsonObject> rows = rows();
                for (JsonObject row : rows) {
                    String key = row.getString("kind", "") + row.getString("name", "");
                    long value = row.getLong("value", 0);
                    row.add("added", value - before.getOrDefault(key, value));
                    before.put(key, value);
                }
                print(listing(rows, List.of("kind", "name", "value", "added")));
                if (!isJson()) {
                    out().println();
                }
                out().flush();
                while (!told.isTold() && nextNs - System.nanoTime() > 0) {
                    LockSupport.parkNanos(nextNs - System.nanoTime());
                }
            }
            told.finish(ExitCodes.DONE);
        }
    }

    private void listen() {
        PortEntry tapped = new Ports(server().view()).portsOfOneName(port).getFirst();
        Durations gaps = new Durations();
        try (Interruption told = new Interruption(); ClientSession session = server().open("stats")) {
            told.wakes(session::wake);
            session.tap(tapped.isDestination(), tapped.name(), session.destination("in").name(), "");
            Gaps counting = new Gaps(gaps);
            long untilNs = System.nanoTime() + Math.round(seconds * NS_PER_S);
            while (!told.isTold() && session.isReachable() && untilNs - System.nanoTime() > 0) {
                if (session.poll(counting::onEvent, LIMIT) == 0) {
                    session.await(untilNs);
                }
            }
            String port = tapped.name();
            say(new JsonObject().add("port", port).add("gaps", gaps.json()).add("histogram", gaps.jsonRows()),
                    gaps.count() == 0
                            ? String.format(Locale.ROOT, "fewer than two messages in %.1f s: %s", seconds, port)
                            : gaps.count() + " gaps, " + gaps.words() + System.lineSeparator()
                                    + gaps.picture().stripTrailing());
            out().flush();
            told.finish(ExitCodes.DONE);
        }
    }

    /** Measures from one message to the next. */
    private static final class Gaps {
        private final Durations gaps;
        private long lastNs = Long.MIN_VALUE;

        Gaps(Durations gaps) {
            this.gaps = gaps;
        }

        void onEvent(Event event) {
            if (event.type() == EventType.CHANGE
                    || event.type() == EventType.SYSEX && (event.flags() & Event.END) == 0) {
                return;
            }
            if (lastNs != Long.MIN_VALUE) {
                gaps.add(event.timeNs() - lastNs);
            }
            lastNs = event.timeNs();
        }
    }
}
