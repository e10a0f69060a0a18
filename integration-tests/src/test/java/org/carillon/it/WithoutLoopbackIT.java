package org.carillon.it;

import static org.junit.Assert.assertEquals;

import java.util.List;
import org.carillon.api.port.ConnectionInfo.State;
import org.carillon.api.session.Session;
import org.carillon.api.session.Source;
import org.junit.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;

/** The driver left out: its configuration waits for it, connections wait for its ports, sessions go on. */
public class WithoutLoopbackIT extends ContainerTest {
    private static final long AHEAD_NS = 50_000_000;

    @Configuration
    public Option[] config() {
        return without(LOOPBACK);
    }

    @Test
    public void shouldWaitForThePortByItsName() throws Exception {
        server.loopWithoutWaiting("hall", 0);
        Session session = server.open("pianist");
        Source source = session.source("out");
        session.destination("in");
        server.connect("pianist:out", "hall", "transp 2");
        server.connect("pianist:out", "pianist:in", "");

        source.send(session.clock().nowNs() + AHEAD_NS, 0x90, 60, 100);
        source.flush();

        assertEquals(List.of("keyon 0 60 100"), new Receiver(session).await(1));
        assertEquals(State.WAITING, server.connection("pianist:out", "hall").state());
        assertEquals(0, server.status().droppedInAll());
        assertEquals(List.of(), messages.lines());
    }
}
