package org.carillon.it;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.util.List;
import org.carillon.api.port.ConnectionInfo;
import org.carillon.api.session.Session;
import org.carillon.api.session.Source;
import org.junit.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;

/** The whole server. */
public class EveryBundleIT extends ContainerTest {
    private static final long AHEAD_NS = 50_000_000;

    @Configuration
    public Option[] config() {
        return without();
    }

    @Test
    public void shouldStartEveryBundle() {
        List<String> names = server.bundles().stream().map(Bundle::getSymbolicName).toList();
        assertTrue(SERVER + " in " + names, names.containsAll(SERVER));
        for (Bundle bundle : server.bundles()) {
            if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
                assertEquals(bundle.getSymbolicName(), Bundle.ACTIVE, bundle.getState());
            }
        }
        Server.await("kernel ready", () -> server.status().ready());
        assertEquals(List.of(), messages.lines());
    }

    @Test
    public void shouldCarryAnEventFromSessionThroughFilterAndLoop() throws IOException {
        server.loop("hall", 0);
        Session session = server.open("pianist");
        Source source = session.source("out");
        session.destination("in");
        server.connect("pianist:out", "hall", "transp 2");
        server.connect("hall", "pianist:in", "");
        assertEquals(ConnectionInfo.State.ACTIVE, server.connection("hall", "pianist:in").state());

        long startNs = session.clock().nowNs();
        source.send(startNs + AHEAD_NS, 0x90, 60, 100);
        source.send(startNs + 2 * AHEAD_NS, 0x80, 60, 64);
        source.flush();

        assertEquals(List.of("keyon 0 62 100", "keyoff 0 62 64"), new Receiver(session).await(2));
        assertEquals(0, server.status().droppedInAll());
    }

    @Test
    public void shouldShowALoopInTheStatusForAsLongAsItsConfigurationIsThere() throws IOException {
        org.osgi.service.cm.Configuration configuration = server.loop("hall", 0);
        assertTrue(server.status().sessions().contains("loopback hall"));

        configuration.delete();
        Server.await("port gone", () -> !server.hasPort("hall"));
    }

    @Test
    public void shouldBringTasksBackInOrder() {
        Session session = server.open("planner");
        long startNs = session.clock().nowNs();
        session.schedule(startNs + 2 * AHEAD_NS, 2, 0, 0, 0);
        session.schedule(startNs + AHEAD_NS, 1, 0, 0, 0);

        List<String> come = new Receiver(session).await(2);
        assertEquals(2, come.size());
        assertTrue(come.toString(), come.get(0).endsWith(" 1 0 0") && come.get(1).endsWith(" 2 0 0"));
    }
}
