package org.carillon.it;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.carillon.api.session.Session;
import org.carillon.api.session.Source;
import org.carillon.platform.Platform;
import org.junit.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;

/** The whole way without the system's own calls; runs by itself, with {@code carillon.platform=plain}. */
public class PlainPlatformIT extends ContainerTest {
    private static final long AHEAD_NS = TimeUnit.MILLISECONDS.toNanos(50);

    @Configuration
    public Option[] config() {
        return without();
    }

    @Test
    public void shouldKeepDatesInPlainJava() throws Exception {
        assertFalse(Platform.current().describe(), Platform.current().isNative());
        server.loop("hall", 0);
        Session session = server.open("pianist");
        Source source = session.source("out");
        session.destination("in");
        server.connect("pianist:out", "hall", "transp 2");
        server.connect("hall", "pianist:in", "");

        source.send(session.clock().nowNs() + AHEAD_NS, 0x90, 60, 100);
        source.flush();
        session.await(System.nanoTime() + 2 * AHEAD_NS);

        assertEquals(List.of("keyon 0 62 100"), new Receiver(session).await(1));
        assertEquals(List.of(), messages.lines());
    }
}
