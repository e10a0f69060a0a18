package org.carillon.launcher.border;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.eclipsesource.json.Json;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.carillon.launcher.CarillonHost;
import org.carillon.launcher.HostOptions;
import org.carillon.launcher.Program;
import org.carillon.platform.Platform;
import org.carillon.platform.ipc.MemoryFile;
import org.carillon.protocol.ControlPacket;
import org.carillon.protocol.control.Alias;
import org.carillon.protocol.control.ConfigurationText;
import org.carillon.protocol.control.ControlClient;
import org.carillon.protocol.control.DriverFile;
import org.carillon.protocol.control.Hello;
import org.carillon.protocol.control.LogLine;
import org.carillon.protocol.control.LogQuery;
import org.carillon.protocol.control.NewConnection;
import org.carillon.protocol.control.NewDriver;
import org.carillon.protocol.control.NewInstrument;
import org.carillon.protocol.control.Nothing;
import org.carillon.protocol.control.Page;
import org.carillon.protocol.control.Pid;
import org.carillon.protocol.control.WireRefusal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Requests about the whole house, at a server with all its bundles. */
@Timeout(120)
final class ControlRequestsIT {
    private static final Page ALL = new Page(0, 1000, "");
    private static final Nothing NOTHING = new Nothing();
    private static final String LOOP = "org.carillon.driver.loopback~made";
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(30);

    @TempDir
    private Path folder;
    private CarillonHost host;
    private ControlChannel channel;
    private ControlClient ask;

    @BeforeEach
    void start() throws IOException {
        assumeTrue(Platform.current().isNative(), "needs native calls");
        Path socket = folder.resolve("carillon/control");
        host = CarillonHost.start(HostOptions.temporary().home(Program.distribution())
                .configuration("org.carillon.transport.shm", Map.of("socket", socket.toString())));
        assertTrue(host.awaitRest(Duration.ofSeconds(60)));
        await(() -> Files.exists(socket));
        channel = new ControlChannel(socket);
        ask = new ControlClient(channel);
        ask.hello(new Hello(ControlPacket.PROTOCOL_VERSION, "admin", 1));
    }

    @AfterEach
    void stop() {
        if (channel != null) {
            channel.close();
        }
        if (host != null) {
            host.close();
        }
    }

    @Test
    void shouldChangeConfigurationsLive() throws IOException {
        assertEquals("", ask.configuration(new Pid(LOOP)).json());

        ask.configure(new ConfigurationText(LOOP, "{\"name\": \"made\", \"delayUs\": 5}"));

        await(() -> hasPort("made"));
        assertEquals(5, Json.parse(ask.configuration(new Pid(LOOP)).json()).asObject().getInt("delayUs", 0));
        assertTrue(Arrays.asList(ask.configurations(ALL).pids()).contains(LOOP));
        ask.configure(new ConfigurationText(LOOP, ""));
        await(() -> !hasPort("made"));
        assertEquals("NO_SUCH_NAME", refused(() -> ask.configure(new ConfigurationText(LOOP, ""))));
        assertEquals("WRONG_USAGE", refused(() -> ask.configure(new ConfigurationText(LOOP, "{\"name\": {}}"))));
        assertEquals("WRONG_USAGE", refused(() -> ask.configure(new ConfigurationText(LOOP, "no json"))));
    }

    @Test
    void shouldGiveAPortASoundAndTakeItAway() throws IOException {
        ask.instrument(new NewInstrument("piano", "built-in"));
        await(() -> hasPort("piano"));

        ask.instrument(new NewInstrument("piano", ""));

        await(() -> !hasPort("piano"));
        assertEquals("NO_SUCH_NAME", refused(() -> ask.instrument(new NewInstrument("piano", ""))));
    }

    @Test
    void shouldTakeADriverAsADescriptor() throws IOException {
        byte[] words = "this is no jar".getBytes(StandardCharsets.UTF_8);
        try (MemoryFile jar = MemoryFile.create("jar", words.length); Arena arena = Arena.ofShared()) {
            MemorySegment.copy(words, 0, jar.map(arena, true), ValueLayout.JAVA_BYTE, 0, words.length);
            channel.sendAlong(jar.descriptor());
            WireRefusal noJar = assertThrows(WireRefusal.class, () -> ask.installDriver(new NewDriver("x.jar")));
            assertTrue(noJar.getMessage().contains("x.jar"), noJar.getMessage());
        }
        assertEquals("WRONG_USAGE", refused(() -> ask.installDriver(new NewDriver("x.jar"))));
        assertEquals("NO_SUCH_NAME", refused(() -> ask.startDriver(new DriverFile("absent.jar"))));
        assertEquals(0, ask.drivers(ALL).total());
    }

    @Test
    void shouldTellOfDevicesAndTheLog() throws IOException {
        assertEquals("NO_SUCH_NAME", refused(() -> ask.alias(new Alias("no such device", "x"))));
        assertEquals(ask.devices(ALL).count(), ask.devices(ALL).total());
        ask.tell(new LogLine(1, "a client was here"));
        assertTrue(ask.log(new LogQuery(0, 0, 10)).last() >= 0);
        assertEquals("WRONG_USAGE", refused(() -> ask.log(new LogQuery(0, 0, 0))));
    }

    @Test
    void shouldRememberConnectionsOfNoSessionAndUseFilters() throws IOException {
        int id = ask.connect(new NewConnection("keys", "loop", "ch 1", false)).connectionId();

        assertTrue(host.status().connections().stream().anyMatch(
                each -> each.id() == id && each.filter().equals("ch 1") && each.source().equals("keys")));
        assertEquals("WRONG_USAGE", refused(() -> ask.connect(new NewConnection("a", "b", "no such word", false))));
    }

    @Test
    void shouldEndTheServerByRequest() throws Exception {
        ask.down(NOTHING);

        assertTrue(host.awaitEnd(Duration.ofSeconds(30)));
    }

    private boolean hasPort(String name) {
        return host.status().ports().stream().anyMatch(port -> port.name().equals(name));
    }

    /** Something that is to be refused. */
    @FunctionalInterface
    private interface Asking {
        void ask() throws IOException;
    }

    private static String refused(Asking asking) {
        return assertThrows(WireRefusal.class, asking::ask).code();
    }

    private static void await(java.util.function.BooleanSupplier isSo) {
        long startNs = System.nanoTime();
        while (!isSo.getAsBoolean()) {
            assertTrue(System.nanoTime() - startNs < LIMIT_NS, "waited in vain");
            LockSupport.parkNanos(1_000_000);
        }
    }
}
