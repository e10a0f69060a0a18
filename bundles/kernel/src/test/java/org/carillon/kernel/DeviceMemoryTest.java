package org.carillon.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.carillon.api.device.DeviceEvidence;
import org.carillon.api.port.Attachment;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.ConnectionInfo;
import org.carillon.api.port.Kernel;
import org.carillon.api.ring.LocalRing;
import org.carillon.api.status.StatusSnapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceMemoryTest {
    private static final DeviceEvidence ALPHA = new DeviceEvidence("S1", "usb-1", "1:1", "Alpha", "0");
    private static final DeviceEvidence OTHER = new DeviceEvidence("S2", "usb-2", "1:1", "Alpha", "0");

    @TempDir
    Path folder;

    private String identify(DeviceEvidence evidence) {
        return new DeviceMemory(folder).identify("rawmidi", List.of(evidence)).getFirst().name();
    }

    @Test
    void shouldRememberNamesAndAliasesFromStartToStart() throws IOException {
        assertEquals("Alpha", identify(ALPHA));
        assertEquals("Alpha #2", identify(OTHER));
        new DeviceMemory(folder).alias("Alpha #2", "Right hand");

        assertEquals("Right hand", identify(OTHER));
        assertEquals("Alpha", identify(ALPHA));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of("devices.txt"), files.map(each -> each.getFileName().toString()).toList());
        }
    }

    @Test
    void shouldPutAsideAFileThatItCannotReadAndGoOn() throws IOException {
        Files.writeString(folder.resolve("devices.txt"), "nonsense");

        assertEquals("Alpha", identify(ALPHA));
        assertEquals("nonsense", Files.readString(folder.resolve("devices.txt.bad")));
        assertEquals("Alpha", identify(ALPHA));
    }

    @Test
    void shouldNameDevicesWhereNothingCanBeWritten() {
        assertEquals("Alpha", new DeviceMemory(folder.resolve("absent")).identify("rawmidi", List.of(ALPHA))
                .getFirst().name());
        assertEquals("Alpha", new DeviceMemory((Path) null).identify("rawmidi", List.of(ALPHA)).getFirst().name());
    }

    @Test
    void shouldGiveADeviceToOneDriver() {
        DeviceMemory memory = new DeviceMemory((Path) null);
        assertEquals("", memory.claim("a", "/dev/x"));
        assertEquals("", memory.claim("a", "/dev/x"));
        assertEquals("a", memory.claim("b", "/dev/x"));
        memory.release("b", "/dev/x");
        assertEquals("a", memory.claim("b", "/dev/x"));
        memory.release("a", "/dev/x");
        assertEquals("", memory.claim("b", "/dev/x"));
    }

    @Test
    void shouldRefuseAnAliasThatIsTaken() {
        DeviceMemory memory = new DeviceMemory(folder);
        memory.identify("rawmidi", List.of(ALPHA, OTHER));
        memory.alias("Alpha", "Left hand");

        assertEquals("alias must be no name of another device: alias=Left hand, name=Alpha #2",
                refusal(memory, "Alpha #2", "Left hand"));
        assertEquals("alias must be no name of another device: alias=Alpha, name=Alpha #2",
                refusal(memory, "Alpha #2", "Alpha"));
        assertEquals("no device of this name is remembered: name=Beta", refusal(memory, "Beta", "Right hand"));
        memory.alias("Left hand", "");
        assertTrue(memory.remembered().stream().allMatch(each -> each.alias().isEmpty() && each.present()));
    }

    private static String refusal(DeviceMemory memory, String name, String alias) {
        return assertThrows(CarillonException.class, () -> memory.alias(name, alias)).getMessage();
    }

    /** What is refused changes no connection, what is done takes them along: with the kernel's own thread. */
    @Test
    void shouldTakeConnectionsAlong() throws InterruptedException {
        RunningKernel running = new RunningKernel(new DataFile(null, ConnectionMemory.FILE));
        Kernel kernel = running.kernel();
        try {
            DeviceMemory memory = new DeviceMemory(folder, kernel);
            memory.identify("rawmidi", List.of(ALPHA));
            memory.identify("rawmidi", List.of(OTHER));
            kernel.attach("synth", Kernel.Role.SESSION, null).addDestination("synth:in",
                    new LocalRing(LocalRing.DEFAULT_CAPACITY, kernel.doorbell()), 0, false);
            kernel.wiring().connect("Alpha", "synth:in");
            kernel.wiring().connect("Alpha #2", "synth:in");

            assertEquals("alias must be no name of a port: alias=synth:in, name=Alpha",
                    refusal(memory, "Alpha", "synth:in"));
            refusal(memory, "Alpha", "Alpha #2");
            assertEquals(List.of("Alpha", "Alpha #2"), sources(kernel));
            memory.alias("Alpha", "Left hand");
            assertEquals(List.of("Left hand", "Alpha #2"), sources(kernel));
            memory.alias("Left hand", " ");
            assertEquals(List.of("Alpha", "Alpha #2"), sources(kernel));
        } finally {
            running.stop();
        }
    }

    /** A driver looks when it looks: until then its port has the name that the device had. */
    @Test
    void shouldTakeAnAliasAwayBeforeTheDriverHasHeardOfIt() throws InterruptedException {
        RunningKernel running = new RunningKernel(new DataFile(null, ConnectionMemory.FILE));
        Kernel kernel = running.kernel();
        try {
            DeviceMemory memory = new DeviceMemory(folder, kernel);
            memory.identify("rawmidi", List.of(ALPHA));
            LocalRing ring = new LocalRing(LocalRing.DEFAULT_CAPACITY, kernel.doorbell());
            Attachment driver = kernel.attach("rawmidi", Kernel.Role.DRIVER, null);
            driver.addDestination("Alpha", ring, 0, false);
            memory.alias("Alpha", "Left hand");
            memory.alias("Left hand", "");
            memory.alias("Alpha", "Left hand");
            driver.close();
            kernel.attach("synth", Kernel.Role.SESSION, null).addDestination("Alpha", ring, 0, false);

            assertEquals("alias must be no name of a port: alias=Alpha, name=Left hand",
                    refusal(memory, "Left hand", ""));
        } finally {
            running.stop();
        }
    }

    private static List<String> sources(Kernel kernel) {
        return StatusSnapshot.of(kernel.status()).connections().stream().map(ConnectionInfo::source).toList();
    }
}
