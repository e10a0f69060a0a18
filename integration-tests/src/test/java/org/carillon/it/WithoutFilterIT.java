package org.carillon.it;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.util.List;
import org.carillon.api.port.CarillonException;
import org.carillon.api.session.Session;
import org.carillon.api.session.Source;
import org.junit.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;

/** The filter left out: connections without words work. */
public class WithoutFilterIT extends ContainerTest {
    private static final long AHEAD_NS = 50_000_000;

    @Configuration
    public Option[] config() {
        return without(FILTER);
    }

    @Test
    public void shouldRefuseWordsWithOneClearMessage() {
        CarillonException refusal = assertThrows(CarillonException.class,
                () -> server.connect("pianist:out", "hall", "transp 2"));
        assertEquals("no filter bundle is active, so only connections without filter can be made: filter=transp 2",
                refusal.getMessage());
        assertEquals(List.of(), server.status().connections());
    }

    @Test
    public void shouldConnectWithoutWords() throws Exception {
        server.loop("hall", 0);
        Session session = server.open("pianist");
        Source source = session.source("out");
        session.destination("in");
        server.connect("pianist:out", "hall", "");
        server.connect("hall", "pianist:in", "");

        source.send(session.clock().nowNs() + AHEAD_NS, 0x90, 60, 100);
        source.flush();

        assertEquals(List.of("keyon 0 60 100"), new Receiver(session).await(1));
        assertEquals(List.of(), messages.lines());
    }
}
