package org.carillon.it;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.carillon.api.filter.FilterCompiler;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.ConnectionInfo;
import org.carillon.api.port.ConnectionInfo.State;
import org.carillon.api.schedule.Scheduler;
import org.carillon.api.session.Session;
import org.carillon.api.session.Sessions;
import org.carillon.api.session.Source;
import org.carillon.protocol.DropReason;
import org.carillon.protocol.StatusCounter;
import org.junit.Before;
import org.junit.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.ServiceRegistration;

/**
 * Every bundle that may go is replaced, again and again, while two thousand events a second flow through
 * {@code pianist:out --> hall --> listener}: each of them comes once, or is counted, or fell into the absence of a
 * port.
 */
public class UpdateIT extends ContainerTest {
    private static final int UPDATES = Boolean.getBoolean("carillon.full") ? 40 : 6;
    private static final int BETWEEN = 400;
    private static final int HELD_KEY = 60;
    private static final long SOON_NS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long FAR_NS = TimeUnit.SECONDS.toNanos(20);

    @Configuration
    public Option[] config() {
        return without();
    }

    private interface Step {
        void run() throws Exception;
    }

    private long droppedBefore;

    @Before
    public void makeRoom() throws Exception {
        droppedBefore = server.status().droppedInAll();
        server.configureToStay(Sessions.class, "org.carillon.transport.local",
                Map.of("ringCapacityBytes", Traffic.RING_BYTES));
        server.loop("hall", 0);
    }

    @Test
    public void shouldHandOverWhatIsPendingWhenTheSchedulerIsReplaced() throws Exception {
        Session session = server.open("pianist");
        try (Traffic traffic = traffic(session, session.source("out"))) {
            updateOften(traffic, () -> server.update(SCHEDULER));
            assertNothingLost(traffic);
        }
    }

    @Test
    public void shouldChangeToABetterSchedulerAndBackWithoutLoss() throws Exception {
        Session session = server.open("pianist");
        try (Traffic traffic = traffic(session, session.source("out"))) {
            updateOften(traffic, () -> {
                ServiceRegistration<Scheduler> better = server.offerBetterScheduler();
                traffic.awaitMore(BETWEEN);
                better.unregister();
            });
            assertNothingLost(traffic);
        }
    }

    @Test
    public void shouldFilterOnWhileTheFilterBundleIsReplaced() throws Exception {
        Session session = server.open("pianist");
        try (Traffic traffic = traffic(session, session.source("out"))) {
            updateOften(traffic, () -> {
                server.update(FILTER);
                server.service(FilterCompiler.class);
                server.kernel().wiring().filter("pianist:out", "hall", Traffic.FILTER);
            });
            assertNothingLost(traffic);
            assertEquals(0, traffic.reordered());
        }
    }

    @Test
    public void shouldConnectALoopAgainThatIsReplacedAndReleaseItsNotes() throws Exception {
        Session session = server.open("pianist");
        Source held = holder();
        long releasedBefore = server.status().count(StatusCounter.RELEASED);
        long goneBefore = dropped(DropReason.SENDER_GONE);
        long[] absentNs = new long[2 * UPDATES];
        int[] round = {0};
        try (Traffic traffic = traffic(session, session.source("out"))) {
            updateOften(traffic, () -> {
                hold(held, traffic);
                int noteOffs = traffic.noteOffs();
                absentNs[round[0]++] = session.clock().nowNs();
                server.update(LOOPBACK);
                server.awaitState("pianist:out", "hall", State.ACTIVE);
                server.awaitState("hall", "listener:in", State.ACTIVE);
                absentNs[round[0]++] = session.clock().nowNs();
                Server.await("note released", () -> traffic.noteOffs() == noteOffs + 1);
            });
            traffic.finish();
            Server.await("counters", () -> server.connection("hall", "listener:in").events() == traffic.received()
                    + traffic.noteOns());
            long gone = dropped(DropReason.SENDER_GONE) - goneBefore;
            assertLostOnlyWhileAbsent(traffic, absentNs, gone);
            assertEquals(2 * UPDATES, server.status().count(StatusCounter.RELEASED) - releasedBefore);
        }
    }

    private void assertLostOnlyWhileAbsent(Traffic traffic, long[] absentNs, long gone) {
        ConnectionInfo there = server.connection("pianist:out", "hall");
        ConnectionInfo back = server.connection("hall", "listener:in");
        int[] missing = traffic.missing();
        assertEquals("lost while the port was there", List.of(), Arrays.stream(missing)
                .filter(number -> !isAbsent(traffic, traffic.dateNs(number), absentNs)).boxed().toList());
        assertEquals("lost between " + there + " and " + back, there.events(), traffic.received() + 1 + gone);
        assertEquals(0, there.dropped() + back.dropped() + there.filtered() + back.filtered());
        assertEquals("", traffic.wrong());
        assertEquals(0, traffic.reordered());
    }

    /** Whether a date is in an absence, or so shortly before it that nothing came in between. */
    private static boolean isAbsent(Traffic traffic, long dateNs, long[] absentNs) {
        for (int i = 0; i < absentNs.length; i += 2) {
            if (dateNs >= traffic.lastDateBefore(absentNs[i]) && dateNs <= absentNs[i + 1]) {
                return true;
            }
        }
        return false;
    }

    @Test
    public void shouldEndSessionsClearlyWhenTheirTransportIsReplacedAndReleaseTheirNotes() throws Exception {
        Session first = server.open("pianist");
        Source firstOut = first.source("out");
        long goneBefore = dropped(DropReason.SENDER_GONE);
        Session[] session = {first};
        Source[] held = {holder()};
        try (Traffic traffic = traffic(first, firstOut)) {
            updateOften(traffic, () -> {
                hold(held[0], traffic);
                int noteOffs = traffic.noteOffs();
                server.update(TRANSPORT);
                Server.await("note released", () -> traffic.noteOffs() == noteOffs + 1);
                assertEnded(session[0], held[0]);
                session[0] = server.open("pianist");
                traffic.goOn(session[0], session[0].source("out"));
                held[0] = server.open("holder").source("out");
                assertEquals(State.ACTIVE, server.connection("pianist:out", "hall").state());
            });
            traffic.finish();
            int[] missing = traffic.missing();
            Server.await(missing.length + " counted as sender gone",
                    () -> dropped(DropReason.SENDER_GONE) - goneBefore == missing.length);
            assertEquals("", traffic.wrong());
            assertEquals(0, traffic.reordered());
        }
    }

    private static void assertEnded(Session session, Source out) {
        assertFalse(session.isOpen());
        assertFalse(out.send(0, 0x90, 1, 1));
        CarillonException refusal = assertThrows(CarillonException.class, () -> session.source("more"));
        assertEquals(CarillonException.Kind.UNREACHABLE, refusal.kind());
        assertEquals("the session has ended: session=pianist", refusal.getMessage());
    }

    @Test
    public void shouldNotTakeATaskForOneOfTheSchedulerBefore() throws Exception {
        Session session = server.open("planner");
        server.update(SCHEDULER);
        long before = session.schedule(session.clock().nowNs() + FAR_NS, 1, 0, 0, 0);
        assertTrue(session.cancel(before));
        server.update(SCHEDULER);
        session.schedule(session.clock().nowNs() + SOON_NS, 2, 0, 0, 0);

        assertFalse(session.cancel(before));
        assertEquals(List.of("task 2 0 0"), new Receiver(session).await(1));
    }

    private Traffic traffic(Session session, Source out) {
        Listener listener = new Listener(server.kernel(), "listener");
        server.connect("pianist:out", "hall", Traffic.FILTER);
        server.connect("hall", "listener:in", "");
        return new Traffic(session, out, listener);
    }

    /** A session beside the traffic that holds notes. */
    private Source holder() {
        Source source = server.open("holder").source("out");
        server.connect("holder:out", "hall", "");
        return source;
    }

    private static void hold(Source source, Traffic traffic) {
        int before = traffic.noteOns();
        assertTrue(source.send(0, 0x90, HELD_KEY, 100));
        source.flush();
        Server.await("held note", () -> traffic.noteOns() == before + 1);
    }

    private static void updateOften(Traffic traffic, Step update) throws Exception {
        for (int i = 0; i < UPDATES; i++) {
            traffic.awaitMore(BETWEEN);
            update.run();
        }
        traffic.awaitMore(BETWEEN);
    }

    private void assertNothingLost(Traffic traffic) throws InterruptedException {
        traffic.finish();
        assertEquals(traffic.sent(), traffic.received());
        assertEquals("", traffic.wrong());
        assertEquals(droppedBefore, server.status().droppedInAll());
    }

    private long dropped(DropReason reason) {
        return server.status().dropped().get(reason);
    }
}
