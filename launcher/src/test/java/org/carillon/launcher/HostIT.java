package org.carillon.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.carillon.api.driver.DriverInfo;
import org.carillon.api.driver.Drivers;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.PortInfo;
import org.carillon.api.port.Wiring;
import org.carillon.api.session.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The host against the distribution, whole and damaged. */
final class HostIT {
    private static final String LOOP_2 = "org.carillon.driver.loopback~two";

    @TempDir
    private Path folder;

    @Test
    void shouldBeReadyWithItsConfiguredPorts() {
        HostOptions options = options(Program.distribution()).configuration(LOOP_2, Map.of("name", "two"));
        try (CarillonHost host = CarillonHost.start(options)) {
            assertTrue(host.status().ready());
            assertEquals(List.of("loop", "loop", "two", "two"),
                    host.status().ports().stream().map(PortInfo::name).sorted().toList());
        }
    }

    @Test
    void shouldStartWithoutConfigurationFiles() {
        try (CarillonHost host = CarillonHost.start(options(Program.distribution()).withoutConfigurationFiles())) {
            assertEquals(List.of(), host.status().ports());
        }
    }

    @Test
    void shouldMakeConnectionsAgainWhenItStartsAgain() {
        try (CarillonHost host = CarillonHost.start(options(Program.distribution()));
                Session admin = host.sessions().open("admin")) {
            admin.wiring().connect("KeyStep", "loop", "transp 12", Wiring.Loops.REFUSED);
            admin.wiring().connect("loop", "admin:in");
        }
        try (CarillonHost host = CarillonHost.start(options(Program.distribution()))) {
            await(() -> !host.status().connections().isEmpty());
            assertEquals(List.of("KeyStep > loop, transp 12, WAITING"), host.status().connections().stream()
                    .map(each -> each.source() + " > " + each.destination() + ", " + each.filter() + ", "
                            + each.state())
                    .toList());
        }
    }

    @Test
    void shouldEndItsSessionsWhenItCloses() {
        CarillonHost host = CarillonHost.start(options(Program.distribution()));
        Session session = host.sessions().open("guest");
        host.close();
        host.close();

        assertFalse(session.isOpen());
        CarillonException e = assertThrows(CarillonException.class, host::sessions);
        assertTrue(e.getMessage().contains("the host is closed"), e.getMessage());
    }

    @Test
    void shouldSayWhoHasTheDataFolder() {
        HostOptions options = options(Program.distribution());
        try (CarillonHost _ = CarillonHost.start(options)) {
            CarillonException e = assertThrows(CarillonException.class, () -> CarillonHost.start(options));

            assertEquals(CarillonException.Kind.REFUSED, e.kind());
            assertTrue(e.getMessage().contains("folder=" + folder.resolve("data")), e.getMessage());
            assertTrue(e.getMessage().contains("pid=" + ProcessHandle.current().pid()), e.getMessage());
        }
        CarillonHost.start(options).close();
    }

    @Test
    void shouldNameTheBundlesThatCanBeLeftOut() {
        HostOptions options = options(Program.distribution()).without("loopbak");

        CarillonException e = assertThrows(CarillonException.class, () -> CarillonHost.start(options));
        assertEquals(CarillonException.Kind.NO_SUCH_NAME, e.kind());
        assertTrue(e.getMessage().contains("org.carillon.driver.loopback"), e.getMessage());
    }

    @Test
    void shouldStartWithoutWhatIsLeftOut() {
        try (CarillonHost host = CarillonHost.start(options(Program.distribution()).without("driver.loopback"))) {
            assertEquals(List.of(), host.status().ports());
        }
    }

    @Test
    void shouldStartTheRestWhenABundleIsCorrupt() throws IOException {
        Path home = copy();
        Files.writeString(jar(home, "org.carillon.driver.loopback"), "no jar at all");
        try (CarillonHost host = CarillonHost.start(options(home))) {
            assertTrue(host.status().ready());
        }
    }

    @Test
    void shouldNameTheBundleThatIsMissing() throws IOException {
        Path home = copy();
        Files.delete(jar(home, "org.carillon.kernel"));

        CarillonException e = assertThrows(CarillonException.class, () -> CarillonHost.start(options(home)));
        assertEquals("bundle is missing: bundle=org.carillon.kernel", e.getMessage());
    }

    @Test
    void shouldNameTheBundleThatCannotBeResolved() throws IOException {
        Path home = copy();
        Files.delete(jar(home, "org.osgi.util.promise"));

        CarillonException e = assertThrows(CarillonException.class, () -> CarillonHost.start(options(home)));
        assertTrue(e.getMessage().startsWith("bundle cannot be resolved: bundle=org.apache.felix.scr"),
                e.getMessage());
        assertTrue(e.getMessage().contains("org.osgi.util.promise"), e.getMessage());
    }

    @Test
    void shouldApplyTheOtherFilesWhenOneIsWrong() throws IOException {
        Path home = copy();
        Files.writeString(home.resolve("config/org.carillon.driver.loopback~bad.cfg.json"), "{\"name\": }");
        try (CarillonHost host = CarillonHost.start(options(home))) {
            assertEquals(2, host.status().ports().size());
        }
    }

    @Test
    void shouldLeaveNoThreadThatKeepsTheProgramWhenADriverHangs() throws IOException {
        Set<Thread> before = threadsThatKeepTheProgram();
        Path drivers = Files.createDirectory(folder.resolve("drivers"));
        StuckDriver.writeTo(drivers.resolve("stuck.jar"));
        HostOptions options = options(Program.distribution()).configuration("org.carillon.deploy",
                Map.of("folder", drivers.toString(), "actionLimitMs", 1_000));
        try (CarillonHost host = CarillonHost.start(options)) {
            await(() -> drivers(host).stream().anyMatch(driver -> driver.state() == DriverInfo.State.FENCED));
            assertTrue(host.status().ready());
        }
        await(() -> before.containsAll(threadsThatKeepTheProgram()));
    }

    /** The deployer comes after the host is ready. */
    private static List<DriverInfo> drivers(CarillonHost host) {
        try {
            return host.service(Drivers.class).list();
        } catch (CarillonException e) {
            return List.of();
        }
    }

    private static Set<Thread> threadsThatKeepTheProgram() {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> !thread.isDaemon())
                .collect(Collectors.toSet());
    }

    private static void await(BooleanSupplier condition) {
        long untilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - untilNs < 0, () -> "waited in vain: " + Thread.getAllStackTraces().keySet());
            LockSupport.parkNanos(1_000_000);
        }
    }

    private HostOptions options(Path home) {
        return HostOptions.defaults().home(home).data(folder.resolve("data"));
    }

    private Path copy() throws IOException {
        return Program.copyDistribution(folder.resolve("home"));
    }

    private static Path jar(Path home, String name) throws IOException {
        try (var files = Files.walk(home.resolve("bundles"))) {
            return files.filter(file -> file.getFileName().toString().startsWith(name + "-")).findFirst()
                    .orElseThrow();
        }
    }
}
