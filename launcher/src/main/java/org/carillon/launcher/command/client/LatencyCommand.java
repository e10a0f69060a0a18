package org.carillon.launcher.command.client;

import com.eclipsesource.json.JsonObject;
import java.util.concurrent.TimeUnit;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.CarillonException.Kind;
import org.carillon.client.ClientSession;
import org.carillon.client.ClientSource;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures how long events take from one port to another. */
@Command(name = "latency", description = "Measure how long events take from a destination back to a source, which a "
        + "cable or a program connects: one after the other, each a control change of controller 119 on channel 16.",
        mixinStandardHelpOptions = true,
        footer = {"", Address.HELP, "", "Example:", "  carillon latency loop loop -n 1000",
            "  carillon latency loop loop --histogram"})
public final class LatencyCommand extends ServerVerb {
    private static final int MOST = 1_000_000;
    private static final int STATUS = 0xBF;
    private static final int CONTROLLER = 119;
    private static final int VALUES = 128;
    private static final int LIMIT = 64;
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(2);

    @Parameters(index = "0", paramLabel = "DESTINATION", description = "Where events are sent.")
    private String destination;

    @Parameters(index = "1", paramLabel = "SOURCE", description = "Where they come back.")
    private String source;

    @Option(names = {"-n", "--count"}, paramLabel = "N", defaultValue = "1000",
            description = "How many. Default: ${DEFAULT-VALUE}.")
    private int count;

    @Option(names = "--histogram", description = "Show how the times were spread.")
    private boolean histogram;

    private int awaited;
    private boolean isBack;

    @Override
    void run() {
        if (count < 1 || count > MOST) {
            throw wrong("--count must be 1 to " + MOST + ": count=" + count);
        }
        Ports ports = new Ports(server().view());
        String to = ports.destination(destination).name();
        String from = ports.source(source).name();
        Durations took = new Durations();
        try (ClientSession session = server().open("latency")) {
            ClientSource out = session.source("out");
            session.connect(from, session.destination("in").name());
            session.connect(out.name(), to);
            for (int i = 0; i < count; i++) {
                took.add(roundTripNs(session, out, i % VALUES));
            }
        }
        JsonObject json = new JsonObject().add("destination", to).add("source", from).merge(took.json());
        say(histogram ? json.add("histogram", took.jsonRows()) : json, count + " events, " + took.words()
                + (histogram ? System.lineSeparator() + took.picture().stripTrailing() : ""));
    }

    private long roundTripNs(ClientSession session, ClientSource out, int number) {
        awaited = number;
        isBack = false;
        long startNs = System.nanoTime();
        out.send(0, STATUS, CONTROLLER, number);
        out.flush();
        while (!isBack) {
            if (session.poll(this::onEvent, LIMIT) == 0) {
                if (System.nanoTime() - startNs > LIMIT_NS) {
                    throw new CarillonException(Kind.TIMED_OUT, "event does not come back: destination=" + destination
                            + ", source=" + source);
                }
                session.await(startNs + LIMIT_NS);
            }
        }
        return System.nanoTime() - startNs;
    }

    private void onEvent(Event event) {
        isBack |= event.type() == EventType.CONTROL_CHANGE && event.status() == STATUS && event.data(1) == CONTROLLER
                && event.data(2) == awaited;
    }
}
