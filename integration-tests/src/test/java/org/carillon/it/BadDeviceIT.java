package org.carillon.it;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.spi.MidiDeviceProvider;
import org.carillon.api.device.DeviceInfo;
import org.carillon.api.device.DeviceRegistry;
import org.carillon.api.device.Devices;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.ConnectionInfo.State;
import org.carillon.api.session.Session;
import org.carillon.api.session.Sessions;
import org.carillon.api.session.Source;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceRegistration;

/** Devices that go at the worst moment, or cannot be told apart, while two thousand events a second flow elsewhere. */
public class BadDeviceIT extends ContainerTest {
    private static final String HOME = "carillon.home";
    private static final int BETWEEN = 200;
    private static final int SYSEX_BYTES = 20_000;

    private Path home;
    private Path devices;
    private Traffic traffic;

    @Configuration
    public Option[] config() throws IOException {
        Path home = Files.createTempDirectory("carillon-bad-device");
        Path folder = Files.createDirectory(home.resolve("config"));
        Files.writeString(folder.resolve(TRANSPORT + ".cfg.json"),
                "{\"ringCapacityBytes\": " + Traffic.RING_BYTES + "}");
        Files.writeString(folder.resolve(LOOPBACK + "~hall.cfg.json"), "{\"name\": \"hall\"}");
        Files.createDirectory(home.resolve("data"));
        return new Option[]{composite(without()), frameworkProperty(HOME).value(home.toString()),
            frameworkProperty("carillon.data").value(home.resolve("data").toString())};
    }

    @Before
    public void play() throws Exception {
        home = Path.of(context().getProperty(HOME));
        devices = Files.createTempDirectory("bad-device").toRealPath();
        Server.await("large rings", () -> server.has(Sessions.class) && Integer.toString(Traffic.RING_BYTES)
                .equals(String
                        .valueOf(context().getServiceReference(Sessions.class).getProperty("ringCapacityBytes"))));
        Server.await("port", () -> server.hasPort("hall"));
        Session session = server.open("pianist");
        Source out = session.source("out");
        server.connect("pianist:out", "hall", Traffic.FILTER);
        server.connect("hall", "listener:in", "");
        traffic = new Traffic(session, out, new Listener(server.kernel(), "listener"));
        traffic.awaitMore(BETWEEN);
    }

    /** The music elsewhere is whole. */
    @After
    public void endTraffic() throws Exception {
        traffic.awaitMore(BETWEEN);
        traffic.finish();
        traffic.close();
        server.tidyUp();
        try (Stream<Path> files = Files.list(devices)) {
            for (Path each : files.toList()) {
                Files.delete(each);
            }
        }
        Files.delete(devices);
        Files.deleteIfExists(file("in"));
        Files.deleteIfExists(file("out"));
        Server.await("devices are gone", () -> seen("").isEmpty());
        assertEquals(0, traffic.missing().length);
        assertEquals("", traffic.wrong());
        assertEquals(0, traffic.reordered());
    }

    private static BundleContext context() {
        return FrameworkUtil.getBundle(BadDeviceIT.class).getBundleContext();
    }

    private Path fifo(String name) throws Exception {
        Path path = devices.resolve(name);
        assertEquals(0, new ProcessBuilder("mkfifo", path.toString()).start().waitFor());
        return path;
    }

    /** Both ends, so that neither side waits for the other. */
    private static FileChannel open(Path fifo) throws IOException {
        return FileChannel.open(fifo, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private static byte[] bytes(String words) {
        return HexFormat.ofDelimiter(" ").parseHex(words);
    }

    private static byte[] read(FileChannel from, int count) throws IOException {
        ByteBuffer come = ByteBuffer.allocate(count);
        while (come.hasRemaining()) {
            from.read(come);
        }
        return come.array();
    }

    private static List<DeviceInfo> seen(String name) {
        try {
            return context().getServiceReferences(Devices.class, null).stream().map(context()::getService)
                    .flatMap(each -> each.devices().stream()).filter(each -> each.name().startsWith(name)).toList();
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ServiceRegistration<MidiDeviceProvider> offer(MadeMidiProvider provider) {
        return context().registerService(MidiDeviceProvider.class, provider, null);
    }

    @Test
    public void shouldPlayTwoEqualDevicesAndSayThatNothingTellsWhichIsWhich() throws Exception {
        List<MadeMidiProvider> twins = List.of(new MadeMidiProvider("Twin"), new MadeMidiProvider("Twin"));
        List<ServiceRegistration<MidiDeviceProvider>> offered = twins.stream().map(BadDeviceIT::offer).toList();
        server.configureInstance(JAVASOUND, "twins", Map.of("include", new String[]{"Twin"}));
        Server.await("two ports", () -> server.hasPort("Twin") && server.hasPort("Twin #2"));
        Session session = server.open("both hands");
        session.destination("in");
        server.connect("Twin", "both hands:in", "");
        server.connect("Twin #2", "both hands:in", "");
        server.awaitState("Twin", "both hands:in", State.ACTIVE);
        server.awaitState("Twin #2", "both hands:in", State.ACTIVE);
        Receiver receiver = new Receiver(session);
        for (MadeMidiProvider twin : twins) {
            Server.await("listener", () -> twin.listener() != null);
            twin.listener().send(new ShortMessage(0x90, 60 + twins.indexOf(twin), 99), -1);
            assertEquals(List.of("keyon 0 " + (60 + twins.indexOf(twin)) + " 99"), receiver.await(1));
        }

        assertEquals(List.of("2 equal devices came, and nothing tells which is which",
                "2 equal devices came, and nothing tells which is which"),
                seen("Twin").stream().map(DeviceInfo::doubt).toList());
        assertEquals(messages.lines().toString(), 2, messages.lines().stream()
                .filter(line -> line.startsWith("name of a device is in doubt: name=Twin")).count());
        offered.forEach(ServiceRegistration::unregister);
        server.awaitState("Twin #2", "both hands:in", State.WAITING);
    }

    @Test
    public void shouldCutASysexWhoseDeviceGoesInItsMiddleAndPlayAgainWhenItReturns() throws Exception {
        Path keys = fifo("keys");
        server.configureInstance(RAWMIDI, "keys", Map.of("path", keys.toString(), "direction", "in"));
        Session session = server.open("organist");
        session.destination("in");
        server.connect("keys", "organist:in", "");
        server.awaitState("keys", "organist:in", State.ACTIVE);
        Receiver receiver = new Receiver(session);
        try (FileChannel in = open(keys)) {
            in.write(ByteBuffer.wrap(bytes("90 3c 40 f0 01 02")));
            assertEquals(List.of("keyon 0 60 64"), receiver.await(1));
            Server.await("bytes", () -> count("keys", "bytes-in") == 6);
            Files.delete(keys);
            List<String> come = receiver.await(2);
            assertTrue(come.toString(), come.get(0).startsWith("sysex ") && come.get(1).startsWith("keyoff 0 60"));
            assertEquals(1, count("keys", "cut-sysex-in"));
        }
        server.awaitState("keys", "organist:in", State.WAITING);

        fifo("keys");
        server.awaitState("keys", "organist:in", State.ACTIVE);
        try (FileChannel in = open(keys)) {
            in.write(ByteBuffer.wrap(bytes("91 3d 41")));
            assertEquals(List.of("keyon 1 61 65"), receiver.await(1));
        }
        assertEquals(List.of(), messages.lines());
    }

    private static long count(String device, String counter) {
        return seen(device).getFirst().counters().get(counter);
    }

    @Test
    public void shouldEndASysexThatADeviceTakesNoMore() throws Exception {
        Path synth = fifo("synth");
        server.configureInstance(RAWMIDI, "synth", Map.of("path", synth.toString(), "direction", "out",
                "bytesPerSecond", 3_125));
        Session session = server.open("organist");
        Source out = session.source("out");
        server.connect("organist:out", "synth", "");
        server.awaitState("organist:out", "synth", State.ACTIVE);
        byte[] sysex = new byte[SYSEX_BYTES];
        sysex[0] = (byte) 0xF0;
        sysex[SYSEX_BYTES - 1] = (byte) 0xF7;
        try (FileChannel peer = open(synth)) {
            assertTrue(out.sendMessage(0, sysex, 60_000_000_000L));
            out.flush();
            read(peer, 100);
            Files.delete(synth);
            server.awaitState("organist:out", "synth", State.WAITING);
        }

        fifo("synth");
        try (FileChannel peer = open(synth)) {
            server.awaitState("organist:out", "synth", State.ACTIVE);
            out.send(0, 0x90, 60, 64);
            out.flush();
            assertArrayEquals(bytes("90 3c 40"), read(peer, 3));
        }
        assertEquals(List.of(), messages.lines());
    }

    @Test
    public void shouldRememberWhatIsConnectedWithADeviceWhoseConfigurationIsDeletedWhileItPlays() throws Exception {
        Path keys = fifo("keys");
        Path synth = fifo("synth");
        String in = "{\"path\": \"" + keys + "\", \"direction\": \"in\"}";
        String out = "{\"path\": \"" + synth + "\", \"direction\": \"out\"}";
        write("in", in);
        write("out", out);
        Session session = server.open("organist");
        session.destination("in");
        server.connect("keys", "organist:in", "");
        server.connect("keys", "synth", "");
        server.awaitState("keys", "organist:in", State.ACTIVE);
        server.awaitState("keys", "synth", State.ACTIVE);
        Receiver receiver = new Receiver(session);
        try (FileChannel hands = open(keys); FileChannel sound = open(synth)) {
            hands.write(ByteBuffer.wrap(bytes("90 3c 40")));
            assertArrayEquals(bytes("90 3c 40"), read(sound, 3));
            assertEquals(List.of("keyon 0 60 64"), receiver.await(1));

            Files.delete(file("in"));
            server.awaitState("keys", "organist:in", State.WAITING);
            assertTrue(receiver.await(1).getFirst().startsWith("keyoff 0 60"));
            assertArrayEquals(bytes("80 3c 40"), read(sound, 3));
            Files.delete(file("out"));
            Server.await("no ports", () -> !server.hasPort("keys") && !server.hasPort("synth"));
            assertTrue(Files.readString(home.resolve("data/connections.txt")).contains("keys\tsynth\t"));

            write("out", out);
            write("in", in);
            server.awaitState("keys", "synth", State.ACTIVE);
            hands.write(ByteBuffer.wrap(bytes("91 3d 41")));
            assertArrayEquals(bytes("91 3d 41"), read(sound, 3));
        }
        assertEquals(List.of(), messages.lines());
    }

    private Path file(String name) {
        return home.resolve("config").resolve(RAWMIDI + "~" + name + ".cfg.json");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(file(name), text);
    }

    @Test
    public void shouldRenameADeviceThatPlaysAndTakeNoNameTwice() throws Exception {
        Path swell = fifo("swell");
        Path pedals = fifo("pedals");
        server.configureInstance(RAWMIDI, "swell", Map.of("path", swell.toString(), "direction", "in"));
        server.configureInstance(RAWMIDI, "pedals", Map.of("path", pedals.toString(), "direction", "in"));
        Session session = server.open("organist");
        session.destination("in");
        server.connect("swell", "organist:in", "");
        server.awaitState("swell", "organist:in", State.ACTIVE);
        Server.await("port", () -> server.hasPort("pedals"));
        Receiver receiver = new Receiver(session);
        DeviceRegistry registry = server.service(DeviceRegistry.class);
        try (FileChannel hands = open(swell)) {
            hands.write(ByteBuffer.wrap(bytes("90 3c 40")));
            assertEquals(List.of("keyon 0 60 64"), receiver.await(1));
            registry.alias("swell", "manual");
            Server.await("port", () -> server.hasPort("manual") && !server.hasPort("swell"));
            assertTrue(receiver.await(1).getFirst().startsWith("keyoff 0 60"));
            server.awaitState("manual", "organist:in", State.ACTIVE);
            hands.write(ByteBuffer.wrap(bytes("91 3d 41")));
            assertEquals(List.of("keyon 1 61 65"), receiver.await(1));

            for (String taken : List.of("manual", "swell", "hall")) {
                CarillonException refused = assertThrows(CarillonException.class,
                        () -> registry.alias("pedals", taken));
                assertEquals(CarillonException.Kind.REFUSED, refused.kind());
                assertTrue(refused.getMessage(), refused.getMessage().endsWith("alias=" + taken + ", name=pedals"));
            }
            assertTrue(server.hasPort("pedals"));
        } finally {
            server.kernel().wiring().disconnect("manual", "organist:in");
        }
        assertEquals(List.of(), messages.lines());
    }
}
