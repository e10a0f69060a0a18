package org.carillon.transport.shm;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.carillon.api.device.DeviceRegistry;
import org.carillon.api.device.Devices;
import org.carillon.api.driver.Drivers;
import org.carillon.api.port.Kernel;
import org.carillon.api.status.StatusSnapshot;
import org.carillon.filter.FilterWords;
import org.carillon.kernel.RunningKernel;
import org.carillon.protocol.DropReason;
import org.carillon.protocol.StatusPage;
import org.carillon.scheduler.TimeScheduler;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.log.LogReaderService;

/** A real kernel and a real socket in a folder of the test. */
final class ServerRig implements AutoCloseable {
    private static final long LIMIT_NS = 20_000_000_000L;
    private static final long PAUSE_NS = 200_000;

    final Path socket;
    final AtomicInteger downs = new AtomicInteger();
    private final RunningKernel running;
    private final ControlServer server;

    ServerRig(Path folder) throws IOException {
        this(folder, Map.of());
    }

    ServerRig(Path folder, Map<String, Object> configuration) throws IOException {
        socket = folder.resolve("carillon/control");
        running = new RunningKernel(new TimeScheduler(65_536), new FilterWords());
        ShmConfig config = TestConfig.of(configuration);
        ListeningPlace place = ListeningPlace.open(socket, config.group());
        server = new ControlServer(running.kernel(), new NoServices(), place, config, "1.2.3",
                downs::incrementAndGet);
        await("kernel is ready", () -> kernel().status().state() == StatusPage.READY);
    }

    Kernel kernel() {
        return running.kernel();
    }

    StatusSnapshot status() {
        return StatusSnapshot.of(kernel().status());
    }

    long dropped(DropReason reason) {
        return status().dropped().get(reason);
    }

    static void await(String what, BooleanSupplier isSo) {
        long startNs = System.nanoTime();
        while (!isSo.getAsBoolean()) {
            assertTrue(System.nanoTime() - startNs < LIMIT_NS, "waited in vain until " + what);
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        try {
            running.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** No other bundle is there. */
    private static final class NoServices implements Services {
        @Override
        public Drivers drivers() {
            return null;
        }

        @Override
        public DeviceRegistry registry() {
            return null;
        }

        @Override
        public List<Devices> devices() {
            return List.of();
        }

        @Override
        public ConfigurationAdmin configurations() {
            return null;
        }

        @Override
        public LogReaderService log() {
            return null;
        }
    }
}
