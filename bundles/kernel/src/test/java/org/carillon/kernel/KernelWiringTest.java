package org.carillon.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.carillon.api.filter.FilterCompiler;
import org.carillon.api.port.Attachment;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.ConnectionInfo;
import org.carillon.api.port.ConnectionInfo.State;
import org.carillon.api.port.Direction;
import org.carillon.api.port.Kernel;
import org.carillon.api.port.Wiring;
import org.carillon.api.port.Wiring.Loops;
import org.carillon.api.ring.LocalRing;
import org.carillon.api.status.StatusSnapshot;
import org.carillon.filter.FilterWords;
import org.carillon.platform.Platform;
import org.carillon.platform.WaitPoint;
import org.carillon.protocol.Doorbell;
import org.carillon.protocol.StatusPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a server makes again when it starts: each run here is one of a real time thread. */
@Timeout(60)
class KernelWiringTest {
    private static final long LIMIT_NS = 10_000_000_000L;

    @TempDir
    private Path folder;

    /** A server from its start to its end. */
    private final class Run implements AutoCloseable {
        private final StatusPage page = new StatusPage(Arena.ofAuto().allocate(StatusPage.LENGTH, 4096));
        private final KernelProxy proxy;
        private final KernelLoop loop;
        private final Thread thread;
        private final Doorbell bell;

        Run(FilterCompiler filters) {
            WaitPoint waitPoint = Platform.current().newWaitPoint();
            bell = new Doorbell(waitPoint.word(), waitPoint::wake);
            page.clock().set(0, System.nanoTime(), 1.0);
            KernelAgent agent = new KernelAgent(page, bell);
            proxy = new KernelProxy(agent, page, bell,
                    new ConnectionMemory(new DataFile(folder, ConnectionMemory.FILE)));
            loop = new KernelLoop(agent, page, waitPoint, bell, Platform.current(), error -> {
                throw new AssertionError(error);
            });
            thread = new Thread(loop, "carillon-time");
            thread.start();
            waitFor(() -> page.state() == StatusPage.READY);
            if (filters != null) {
                proxy.held().filters(filters);
            }
        }

        Attachment attach(String name) {
            return proxy.attach(name, Kernel.Role.SESSION, null);
        }

        LocalRing ring() {
            return new LocalRing(8192, bell);
        }

        Wiring wiring() {
            return proxy.wiring();
        }

        /** A command more, so that what was offered before has been done. */
        List<ConnectionInfo> connections() {
            proxy.run(patchbay -> {});
            return StatusSnapshot.of(page).connections();
        }

        @Override
        public void close() {
            proxy.stopped();
            loop.stop();
            waitFor(() -> !thread.isAlive());
        }
    }

    private static void waitFor(BooleanSupplier condition) {
        long untilNs = System.nanoTime() + LIMIT_NS;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - untilNs < 0, "it does not happen within " + LIMIT_NS + " ns");
            Thread.onSpinWait();
        }
    }

    private static List<String> words(List<ConnectionInfo> connections) {
        return connections.stream().map(each -> each.source() + ">" + each.destination() + " " + each.state() + " "
                + each.filter()).toList();
    }

    @Test
    void shouldMakeConnectionsAgain() {
        try (Run first = new Run(null)) {
            first.wiring().connect("KeyStep", "synth:in");
            first.wiring().connect("KeyStep", "other:in");
            first.wiring().disconnect("KeyStep", "other:in");
        }
        try (Run second = new Run(null)) {
            assertEquals(List.of("KeyStep>synth:in WAITING "), words(second.connections()));
            Attachment keyStep = second.attach("hardware");
            keyStep.addSource("KeyStep", second.ring());
            second.attach("synth").addDestination("synth:in", second.ring(), 0, false);
            assertEquals(State.ACTIVE, second.connections().getFirst().state());
        }
    }

    @Test
    void shouldWaitForFilters() {
        try (Run first = new Run(new FilterWords())) {
            first.wiring().connect("KeyStep", "synth:in", "transp 12", Loops.REFUSED);
        }
        try (Run second = new Run(null)) {
            assertEquals(List.of(), second.connections());
            second.proxy.held().filters(new FilterWords());
            assertEquals(List.of("KeyStep>synth:in WAITING transp 12"), words(second.connections()));
        }
        try (Run third = new Run(null)) {
            third.wiring().disconnect("KeyStep", "synth:in");
        }
        try (Run fourth = new Run(new FilterWords())) {
            assertEquals(List.of(), fourth.connections());
        }
    }

    @Test
    void shouldNotRememberWhatASessionConnectsOfItsOwn() {
        try (Run first = new Run(null)) {
            Attachment synth = first.attach("synth");
            synth.wiring().connect("KeyStep", "synth:in");
            synth.wiring().connect("synth:out", "printer:in");
            synth.wiring().connect("KeyStep", "printer:in");
            assertEquals(3, first.connections().size());
        }
        try (Run second = new Run(null)) {
            assertEquals(List.of("KeyStep>printer:in WAITING "), words(second.connections()));
        }
    }

    @Test
    void shouldGiveARememberedConnectionToTheFirstWhoMakesIt() {
        try (Run first = new Run(null)) {
            first.wiring().connect("KeyStep", "synth:in");
        }
        try (Run second = new Run(new FilterWords())) {
            second.wiring().connect("KeyStep", "synth:in", "transp 12", Loops.REFUSED);
            assertEquals(List.of("KeyStep>synth:in WAITING transp 12"), words(second.connections()));
            assertThrows(CarillonException.class, () -> second.wiring().connect("KeyStep", "synth:in"));
        }
    }

    @Test
    void shouldFollowAPortThatIsRenamed() {
        try (Run first = new Run(null)) {
            Attachment keyStep = first.attach("hardware");
            int before = keyStep.addSource("KeyStep", first.ring());
            first.attach("synth").addDestination("synth:in", first.ring(), 0, false);
            first.wiring().connect("KeyStep", "synth:in");
            first.proxy.rename("KeyStep", "left hand");
            assertEquals(List.of("left hand>synth:in ACTIVE "), words(first.connections()));

            keyStep.addSource("left hand", first.ring());
            keyStep.removePort(before);
            assertEquals(List.of("left hand>synth:in ACTIVE "), words(first.connections()));
        }
        try (Run second = new Run(null)) {
            assertEquals(List.of("left hand>synth:in WAITING "), words(second.connections()));
        }
    }

    @Test
    void shouldFollowAPortThatIsRenamedWhileItIsAbsent() {
        try (Run first = new Run(new FilterWords())) {
            first.wiring().connect("KeyStep", "synth:in", "transp 12", Loops.REFUSED);
            first.wiring().connect("KeyStep", "KeyStep");
        }
        try (Run second = new Run(null)) {
            second.proxy.rename("KeyStep", "left hand");
            second.proxy.held().filters(new FilterWords());
            assertEquals(List.of("left hand>left hand WAITING ", "left hand>synth:in WAITING transp 12"),
                    words(second.connections()));
        }
        try (Run third = new Run(new FilterWords())) {
            assertEquals(List.of("left hand>left hand WAITING ", "left hand>synth:in WAITING transp 12"),
                    words(third.connections()));
        }
    }

    @Test
    void shouldGoOnWithWhatWasThereWhereTheNewNameIsConnectedToo() {
        try (Run first = new Run(new FilterWords())) {
            first.wiring().connect("left hand", "synth:in", "transp 12", Loops.REFUSED);
            first.wiring().connect("KeyStep", "synth:in", "ch 2", Loops.REFUSED);
            first.proxy.rename("KeyStep", "left hand");
            assertEquals(List.of("left hand>synth:in WAITING ch 2"), words(first.connections()));
        }
        try (Run second = new Run(new FilterWords())) {
            assertEquals(List.of("left hand>synth:in WAITING ch 2"), words(second.connections()));
        }
    }

    @Test
    void shouldForgetWhatIsMadeForThisRunAlone() {
        try (Run first = new Run(null)) {
            first.wiring().connectOnce("KeyStep", "synth:in", "", Loops.REFUSED);
            assertEquals(List.of("KeyStep>synth:in WAITING "), words(first.connections()));
        }
        try (Run second = new Run(null)) {
            assertEquals(List.of(), words(second.connections()));
        }
    }

    @Test
    void shouldEndWhatASessionMadeOfItsOwnPortsWithTheSession() {
        try (Run run = new Run(null)) {
            Attachment session = run.attach("synth");
            session.addDestination("synth:in", run.ring(), 0, false);
            session.wiring().connect("KeyStep", "synth:in");
            session.wiring().connect("synth:never published", "other:in");
            session.wiring().tap(Direction.SOURCE, "KeyStep", "synth:in", "");
            session.wiring().connect("KeyStep", "synthetic:in");
            run.wiring().connect("Drums", "synth:in");
            session.close();
            assertEquals(List.of("KeyStep>synthetic:in WAITING ", "Drums>synth:in WAITING "), words(run.connections()));
            assertThrows(CarillonException.class, () -> session.wiring().connect("KeyStep", "synth:in"));
        }
    }

    @Test
    void shouldKeepWhatWasRememberedWhenTheSessionHasMadeItAgain() {
        try (Run first = new Run(null)) {
            first.wiring().connect("KeyStep", "synth:in");
        }
        try (Run second = new Run(null)) {
            Attachment session = second.attach("synth");
            session.wiring().connect("KeyStep", "synth:in");
            session.close();
            assertEquals(List.of("KeyStep>synth:in WAITING "), words(second.connections()));
        }
    }
}
