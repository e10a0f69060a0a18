package org.carillon.launcher.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.channels.FileChannel;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.carillon.api.port.ConnectionInfo;
import org.carillon.launcher.CarillonHost;
import org.carillon.launcher.HostOptions;
import org.carillon.launcher.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A keyboard, a FIFO, that comes after the server has started. */
final class KeyboardWatchIT {
    private static final long LIMIT_S = 30;

    @TempDir
    private Path folder;

    @Test
    void shouldPlayTheInstrumentByTheFirstKeyboardThatComes() throws Exception {
        HostOptions options = HostOptions.temporary().home(Program.distribution()).withoutConfigurationFiles()
                .configuration("org.carillon.driver.rawmidi~keyboard",
                        Map.of("path", folder.resolve("keys*").toString()))
                .configuration("org.carillon.sampler~up", Map.of("name", "instrument", "output", "none"));
        List<String> found = new CopyOnWriteArrayList<>();
        try (CarillonHost host = CarillonHost.start(options);
                KeyboardWatch watch = new KeyboardWatch(host, "instrument", found::add)) {
            await("the instrument", () -> host.status().ports().stream()
                    .anyMatch(port -> port.name().equals("instrument")));
            assertEquals("", watch.keyboard());

            Path device = folder.resolve("keys1");
            assertEquals(0, new ProcessBuilder("mkfifo", device.toString()).start().waitFor());
            await("the keyboard", () -> !found.isEmpty());
            assertEquals(List.of(watch.keyboard()), found);
            try (FileChannel keys = FileChannel.open(device, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                keys.write(ByteBuffer.wrap(new byte[]{(byte) 0x90, 60, 100}));
                await("the note", () -> connection(host).events() >= 1);
            }
        }
    }

    private static ConnectionInfo connection(CarillonHost host) {
        return host.status().connections().getFirst();
    }

    private static void await(String what, BooleanSupplier condition) {
        long untilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_S);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - untilNs < 0, "waited in vain for " + what);
            LockSupport.parkNanos(1_000_000);
        }
    }
}
