package org.carillon.it;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.carillon.api.port.ConnectionInfo.State;
import org.carillon.api.port.Kernel;
import org.carillon.api.port.PortInfo;
import org.carillon.api.session.Session;
import org.carillon.api.session.Source;
import org.junit.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;

/** Configurations that come, change and go while the server runs. */
public class ConfigurationIT extends ContainerTest {
    private static final int DELAY_US = 30_000;

    @Configuration
    public Option[] config() {
        return without();
    }

    @Test
    public void shouldDelayAsTheConfigurationSaysFromItsChangeOn() throws Exception {
        org.osgi.service.cm.Configuration hall = server.loop("hall", 0);
        Session session = throughHall();
        int idBefore = portId();

        hall.update(Server.loopProperties("hall", DELAY_US));
        Server.await("another port of the name", () -> server.hasPort("hall") && portId() != idBefore);
        server.awaitState("pianist:out", "hall", State.ACTIVE);
        server.awaitState("hall", "pianist:in", State.ACTIVE);
        long dateNs = session.clock().nowNs();
        Source more = session.source("more");
        server.connect("pianist:more", "hall", "");
        more.send(dateNs, 0x90, 60, 100);
        more.flush();

        Receiver receiver = new Receiver(session);
        assertEquals(List.of("keyon 0 60 100"), receiver.await(1));
        assertEquals(TimeUnit.MICROSECONDS.toNanos(DELAY_US), receiver.lastTimeNs() - dateNs);
    }

    @Test
    public void shouldTakeThePortAwayWithItsConfiguration() throws Exception {
        org.osgi.service.cm.Configuration hall = server.loop("hall", 0);
        throughHall();
        hall.delete();

        Server.await("port gone", () -> !server.hasPort("hall"));
        server.awaitState("pianist:out", "hall", State.WAITING);
        server.awaitState("hall", "pianist:in", State.WAITING);
    }

    @Test
    public void shouldSayThatANameIsTakenAndGoOnWithTheFirst() throws Exception {
        server.loop("hall", 0);
        Session session = throughHall();
        Source more = session.source("more");
        server.connect("pianist:more", "hall", "");
        int id = portId();

        server.loopWithoutWaiting("hall", DELAY_US);
        Server.await("message", () -> !messages.lines().isEmpty());
        more.send(0, 0x90, 60, 100);
        more.flush();

        assertEquals(List.of("driver is not opened: driver=loopback hall, reason=session name is taken: "
                + "name=loopback hall"), messages.lines());
        assertEquals(List.of("keyon 0 60 100"), new Receiver(session).await(1));
        assertEquals(id, portId());
    }

    @Test
    public void shouldTakeUpTheKernelsConfigurationWhileTheMusicGoesOn() throws Exception {
        server.loop("hall", 0);
        Session session = throughHall();
        Kernel kernelBefore = server.kernel();
        Source more = session.source("more");
        server.connect("pianist:more", "hall", "");

        server.configure("org.carillon.kernel", Map.of("spinUs", 200));
        long dateNs = session.clock().nowNs() + TimeUnit.MICROSECONDS.toNanos(DELAY_US);
        more.send(dateNs, 0x90, 60, 100);
        more.flush();

        assertEquals(List.of("keyon 0 60 100"), new Receiver(session).await(1));
        assertSame(kernelBefore, server.kernel());
        assertTrue(session.isOpen());
        assertTrue(messages.lines().toString(), messages.lines().isEmpty());
    }

    private Session throughHall() {
        Session session = server.open("pianist");
        session.source("out");
        session.destination("in");
        server.connect("pianist:out", "hall", "");
        server.connect("hall", "pianist:in", "");
        return session;
    }

    /** Number of the port named hall, 0 while there is none; a new port has a new one. */
    private int portId() {
        return server.status().ports().stream().filter(port -> port.name().equals("hall")).mapToInt(PortInfo::id)
                .max().orElse(0);
    }
}
