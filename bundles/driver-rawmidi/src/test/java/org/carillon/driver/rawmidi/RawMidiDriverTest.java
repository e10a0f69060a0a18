package org.carillon.driver.rawmidi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.carillon.api.device.DeviceInfo;
import org.carillon.api.device.DeviceRegistry;
import org.carillon.kernel.OpenMemory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real FIFOs and terminals at a real kernel. */
@Timeout(120)
class RawMidiDriverTest {
    private static final int MEGABYTE = 1 << 20;

    @TempDir
    Path folder;
    private final Rig rig = new Rig();

    @AfterEach
    void close() throws InterruptedException {
        rig.close();
    }

    private static byte[] sysex(int length) {
        byte[] bytes = new byte[length];
        Random random = new Random(6);
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) random.nextInt(128);
        }
        bytes[0] = (byte) 0xF0;
        bytes[length - 1] = (byte) 0xF7;
        return bytes;
    }

    private static void write(Path path, byte[] bytes) throws IOException {
        try (OutputStream out = Files.newOutputStream(path, StandardOpenOption.WRITE)) {
            out.write(bytes);
        }
    }

    private static byte[] bytes(String hex) {
        return HexFormat.ofDelimiter(" ").parseHex(hex);
    }

    private static byte[] read(FileChannel fifo, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            fifo.read(bytes);
        }
        return bytes.array();
    }

    private FileChannel peer(Path fifo) throws IOException {
        return FileChannel.open(fifo, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    @Test
    void shouldReadFromAFifoUnderTheNameThatItWasGiven() throws IOException {
        Path fifo = Rig.fifo(folder.resolve("keys"));
        Rig.Opened driver = rig.open(Map.of("path", fifo.toString(), "name", "piano", "direction", "in"));
        rig.awaitPort("piano");
        rig.connect("piano", "me:in");
        long beforeNs = rig.session.clock().nowNs();
        write(fifo, bytes("90 3c 40 f8 3e"));
        write(fifo, bytes("41 b0 07 7f"));

        assertEquals(List.of("90 3c 40", "f8", "90 3e 41", "b0 07 7f"), rig.awaitCome(4));
        assertTrue(beforeNs <= rig.session.clock().nowNs());
        assertEquals(4, driver.count("piano", Count.MESSAGES_IN));
        assertEquals(DeviceInfo.State.OPEN, driver.device("piano").state());
        assertFalse(rig.status().ports().stream().anyMatch(
                port -> port.name().equals("piano") && port.direction().name().equals("DESTINATION")));
    }

    @Test
    void shouldCarryAMegabyteByteForByteFromFifoToFifo() throws IOException {
        Path keys = Rig.fifo(folder.resolve("keys"));
        Path synth = Rig.fifo(folder.resolve("synth"));
        rig.open(Map.of("path", keys.toString(), "direction", "in"));
        Rig.Opened driver = rig.open(Map.of("path", synth.toString(), "direction", "out"));
        rig.awaitPort("keys");
        rig.awaitPort("synth");
        rig.connect("keys", "synth");
        byte[] sent = sysex(MEGABYTE);
        try (FileChannel peer = peer(synth)) {
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
                try {
                    write(keys, sent);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertArrayEquals(sent, read(peer, sent.length));
            writing.join();
        }
        assertEquals(1, driver.count("synth", Count.MESSAGES_OUT));
        assertEquals(0, rig.status().droppedInAll());
    }

    @Test
    void shouldCarryAMegabyteByteForByteBothWaysOverATerminal() throws IOException {
        try (PseudoTerminal device = new PseudoTerminal()) {
            rig.open(Map.of("path", device.path.toString(), "name", "synth"));
            Rig.await("both ports", () -> rig.status().ports().stream().filter(p -> p.name().equals("synth"))
                    .count() == 2);
            rig.connect("synth", "me:in");
            rig.connect("me:out", "synth");
            byte[] bytes = sysex(MEGABYTE);
            CompletableFuture<byte[]> out = CompletableFuture.supplyAsync(() -> {
                try {
                    return device.read(bytes.length);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertTrue(rig.source.sendMessage(0, bytes, 60_000_000_000L));
            assertArrayEquals(bytes, out.join());

            CompletableFuture<Void> in = CompletableFuture.runAsync(() -> {
                try {
                    device.write(bytes);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertEquals(List.of("sysex " + MEGABYTE), rig.awaitCome(1));
            assertArrayEquals(bytes, rig.sysex.toByteArray());
            in.join();
        }
    }

    @Test
    void shouldWriteNoFasterThanAsked() throws IOException {
        Path synth = Rig.fifo(folder.resolve("synth"));
        rig.open(Map.of("path", synth.toString(), "direction", "out", "bytesPerSecond", 3_125));
        rig.awaitPort("synth");
        rig.connect("me:out", "synth");
        byte[] bytes = sysex(1_600);
        try (FileChannel peer = peer(synth)) {
            long startNs = System.nanoTime();
            assertTrue(rig.source.sendMessage(0, bytes, 60_000_000_000L));
            assertArrayEquals(bytes, read(peer, bytes.length));
            long tookNs = System.nanoTime() - startNs;
            assertTrue(tookNs >= (bytes.length - 12) * 320_000L, "tookNs=" + tookNs);
        }
    }

    @Test
    void shouldFlagWhatAnUnplugCutsAndPlayAgainWhenTheDeviceReturns() throws IOException {
        Path link = folder.resolve("device");
        PseudoTerminal first = new PseudoTerminal();
        Files.createSymbolicLink(link, first.path);
        Rig.Opened driver = rig.open(Map.of("path", link.toString(), "name", "keys"));
        rig.awaitPort("keys");
        rig.connect("keys", "me:in");
        rig.connect("me:out", "keys");
        first.write(bytes("90 3c 40 f0 01 02"));
        rig.awaitCome(1);
        Rig.await("bytes", () -> driver.count("keys", Count.BYTES_IN) == 6);
        first.close();

        assertEquals(List.of("90 3c 40", "sysex 3 incomplete", "80 3c 40"), rig.awaitCome(3));
        rig.awaitConnected("keys", "me:in", false);
        rig.awaitConnected("me:out", "keys", false);
        assertEquals(1, driver.count("keys", Count.CUT_SYSEX_IN));
        Rig.await("absent", () -> driver.device("keys").state() == DeviceInfo.State.ABSENT);

        try (PseudoTerminal second = new PseudoTerminal()) {
            Files.delete(link);
            Files.createSymbolicLink(link, second.path);
            rig.awaitConnected("keys", "me:in", true);
            rig.awaitConnected("me:out", "keys", true);
            second.write(bytes("91 3d 41"));
            assertEquals("91 3d 41", rig.awaitCome(4).getLast());
            rig.send(0x92, 1, 2);
            assertArrayEquals(bytes("92 01 02"), second.read(3));
        }
    }

    @Test
    void shouldReleaseWhatSoundsBeforeItCloses() throws IOException, InterruptedException {
        Path synth = Rig.fifo(folder.resolve("synth"));
        Rig.Opened driver = rig.open(Map.of("path", synth.toString(), "direction", "out", "bytesPerSecond", 1_000));
        rig.awaitPort("synth");
        rig.connect("me:out", "synth");
        try (FileChannel peer = peer(synth)) {
            rig.send(0x90, 60, 64);
            rig.send(0xB0, 64, 127);
            assertArrayEquals(bytes("90 3c 40 b0 40 7f"), read(peer, 6));
            rig.close(driver);
            assertArrayEquals(bytes("80 3c 40 b0 40 00"), read(peer, 6));
        }
    }

    @Test
    void shouldFindDevicesOfAPatternAsTheyComeAndGoWithTheirFolder() throws IOException {
        Path devices = folder.resolve("a/b");
        Rig.Opened driver = rig.open(Map.of("path", devices + "/midi*", "direction", "in"));
        Files.createDirectories(devices);
        Rig.fifo(devices.resolve("midi1"));
        Rig.fifo(devices.resolve("other"));
        Files.writeString(devices.resolve("midi2"), "no device");
        rig.awaitPort("midi1");
        Rig.await("a regular file is refused", () -> driver.device("midi2") != null
                && driver.device("midi2").state() == DeviceInfo.State.FAILED);
        assertTrue(driver.device("midi2").reason().startsWith("path must be a device file or a FIFO: path="));

        rig.connect("midi1", "me:in");
        Files.delete(devices.resolve("midi1"));
        rig.awaitConnected("midi1", "me:in", false);
        Files.delete(devices.resolve("midi2"));
        Files.delete(devices.resolve("other"));
        Files.delete(devices);
        Files.createDirectory(devices);
        write(Rig.fifo(devices.resolve("midi1")), bytes("90 3c 40"));
        rig.awaitConnected("midi1", "me:in", true);
        assertFalse(rig.hasPort("other"));
    }

    @Test
    void shouldRefuseAFifoInBothDirections() throws IOException {
        Path fifo = Rig.fifo(folder.resolve("both"));
        Rig.Opened driver = rig.open(Map.of("path", fifo.toString()));

        Rig.await("refused", () -> driver.device("both") != null && !driver.device("both").reason().isEmpty());
        assertEquals("a FIFO has one direction, in or out: path=" + fifo, driver.device("both").reason());
        assertFalse(rig.hasPort("both"));
    }

    @Test
    void shouldOpenADeviceOnceThoughTwoConfigurationsNameIt() throws IOException, InterruptedException {
        DeviceRegistry registry = OpenMemory.in(folder);
        Path fifo = Rig.fifo(folder.resolve("keys"));
        Rig.Opened first = rig.open(Map.of("path", fifo.toString(), "direction", "in"), registry);
        rig.awaitPort("keys");
        Path link = Files.createSymbolicLink(folder.resolve("link"), fifo);
        Rig.Opened second = rig.open(Map.of("path", link.toString(), "name", "other", "direction", "in"), registry);
        rig.connect("keys", "me:in");
        write(fifo, bytes("90 3c 40"));
        rig.awaitCome(1);
        assertFalse(rig.hasPort("other"));

        rig.close(first);
        rig.awaitPort("other");
        assertEquals(DeviceInfo.State.OPEN, second.device("other").state());
    }

    @Test
    void shouldRenameADeviceThatIsThereAndRememberIt() throws IOException, InterruptedException {
        DeviceRegistry registry = OpenMemory.in(folder);
        Path fifo = Rig.fifo(folder.resolve("keys"));
        Rig.Opened driver = rig.open(Map.of("path", fifo.toString(), "direction", "in"), registry);
        rig.awaitPort("keys");
        rig.connect("left hand", "me:in");
        registry.alias("keys", "left hand");
        rig.awaitPort("left hand");
        Rig.await("old name gone", () -> !rig.hasPort("keys"));
        write(fifo, bytes("90 3c 40"));
        assertEquals(List.of("90 3c 40"), rig.awaitCome(1));

        rig.close(driver);
        rig.open(Map.of("path", fifo.toString(), "direction", "in"), OpenMemory.in(folder));
        rig.awaitConnected("left hand", "me:in", true);
    }

    @Test
    void shouldEndThoughNobodyReadsWhatItWrites() throws IOException, InterruptedException {
        Path synth = Rig.fifo(folder.resolve("synth"));
        Rig.Opened driver = rig.open(Map.of("path", synth.toString(), "direction", "out"));
        rig.awaitPort("synth");
        rig.connect("me:out", "synth");
        assertTrue(rig.source.sendMessage(0, sysex(100_000), 60_000_000_000L));
        Rig.await("the FIFO is full", () -> driver.count("synth", Count.BYTES_OUT) >= 1 << 16);
        rig.close(driver);

        assertEquals(1, driver.count("synth", Count.CUT_SYSEX_OUT) + driver.count("synth", Count.UNWRITTEN_OUT));
        assertTrue(Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("carillon-rawmidi")));
    }
}
