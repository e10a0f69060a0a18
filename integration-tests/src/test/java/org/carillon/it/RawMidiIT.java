package org.carillon.it;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.carillon.api.device.DeviceInfo;
import org.carillon.api.device.DeviceRegistry;
import org.carillon.api.device.Devices;
import org.carillon.api.port.ConnectionInfo.State;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.OptionUtils;

/** Raw MIDI in, through the server, raw MIDI out. */
public class RawMidiIT extends ContainerTest {
    private static final Path DATA = Path.of("target/rawmidi-data").toAbsolutePath();
    private static final int SYSEX_BYTES = 200_000;

    private Path keys;
    private Path synth;

    @Configuration
    public Option[] config() throws IOException {
        Files.createDirectories(DATA);
        Files.deleteIfExists(DATA.resolve("devices.txt"));
        return OptionUtils.combine(without(), frameworkProperty("carillon.data").value(DATA.toString()));
    }

    @Before
    public void makeDevices() throws Exception {
        Path folder = Files.createTempDirectory("rawmidi");
        keys = fifo(folder.resolve("keys"));
        synth = fifo(folder.resolve("synth"));
    }

    @After
    public void removeDevices() throws IOException {
        Files.deleteIfExists(keys);
        Files.deleteIfExists(synth);
        Files.delete(keys.getParent());
    }

    private static Path fifo(Path path) throws IOException, InterruptedException {
        assertEquals(0, new ProcessBuilder("mkfifo", path.toString()).start().waitFor());
        return path;
    }

    private void configure(Path fifo, String direction) throws IOException {
        server.configureInstance(RAWMIDI, direction,
                Map.of("path", fifo.toString(), "direction", direction));
    }

    private static byte[] bytes() {
        byte[] bytes = new byte[SYSEX_BYTES + 6];
        Random random = new Random(7);
        for (int i = 0; i < SYSEX_BYTES; i++) {
            bytes[i] = (byte) random.nextInt(128);
        }
        bytes[0] = (byte) 0xF0;
        bytes[SYSEX_BYTES - 1] = (byte) 0xF7;
        System.arraycopy(new byte[]{(byte) 0x90, 60, 64, (byte) 0x80, 60, 64}, 0, bytes, SYSEX_BYTES, 6);
        return bytes;
    }

    @Test
    public void shouldCarryEveryByteFromDeviceToDevice() throws Exception {
        configure(keys, "in");
        configure(synth, "out");
        server.connect("keys", "synth", "");
        server.awaitState("keys", "synth", State.ACTIVE);
        byte[] sent = bytes();
        try (FileChannel out = FileChannel.open(synth, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            Thread writer = Thread.ofPlatform().start(() -> write(keys, sent));
            ByteBuffer come = ByteBuffer.allocate(sent.length);
            while (come.hasRemaining()) {
                out.read(come);
            }
            writer.join();
            assertArrayEquals(sent, come.array());
        }
        assertEquals(0, server.status().droppedInAll());
        assertEquals(List.of(), messages.lines());
    }

    private static void write(Path fifo, byte[] bytes) {
        try (OutputStream out = Files.newOutputStream(fifo, StandardOpenOption.WRITE)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    public void shouldWaitForADeviceByItsNameAndRememberIt() throws Exception {
        configure(keys, "in");
        Server.await("port", () -> server.hasPort("keys"));
        server.connect("keys", "pianist:in", "");
        server.open("pianist").destination("in");
        server.awaitState("keys", "pianist:in", State.ACTIVE);
        Files.delete(keys);
        server.awaitState("keys", "pianist:in", State.WAITING);
        Server.await("absent", () -> state() == DeviceInfo.State.ABSENT);
        fifo(keys);
        server.awaitState("keys", "pianist:in", State.ACTIVE);

        assertTrue(server.service(DeviceRegistry.class).remembered().stream()
                .anyMatch(device -> device.name().equals("keys") && device.present()));
        assertTrue(Files.readString(DATA.resolve("devices.txt")).contains("device\tkeys\t"));
        assertEquals(List.of(), messages.lines());
    }

    private DeviceInfo.State state() {
        return server.service(Devices.class).devices().stream().filter(device -> device.name().equals("keys"))
                .map(DeviceInfo::state).findFirst().orElse(null);
    }

    @Test
    public void shouldGiveThePortsBackWithTheConfiguration() throws Exception {
        configure(keys, "in");
        Server.await("port", () -> server.hasPort("keys"));
        server.tidyUp();
        Server.await("port gone", () -> !server.hasPort("keys"));
        Server.await("no thread left", () -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("carillon-rawmidi")));
    }
}
