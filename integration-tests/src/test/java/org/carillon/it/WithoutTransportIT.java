package org.carillon.it;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import java.util.List;
import org.carillon.api.port.ConnectionInfo.State;
import org.carillon.api.session.Sessions;
import org.junit.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;

/** The local transport left out: nobody can open a session in this JVM, and drivers go on. */
public class WithoutTransportIT extends ContainerTest {
    @Configuration
    public Option[] config() {
        return without(TRANSPORT);
    }

    @Test
    public void shouldBeReadyWithoutSessionsAndConnectLoops() throws Exception {
        Server.await("kernel ready", () -> server.status().ready());
        assertFalse(server.has(Sessions.class));
        server.loop("hall", 0);
        server.loop("cellar", 0);
        server.connect("hall", "cellar", "transp 2");

        assertEquals(State.ACTIVE, server.connection("hall", "cellar").state());
        assertEquals(List.of(), messages.lines());
    }
}
