package org.carillon.launcher.command.client;

import java.util.ArrayList;
import java.util.List;
import org.carillon.client.CarillonClient.Asking;
import org.carillon.client.ClientException;
import org.carillon.client.ClientSession;
import org.carillon.protocol.control.Ends;
import org.carillon.protocol.control.NewTap;
import org.carillon.protocol.control.TapEnds;

/**
 * A session that a verb needs for as long as it runs. Connections outlive their ports, waiting for them, so what was
 * connected here is taken away at the end, and when the program is told to end.
 */
final class OwnSession implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(OwnSession.class.getName());

    private final Server server;
    private final ClientSession session;
    private final List<Asking<?>> endings = new ArrayList<>();
    private final Thread end = new Thread(this::end, "carillon-end-session");

    OwnSession(Server server, String purpose) {
        this.server = server;
        session = server.open(purpose);
        Runtime.getRuntime().addShutdownHook(end);
    }

    ClientSession session() {
        return session;
    }

    void connect(String source, String destination) {
        session.connect(source, destination);
        atEnd(to -> to.disconnect(new Ends(source, destination)));
    }

    void tap(NewTap tap) {
        server.look(to -> to.tap(tap));
        atEnd(to -> to.untap(new TapEnds(tap.ofDestination(), tap.port(), tap.destination())));
    }

    private synchronized void atEnd(Asking<?> ending) {
        endings.add(ending);
    }

    /** The session goes first: what it has sent is delivered then. */
    private synchronized void end() {
        session.close();
        for (Asking<?> ending : endings) {
            try {
                server.look(ending);
            } catch (ClientException e) {
                LOG.log(System.Logger.Level.DEBUG, "nothing is left to take away: {0}", e.getMessage());
            }
        }
        endings.clear();
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(end);
        } catch (IllegalStateException _) {
            return; // the program ends: the hook does it
        }
        end();
    }
}
