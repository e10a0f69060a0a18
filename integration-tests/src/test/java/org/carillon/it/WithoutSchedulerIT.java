package org.carillon.it;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.util.List;
import org.carillon.api.port.CarillonException;
import org.carillon.api.session.Session;
import org.carillon.api.session.Source;
import org.carillon.protocol.DropReason;
import org.junit.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;

/** The scheduler left out: what is due now flows, what is not is counted. */
public class WithoutSchedulerIT extends ContainerTest {
    private static final long AHEAD_NS = 50_000_000;

    @Configuration
    public Option[] config() {
        return without(SCHEDULER);
    }

    @Test
    public void shouldCarryWhatIsDueNowAndCountWhatIsNot() throws Exception {
        server.loop("hall", 0);
        Session session = server.open("pianist");
        Source source = session.source("out");
        session.destination("in");
        server.connect("pianist:out", "hall", "transp 2");
        server.connect("hall", "pianist:in", "");

        long before = countedWithoutScheduler();
        source.send(session.clock().nowNs() + AHEAD_NS, 0x90, 1, 100);
        source.sendNote(0, 0, 2, 100, AHEAD_NS);
        source.send(0, 0x90, 60, 100);
        source.flush();

        assertEquals(List.of("keyon 0 62 100"), new Receiver(session).await(1));
        Server.await("both counted", () -> countedWithoutScheduler() == before + 2);
    }

    private long countedWithoutScheduler() {
        return server.status().dropped().get(DropReason.NO_SCHEDULER);
    }

    @Test
    public void shouldSayWhyNothingCanBeScheduled() {
        Session session = server.open("planner");
        CarillonException refusal = assertThrows(CarillonException.class,
                () -> session.schedule(session.clock().nowNs() + AHEAD_NS, 1, 0, 0, 0));
        assertEquals("no scheduler bundle is active, so nothing can be scheduled", refusal.getMessage());
        assertEquals(CarillonException.Kind.REFUSED, refusal.kind());
        assertEquals(List.of(), messages.lines());
    }
}
