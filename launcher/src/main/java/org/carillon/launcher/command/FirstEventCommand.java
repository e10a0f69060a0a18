package org.carillon.launcher.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.carillon.api.port.CarillonException;
import org.carillon.api.session.Session;
import org.carillon.api.session.Source;
import org.carillon.launcher.CarillonHost;
import org.carillon.launcher.HostOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * What {@code carillon bench startup} measures: starts a server as {@code up} does, routes one event through its loop,
 * says so in one line, and stays until its input ends.
 */
@Command(name = "first-event", hidden = true, description = "Start, route one event, say so, wait for end of input.")
public final class FirstEventCommand implements Callable<Integer> {
    private static final String LOOP = "loop";
    private static final int CLOCK = 0xF8;
    private static final long LIMIT_NS = 10_000_000_000L;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        try (CarillonHost host = CarillonHost.start(HostOptions.temporary().configuration(
                "org.carillon.driver.loopback~" + LOOP, Map.of("name", LOOP)));
                Session session = host.sessions().open("first")) {
            Source source = session.source("out");
            session.destination("in");
            session.wiring().connect(source.name(), LOOP);
            session.wiring().connect(LOOP, "first:in");
            route(session, source);
            PrintWriter out = spec.commandLine().getOut();
            out.println("routed");
            out.flush();
            System.gc(); // as "up" does when it is ready
            while (System.in.read() >= 0) {
                Thread.onSpinWait();
            }
        }
        return ExitCodes.DONE;
    }

    private static void route(Session session, Source source) {
        long untilNs = System.nanoTime() + LIMIT_NS;
        source.send(0, CLOCK, 0, 0);
        source.flush();
        int[] received = {0};
        while (received[0] == 0) {
            if (System.nanoTime() - untilNs >= 0) {
                throw new CarillonException(CarillonException.Kind.TIMED_OUT, "the first event does not come back");
            }
            session.await(untilNs);
            session.poll(event -> received[0]++, 1);
        }
    }
}
