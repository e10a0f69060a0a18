package org.carillon.driver.javasound;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.sound.midi.spi.MidiDeviceProvider;
import org.carillon.api.device.DeviceInfo;
import org.carillon.api.device.DeviceRegistry;
import org.carillon.api.port.Attachment;
import org.carillon.api.port.ConnectionInfo;
import org.carillon.api.port.Kernel;
import org.carillon.api.session.Session;
import org.carillon.api.session.Source;
import org.carillon.api.status.StatusSnapshot;
import org.carillon.kernel.RunningKernel;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;
import org.carillon.scheduler.TimeScheduler;
import org.carillon.transport.local.LocalTransport;

/** A real kernel with a session {@code me}, and drivers opened as the driver host opens them. */
final class Rig {
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(40);
    private static final int SCHEDULER_CAPACITY = 4_096;
    private static final int RING_BYTES = 65_536;

    final Kernel kernel;
    final Session session;
    final Source source;
    /** What came to the session, as hexadecimal words; of a system exclusive message how long it is. */
    final List<String> come = new ArrayList<>();
    final List<Long> timesNs = new ArrayList<>();
    final ByteArrayOutputStream sysex = new ByteArrayOutputStream();
    private final RunningKernel running = new RunningKernel(new TimeScheduler(SCHEDULER_CAPACITY));
    private final LocalTransport transport;
    private final List<Opened> opened = new ArrayList<>();

    /** A driver's observer with its ports. */
    record Opened(JavaSoundObserver observer, Attachment ports, Providers providers) {
        DeviceInfo device(String name) {
            return observer.devices().stream().filter(each -> each.name().equals(name)).findFirst().orElse(null);
        }

        long count(String name, Count count) {
            return device(name).counters().get(count.word());
        }
    }

    Rig() {
        kernel = running.kernel();
        transport = new LocalTransport(kernel, RING_BYTES);
        session = transport.open("me");
        source = session.source("out");
        session.destination("in");
    }

    static void await(String what, BooleanSupplier condition) {
        long untilNs = System.nanoTime() + LIMIT_NS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - untilNs > 0) {
                fail("waited in vain for: " + what);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    static JavaSoundConfig config(Map<String, Object> values) {
        return (JavaSoundConfig) Proxy.newProxyInstance(JavaSoundConfig.class.getClassLoader(),
                new Class<?>[]{JavaSoundConfig.class},
                (self, method, arguments) -> values.getOrDefault(method.getName(), method.getDefaultValue()));
    }

    Opened open(MidiDeviceProvider... providers) {
        return open(Map.of(), null, providers);
    }

    Opened open(Map<String, Object> configuration, DeviceRegistry registry, MidiDeviceProvider... providers) {
        return open(configuration, registry, Path.of("/absent/dev"), Path.of("/absent/proc"), providers);
    }

    Opened open(Map<String, Object> configuration, DeviceRegistry registry, Path dev, Path proc,
            MidiDeviceProvider... given) {
        String name = "javasound " + opened.size();
        Attachment ports = kernel.attach(name, Kernel.Role.DRIVER, null);
        Providers providers = new Providers();
        for (MidiDeviceProvider each : given) {
            providers.add(each, () -> each);
        }
        JavaSoundObserver observer = new JavaSoundObserver(name, JavaSoundSettings.of(config(configuration)),
                providers, new JavaSoundPort.Server(ports, kernel.doorbell(), kernel.status().clock()),
                () -> registry, () -> JavaSoundDriver.connected(kernel), dev,
                new AlsaNodes(dev, proc, Path.of("/absent/sys")));
        observer.start();
        Opened driver = new Opened(observer, ports, providers);
        opened.add(driver);
        return driver;
    }

    void close(Opened driver) throws InterruptedException {
        opened.remove(driver);
        driver.ports.close();
        driver.observer.close();
    }

    StatusSnapshot status() {
        return StatusSnapshot.of(kernel.status());
    }

    boolean hasPort(String name) {
        return status().ports().stream().anyMatch(port -> port.name().equals(name));
    }

    void awaitPort(String name) {
        await("port " + name, () -> hasPort(name));
    }

    void connect(String from, String to) {
        kernel.wiring().connect(from, to);
    }

    void awaitConnected(String from, String to, boolean connected) {
        ConnectionInfo.State state = connected ? ConnectionInfo.State.ACTIVE : ConnectionInfo.State.WAITING;
        await(from + " --> " + to + " " + state, () -> status().connections().stream().anyMatch(
                each -> each.source().equals(from) && each.destination().equals(to) && each.state() == state));
    }

    /** Waits until so many have come in all. */
    List<String> awaitCome(int count) {
        await(count + " messages, got " + come, () -> {
            session.poll(this::onEvent, 100);
            return come.size() >= count;
        });
        return come;
    }

    private void onEvent(Event event) {
        if (event.type() != EventType.SYSEX) {
            byte[] data = {(byte) event.data(0), (byte) event.data(1), (byte) event.data(2)};
            come.add(HexFormat.ofDelimiter(" ").formatHex(data, 0, event.messageLength()));
            timesNs.add(event.timeNs());
            return;
        }
        if ((event.flags() & Event.BEGIN) != 0) {
            sysex.reset();
        }
        byte[] piece = new byte[event.payloadLength()];
        event.payload(piece, 0, piece.length);
        sysex.writeBytes(piece);
        if ((event.flags() & Event.END) != 0) {
            come.add("sysex " + sysex.size() + ((event.flags() & Event.INCOMPLETE) != 0 ? " incomplete" : ""));
        }
    }

    void send(int status, int data1, int data2) {
        assertTrue(source.send(0, status, data1, data2));
        source.flush();
    }

    void close() throws InterruptedException {
        for (Opened driver : List.copyOf(opened)) {
            close(driver);
        }
        session.close();
        transport.close();
        running.stop();
    }
}
