package org.carillon.launcher;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.carillon.api.session.Session;
import org.carillon.api.session.Source;

/**
 * What {@code carillon bench startup} measures: a program that embeds a server, routes one event through its loop, says
 * so in one line, and stays until its input ends.
 */
public final class FirstEvent {
    /** Argument: no other bundles than those that it waits for. */
    private static final String MUSIC = "music";
    private static final String LOOP = "loop";
    private static final int CLOCK = 0xF8;
    private static final long LIMIT_NS = 10_000_000_000L;

    private FirstEvent() {}

    public static void main(String[] arguments) throws IOException {
        HostOptions options = HostOptions.temporary().configuration("org.carillon.driver.loopback~" + LOOP,
                Map.of("name", LOOP));
        if (List.of(arguments).contains(MUSIC)) {
            options = options.without(HostOptions.REST);
        }
        try (CarillonHost host = CarillonHost.start(options); Session session = host.sessions().open("first")) {
            Source source = session.source("out");
            session.destination("in");
            session.wiring().connect(source.name(), LOOP);
            session.wiring().connect(LOOP, "first:in");
            System.out.println(isRouted(session, source) ? "routed" : "the first event does not come back");
            System.gc(); // as "carillon up" does when it is ready
            while (System.in.read() >= 0) {
                Thread.onSpinWait();
            }
        }
    }

    private static boolean isRouted(Session session, Source source) {
        long untilNs = System.nanoTime() + LIMIT_NS;
        source.send(0, CLOCK, 0, 0);
        source.flush();
        int[] received = {0};
        while (received[0] == 0 && System.nanoTime() - untilNs < 0) {
            session.await(untilNs);
            session.poll(event -> received[0]++, 1);
        }
        return received[0] > 0;
    }
}
