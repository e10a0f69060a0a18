package org.carillon.it;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.carillon.api.driver.DriverInfo;
import org.carillon.api.driver.DriverInfo.State;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.ConnectionInfo;
import org.carillon.api.session.Session;
import org.carillon.api.session.Sessions;
import org.carillon.api.session.Source;
import org.carillon.protocol.StatusCounter;
import org.junit.Test;
import org.osgi.framework.wiring.BundleWiring;

/** Drivers that come, change and go through the folder while the server runs. */
public class HotLoadIT extends DriversTest {
    private static final int SWAPS = Boolean.getBoolean("carillon.full") ? 40 : 6;
    private static final int BETWEEN = 200;
    private static final int PIECES = 12;

    @Test
    public void shouldPublishThePortsOfADroppedDriverAndTakeThemAwayWithIt() throws IOException {
        Session session = server.open("pianist");
        session.source("out");
        server.connect("pianist:out", "bell", "");
        assertEquals(ConnectionInfo.State.WAITING, server.connection("pianist:out", "bell").state());

        drop("bell.jar", DriverFile.driver("it.bell", "1.2.3", "bell"));
        server.awaitState("pianist:out", "bell", ConnectionInfo.State.ACTIVE);
        assertEquals(new DriverInfo("bell.jar", "it.bell", "1.2.3", State.ACTIVE, ""), await("bell.jar", State.ACTIVE));
        Files.delete(folder.resolve("bell.jar"));

        server.awaitState("pianist:out", "bell", ConnectionInfo.State.WAITING);
        assertEquals("it.bell", await("bell.jar", State.ABSENT).symbolicName());
        assertFalse(server.bundles().stream().anyMatch(bundle -> "it.bell".equals(bundle.getSymbolicName())));
        assertEquals(List.of(), messages.lines());
    }

    @Test
    public void shouldSwapADriverUnderTrafficWithoutLossElsewhereAndReleaseItsNotes() throws Exception {
        server.configure(Sessions.class, TRANSPORT, Map.of("ringCapacityBytes", Traffic.RING_BYTES));
        server.loop("hall", 0);
        Session session = server.open("pianist");
        Source out = session.source("out");
        server.connect("pianist:out", "hall", Traffic.FILTER);
        server.connect("hall", "listener:in", "");
        Held held = new Held();
        drop("bell.jar", DriverFile.driver("it.bell", "1.0.0", "bell"));
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        try (Traffic traffic = new Traffic(session, out, new Listener(server.kernel(), "listener"))) {
            for (int i = 1; i <= SWAPS; i++) {
                awaitVersion("bell.jar", i + ".0.0");
                loaders.add(loader("it.bell"));
                held.play();
                traffic.awaitMore(BETWEEN);
                drop("bell.jar", DriverFile.driver("it.bell", i + 1 + ".0.0", "bell"));
                held.awaitRelease();
            }
            awaitVersion("bell.jar", SWAPS + 1 + ".0.0");
            traffic.finish();
            assertEquals(0, traffic.missing().length);
            assertEquals("", traffic.wrong());
        }
        assertCollected(loaders);
        assertEquals(List.of(), messages.lines());
    }

    /** A note that is held through the driver. */
    private final class Held {
        private final Session session = server.open("holder");
        private final Source out = session.source("out");
        private final Receiver receiver = new Receiver(session);

        Held() {
            session.destination("in");
            server.connect("holder:out", "bell", "");
            server.connect("bell", "holder:in", "");
        }

        void play() {
            server.awaitState("holder:out", "bell", ConnectionInfo.State.ACTIVE);
            server.awaitState("bell", "holder:in", ConnectionInfo.State.ACTIVE);
            long releasedBefore = server.status().count(StatusCounter.RELEASED);
            assertTrue(out.send(0, 0x90, 60, 100));
            out.flush();
            assertEquals(List.of("keyon 0 60 100"), receiver.await(1));
            assertEquals(releasedBefore, server.status().count(StatusCounter.RELEASED));
        }

        void awaitRelease() {
            assertTrue(receiver.await(1).getFirst().startsWith("keyoff 0 60"));
        }
    }

    private WeakReference<ClassLoader> loader(String symbolicName) {
        return new WeakReference<>(server.bundle(symbolicName).adapt(BundleWiring.class).getClassLoader());
    }

    /** All but the last one, which is in use. */
    private static void assertCollected(List<WeakReference<ClassLoader>> loaders) {
        Server.await("old class loaders are collected", () -> {
            System.gc();
            return loaders.stream().allMatch(loader -> loader.refersTo(null));
        });
    }

    @Test
    public void shouldTakeAFileThatIsWrittenInPiecesOnlyWhenItIsWhole() throws IOException {
        byte[] jar = DriverFile.driver("it.slow", "1.0.0", "slow").bytes();
        Path file = folder.resolve("slow.jar");
        for (int i = 0; i < PIECES; i++) {
            Files.write(file, Arrays.copyOfRange(jar, jar.length * i / PIECES, jar.length * (i + 1) / PIECES),
                    StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            // longer than the quiet time: it is looked at in between
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(3 * QUIET_MS));
        }
        awaitPort("slow");
        assertEquals("1.0.0", await("slow.jar", State.ACTIVE).version());
        assertEquals(List.of(), messages.lines());
    }

    @Test
    public void shouldKeepTheRunningDriverWhenItsFileIsOverwrittenInPlaceAndSwapWhenItIsWholeAgain()
            throws IOException {
        drop("bell.jar", DriverFile.driver("it.bell", "1.0.0", "bell"));
        await("bell.jar", State.ACTIVE);
        int id = portId("bell");
        Path file = folder.resolve("bell.jar");
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.WRITE)) {
            out.write(new byte[(int) Files.size(file)]);
        }

        assertToldOnce("bell.jar", "not a whole jar", "the version before plays on");
        assertEquals("1.0.0", await("bell.jar", State.ACTIVE).version());
        assertEquals(id, portId("bell"));
        Files.write(file, DriverFile.driver("it.bell", "2.0.0", "bell").bytes());
        awaitVersion("bell.jar", "2.0.0");
        assertEquals("a class that is loaded late was there", 1, messages.lines().size());
    }

    private int portId(String name) {
        return server.status().ports().stream().filter(port -> port.name().equals(name)).findFirst().orElseThrow().id();
    }

    @Test
    public void shouldFollowAFileThatIsRenamed() throws IOException {
        drop("old.jar", DriverFile.driver("it.moved", "1.0.0", "moved"));
        await("old.jar", State.ACTIVE);
        Files.move(folder.resolve("old.jar"), folder.resolve("new.jar"));

        await("new.jar", State.ACTIVE);
        await("old.jar", State.ABSENT);
        awaitPort("moved");
        assertEquals(List.of(), messages.lines());
    }

    @Test
    public void shouldDoWhatTheLastOfManyEventsSays() throws IOException {
        for (int i = 0; i < PIECES; i++) {
            drop("last.jar", DriverFile.driver("it.last", i + ".0.0", "last"));
            Files.deleteIfExists(folder.resolve("none.jar"));
            drop("none.jar", DriverFile.driver("it.none", i + ".0.0", "none"));
            Files.delete(folder.resolve("last.jar"));
            if (i % 3 == 0) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2 * QUIET_MS));
            }
        }
        Files.delete(folder.resolve("none.jar"));
        drop("last.jar", DriverFile.driver("it.last", "99.0.0", "last"));

        awaitVersion("last.jar", "99.0.0");
        awaitNoPort("none");
        awaitPort("last");
    }

    @Test
    public void shouldSeeADriverAmongMoreChangesThanTheSystemTellsOf() throws IOException {
        for (int i = 0; i < 2_000; i++) {
            Files.createFile(folder.resolve("." + i));
        }
        drop("flood.jar", DriverFile.driver("it.flood", "1.0.0", "flood"));
        awaitPort("flood");
    }

    @Test
    public void shouldWatchAFolderThatComesLaterAndLetGoOfOneThatGoes() throws IOException {
        Path later = folder.resolve("later");
        watch(later, limitMs());
        Path real = folder;
        folder = later;
        try {
            Files.createDirectory(later);
            drop("bell.jar", DriverFile.driver("it.later", "1.0.0", "later"));
            awaitPort("later");
            Files.move(later, real.resolve("away"));
            awaitNoPort("later");
            Files.move(real.resolve("away"), later);
            awaitPort("later");
        } finally {
            folder = real;
        }
        assertEquals(List.of(), messages.lines());
    }

    @Test
    public void shouldFindWhatIsThereAlready() throws IOException {
        Path filled = Files.createDirectory(folder.resolve("filled"));
        Files.write(filled.resolve("one.jar"), DriverFile.driver("it.one", "1.0.0", "one").bytes());
        Files.write(filled.resolve("two.jar"), DriverFile.driver("it.two", "1.0.0", "two").bytes());
        watch(filled, limitMs());
        awaitPort("one");
        awaitPort("two");
    }

    @Test
    public void shouldLetDriversPlayOnWhileTheDeployerIsReplaced() throws Exception {
        drop("bell.jar", DriverFile.driver("it.bell", "1.0.0", "bell"));
        await("bell.jar", State.ACTIVE);
        int id = portId("bell");
        server.update(DEPLOY);

        assertEquals("1.0.0", await("bell.jar", State.ACTIVE).version());
        assertEquals(id, portId("bell"));
        assertOthersComeAndGo("other");
        assertEquals(id, portId("bell"));
    }

    @Test
    public void shouldDoByRequestWhatTheFolderDoes() {
        byte[] jar = DriverFile.driver("it.asked", "1.0.0", "asked").bytes();
        assertEquals(State.ACTIVE, drivers().install("asked.jar", new ByteArrayInputStream(jar)).state());
        assertTrue(server.hasPort("asked"));
        assertEquals(State.STOPPED, drivers().stop("asked.jar").state());
        assertFalse(server.hasPort("asked"));
        assertEquals(State.ACTIVE, drivers().start("asked.jar").state());
        assertTrue(server.hasPort("asked"));
        jar = DriverFile.driver("it.asked", "2.0.0", "asked").bytes();
        assertEquals("2.0.0", drivers().install("asked.jar", new ByteArrayInputStream(jar)).version());
        assertEquals(State.ABSENT, drivers().remove("asked.jar").state());
        assertFalse(server.hasPort("asked"));
        assertEquals(List.of(), messages.lines());
    }

    @Test
    public void shouldRefuseRequestsThatMakeNoSense() throws IOException {
        for (String name : List.of("../evil.jar", "/tmp/evil.jar", ".hidden.jar", "no.zip", "", "a b.jar", "a\n.jar")) {
            refused(CarillonException.Kind.WRONG_USAGE, "file name must be", () -> drivers().install(name,
                    new ByteArrayInputStream(new byte[1])));
            refused(CarillonException.Kind.WRONG_USAGE, "file name must be", () -> drivers().remove(name));
        }
        refused(CarillonException.Kind.REFUSED, "not a whole jar", () -> drivers().install("a.jar",
                new ByteArrayInputStream(new byte[100])));
        refused(CarillonException.Kind.REFUSED, "file is too large: limitBytes=1048576",
                () -> drivers().install("a.jar", new ByteArrayInputStream(new byte[2 << 20])));
        refused(CarillonException.Kind.REFUSED, "unpacks to too much", () -> drivers().install("a.jar",
                new ByteArrayInputStream(DriverFile.driver("it.bomb", "1.0.0", "bomb").withEntry("zeros",
                        new byte[16 << 20]).bytes())));
        refused(CarillonException.Kind.NO_SUCH_NAME, "file=none.jar", () -> drivers().remove("none.jar"));
        refused(CarillonException.Kind.NO_SUCH_NAME, "file=none.jar", () -> drivers().start("none.jar"));
        refused(CarillonException.Kind.NO_SUCH_NAME, "file=none.jar", () -> drivers().stop("none.jar"));
        try (var files = Files.list(folder)) {
            assertEquals(List.of(), files.toList());
        }
    }

    private static void refused(CarillonException.Kind kind, String words, Runnable request) {
        CarillonException refusal = assertThrows(CarillonException.class, request::run);
        assertEquals(refusal.getMessage(), kind, refusal.kind());
        assertTrue(refusal.getMessage(), refusal.getMessage().contains(words));
    }
}
