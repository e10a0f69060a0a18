package org.carillon.webconsole;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.ConnectionInfo;
import org.carillon.api.port.Direction;
import org.carillon.api.port.PortInfo;
import org.carillon.api.port.Wiring;
import org.carillon.api.session.Session;
import org.carillon.api.session.Sessions;
import org.carillon.api.session.Source;

/**
 * Silence everywhere: pedals up, all sound off, all notes off on every channel of every destination, past all
 * connections. Sent by a session of its own, which is gone when the call returns.
 */
final class Panic {
    private static final int CONTROL_CHANGE = 0xB0;
    private static final int CHANNELS = 16;
    /** Hold, all sound off, all notes off: MIDI 1.0 Detailed Specification, table of controllers. */
    private static final int[] CONTROLLERS = {64, 120, 123};
    private static final long DELIVERY_LIMIT_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final String SESSION = "panic";

    private final Sessions sessions;

    Panic(Sessions sessions) {
        this.sessions = sessions;
    }

    /**
     * One at a time; waits until it is delivered.
     *
     * @return how many destinations it went to.
     */
    synchronized int silence() {
        try (Session session = sessions.open(SESSION)) {
            Source source = session.source("out");
            List<String> reached = new ArrayList<>();
            try {
                connect(session, source.name(), reached);
                send(source);
                awaitDelivery(session, source.name(), reached.size());
            } finally {
                reached.forEach(destination -> session.wiring().disconnect(source.name(), destination));
            }
            return reached.size();
        }
    }

    private static void connect(Session session, String source, List<String> reached) {
        for (PortInfo port : session.status().ports()) {
            if (port.direction() == Direction.DESTINATION) {
                try {
                    session.wiring().connect(source, port.name(), "", Wiring.Loops.ALLOWED);
                    reached.add(port.name());
                } catch (CarillonException e) {
                    if (e.kind() != CarillonException.Kind.NO_SUCH_NAME) {
                        throw e;
                    } // else it has gone meanwhile, and what sounded there with it
                }
            }
        }
    }

    private static void send(Source source) {
        for (int channel = 0; channel < CHANNELS; channel++) {
            for (int controller : CONTROLLERS) {
                if (!source.send(0, CONTROL_CHANGE | channel, controller, 0)) {
                    throw new CarillonException(CarillonException.Kind.FAILED,
                            "panic was cut short, the server takes no more: channel=" + (channel + 1));
                }
            }
        }
        source.flush();
    }

    private static void awaitDelivery(Session session, String source, int connections) {
        long untilNs = System.nanoTime() + DELIVERY_LIMIT_NS;
        while (session.status().connections().stream().filter(c -> c.source().equals(source))
                .filter(Panic::isThrough).count() < connections) {
            if (System.nanoTime() - untilNs > 0) {
                throw new CarillonException(CarillonException.Kind.TIMED_OUT,
                        "panic was sent, not every destination has taken it: limitMs="
                                + TimeUnit.NANOSECONDS.toMillis(DELIVERY_LIMIT_NS));
            }
            LockSupport.parkNanos(LOOK_NS);
        }
    }

    private static boolean isThrough(ConnectionInfo connection) {
        return connection.state() != ConnectionInfo.State.ACTIVE
                || connection.events() + connection.dropped() + connection.filtered() >= CHANNELS * CONTROLLERS.length;
    }
}
