package org.carillon.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.carillon.api.port.Attachment;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.Kernel;
import org.carillon.api.port.Wiring.Loops;
import org.carillon.api.ring.LocalRing;
import org.carillon.api.status.StatusSnapshot;
import org.carillon.platform.Platform;
import org.carillon.platform.WaitPoint;
import org.carillon.protocol.Doorbell;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;
import org.carillon.protocol.StatusCounter;
import org.carillon.protocol.StatusPage;
import org.carillon.scheduler.TimeScheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real thread, with the system's calls and without. */
@Timeout(60)
class KernelLoopTest {
    private static final long LIMIT_NS = 10_000_000_000L;

    private final StatusPage page = new StatusPage(Arena.ofAuto().allocate(StatusPage.LENGTH, 4096));
    private final List<Throwable> errors = new CopyOnWriteArrayList<>();
    private KernelProxy proxy;
    private KernelLoop loop;
    private Thread thread;
    private Doorbell listenerBell;
    private WaitPoint listenerWait;

    private void start(boolean plain) {
        Platform platform = plain ? Platform.plain() : Platform.current();
        WaitPoint waitPoint = platform.newWaitPoint();
        listenerWait = platform.newWaitPoint();
        listenerBell = new Doorbell(listenerWait.word(), listenerWait::wake);
        Doorbell bell = new Doorbell(waitPoint.word(), waitPoint::wake);
        page.clock().set(0, System.nanoTime(), 1.0);
        KernelAgent agent = new KernelAgent(page, bell);
        proxy = new KernelProxy(agent, page, bell, new ConnectionMemory(new DataFile(null, ConnectionMemory.FILE)));
        loop = new KernelLoop(agent, page, waitPoint, bell, platform, errors::add);
        thread = new Thread(loop, "carillon-time");
        thread.start();
        proxy.schedulerCame(new TimeScheduler(4096));
        waitFor(() -> page.state() == StatusPage.READY);
    }

    @AfterEach
    void stop() throws InterruptedException {
        proxy.stopped();
        loop.stop();
        thread.join();
        assertEquals(List.of(), errors);
        assertEquals(StatusPage.STOPPED, page.state());
    }

    private static void waitFor(BooleanSupplier condition) {
        long untilNs = System.nanoTime() + LIMIT_NS;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - untilNs < 0, "it does not happen within " + LIMIT_NS + " ns");
            Thread.onSpinWait();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldWakeForEventsAndDatesAndNeverBeEarly(boolean plain) {
        start(plain);
        LocalRing to = new LocalRing(LocalRing.DEFAULT_CAPACITY, proxy.doorbell());
        LocalRing from = new LocalRing(LocalRing.DEFAULT_CAPACITY, listenerBell);
        Attachment session = proxy.attach("both", Kernel.Role.SESSION, from);
        int source = session.addSource("from", to);
        session.addDestination("to", from, 0, false);
        proxy.wiring().connect("from", "to", "", Loops.REFUSED);
        for (int i = 0; i < 50; i++) {
            long dateNs = page.clock().nowNs() + (i % 2 == 0 ? 0 : 2_000_000);
            to.offer(EventType.CONTROL_CHANGE, dateNs, Event.word(source, 0, 3, 0), Event.data(0xB0, 1, i));
            to.flush();
            int[] value = {-1};
            waitFor(() -> from.poll((type, buffer, index, length) -> value[0] = buffer.getByte(index + 18), 1) > 0);
            assertEquals(i, value[0]);
            assertTrue(page.clock().nowNs() >= dateNs);
        }
        waitFor(() -> StatusSnapshot.of(page).count(StatusCounter.EVENTS_OUT) == 50);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldWaitAnewWhenTheRateChanges(boolean plain) {
        start(plain);
        LocalRing received = new LocalRing(LocalRing.DEFAULT_CAPACITY, listenerBell);
        Attachment session = proxy.attach("tasks", Kernel.Role.SESSION, received);
        MemorySegment record = Arena.ofAuto().allocate(Event.TASK_LENGTH, Event.ALIGNMENT);
        long dateNs = page.clock().nowNs() + 100_000_000_000L;
        new Event().wrap(record, 0).header(Event.TASK_LENGTH, EventType.TASK).timeNs(dateNs);
        session.schedule(dateNs, record, Event.TASK_LENGTH);
        proxy.rate(1_000);
        long[] timeNs = {0};
        waitFor(() -> received.poll((type, buffer, index, length) -> timeNs[0] = buffer.getLong(index), 1) > 0);
        assertTrue(page.clock().nowNs() >= dateNs);
        assertEquals(dateNs, timeNs[0]);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldHaveCarriedOutACommandWhenTheCallReturns(boolean plain) {
        start(plain);
        LocalRing ring = new LocalRing(LocalRing.DEFAULT_CAPACITY, proxy.doorbell());
        for (int i = 0; i < 100; i++) {
            Attachment session = proxy.attach("session", Kernel.Role.SESSION, null);
            session.addSource("from", ring);
            proxy.wiring().connect("from", "to", "", Loops.REFUSED);
            assertEquals(List.of("session"), StatusSnapshot.of(page).sessions());
            assertEquals(1, StatusSnapshot.of(page).connections().size());
            proxy.wiring().disconnect("from", "to");
            session.close();
            assertFalse(session.isOpen());
            assertEquals(List.of(), StatusSnapshot.of(page).ports());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldRefuseWithOneClearMessage(boolean plain) {
        start(plain);
        assertEquals("no such connection: connection=a --> b",
                assertThrows(CarillonException.class, () -> proxy.wiring().disconnect("a", "b")).getMessage());
        CarillonException noFilter = assertThrows(CarillonException.class,
                () -> proxy.wiring().connect("a", "b", "ch 1", Loops.REFUSED));
        assertTrue(noFilter.getMessage().contains("no filter bundle is active"), noFilter.getMessage());
        Attachment session = proxy.attach("s", Kernel.Role.SESSION, null);
        assertFalse(session.cancel(12345));
        proxy.schedulerGone();
        CarillonException noScheduler = assertThrows(CarillonException.class,
                () -> schedule(session, page.clock().nowNs() + 5_000_000_000L, 2_000));
        assertTrue(noScheduler.getMessage().contains("no scheduler bundle is active"), noScheduler.getMessage());
        session.close();
        assertEquals(CarillonException.Kind.UNREACHABLE, assertThrows(CarillonException.class,
                () -> session.addSource("x", new LocalRing(8192, proxy.doorbell()))).kind());
    }

    /** Schedules until the kernel, which holds tasks for the next scheduler for a second, refuses. */
    private void schedule(Attachment session, long dateNs, int limitMs) {
        MemorySegment record = Arena.ofAuto().allocate(Event.TASK_LENGTH, Event.ALIGNMENT);
        new Event().wrap(record, 0).header(Event.TASK_LENGTH, EventType.TASK).timeNs(dateNs);
        long untilNs = System.nanoTime() + limitMs * 1_000_000L;
        while (System.nanoTime() - untilNs < 0) {
            session.schedule(dateNs, record, Event.TASK_LENGTH);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldSleepWhileNothingHappens(boolean plain) {
        start(plain);
        waitFor(() -> StatusSnapshot.of(page).count(StatusCounter.SLEEPS) > 0);
        long cyclesBefore = StatusSnapshot.of(page).count(StatusCounter.DUTY_CYCLES);
        long untilNs = System.nanoTime() + 200_000_000L;
        waitFor(() -> System.nanoTime() - untilNs >= 0);
        assertEquals(cyclesBefore, StatusSnapshot.of(page).count(StatusCounter.DUTY_CYCLES));
    }
}
