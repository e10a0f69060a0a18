package org.carillon.launcher.command.client;

import com.eclipsesource.json.JsonObject;
import java.util.Locale;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.CarillonException.Kind;
import org.carillon.client.ClientSession;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;
import org.carillon.protocol.control.NewTap;
import org.carillon.protocol.control.PortEntry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what passes a port. */
@Command(name = "tap", description = "Show what comes from a source or goes to a destination, until Ctrl-C. Holds "
        + "nobody back. Clock and active sensing are hidden.", mixinStandardHelpOptions = true,
        footer = {"", Address.HELP, "", "Example:", "  carillon tap keystation",
            "  carillon tap synth --count 10 --json",
            "  carillon tap --out synth --filter 'ch 1'"})
public final class TapCommand extends ServerVerb {
    private static final int LIMIT = 64;
    private static final long LOOK_NS = 200_000_000L;
    private static final double NS_PER_S = 1e9;

    @Parameters(paramLabel = "PORT", description = "Which; a source where both directions have the name.")
    private String port;

    @Option(names = {"-o", "--out"}, description = "PORT is a destination.")
    private boolean isDestination;

    @Option(names = {"-f", "--filter"}, paramLabel = "WORDS", defaultValue = "", description = "Show what passes this.")
    private String filter;

    @Option(names = {"-a", "--all"}, description = "Show clock and active sensing, too.")
    private boolean all;

    @Option(names = {"-n", "--count"}, paramLabel = "N", defaultValue = "9223372036854775807",
            description = "End after so many lines.")
    private long count;

    @Option(names = {"-t", "--timeout"}, paramLabel = "SECONDS",
            description = "End after so long: with exit code 6 where --count is not reached.")
    private Double timeoutS;

    private long shown;

    @Override
    void run() {
        PortEntry tapped = tapped();
        try (OwnSession own = new OwnSession(server(), "tap")) {
            String destination = own.session().destination("in").name();
            own.tap(new NewTap(tapped.isDestination(), tapped.name(), destination, filter));
            follow(own.session());
        }
    }

    private PortEntry tapped() {
        Ports ports = new Ports(server().view());
        if (isDestination) {
            return ports.destination(port);
        }
        try {
            return ports.source(port);
        } catch (CarillonException e) {
            try {
                return ports.destination(port);
            } catch (CarillonException _) {
                throw e;
            }
        }
    }

    private void follow(ClientSession session) {
        long startNs = System.nanoTime();
        long limitNs = timeoutS == null ? Long.MAX_VALUE : Math.round(timeoutS * NS_PER_S);
        while (shown < count) {
            if (session.poll(this::show, LIMIT) > 0) {
                continue;
            }
            out().flush();
            long leftNs = limitNs - (System.nanoTime() - startNs);
            if (leftNs <= 0) {
                if (count < Long.MAX_VALUE) {
                    throw new CarillonException(Kind.TIMED_OUT, "fewer events came: wanted=" + count + ", came="
                            + shown);
                }
                return;
            }
            if (!session.isReachable()) {
                throw new CarillonException(Kind.UNREACHABLE, "server has ended");
            }
            session.await(System.nanoTime() + Math.min(leftNs, LOOK_NS));
        }
    }

    private void show(Event event) {
        boolean isHidden = event.type() == EventType.CLOCK || event.type() == EventType.ACTIVE_SENSING;
        if (shown >= count || isHidden && !all || event.type() == EventType.CHANGE) {
            return;
        }
        shown++;
        String hex = TapLine.hex(event);
        String words = TapLine.words(event);
        if (isJson()) {
            out().println(new JsonObject().add("schema", SCHEMA).add("time_ns", event.timeNs()).add("hex", hex)
                    .add("words", words));
        } else if (isPlain()) {
            out().println(words);
        } else {
            out().println(String.format(Locale.ROOT, "%14.6f  %-10s  %s", event.timeNs() / NS_PER_S, hex, words));
        }
    }
}
