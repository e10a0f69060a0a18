package org.carillon.it;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.spi.MidiDeviceProvider;
import org.carillon.api.device.DeviceInfo;
import org.carillon.api.device.DeviceRegistry;
import org.carillon.api.device.Devices;
import org.carillon.api.port.ConnectionInfo.State;
import org.carillon.api.session.Session;
import org.junit.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceRegistration;

/** Devices of javax.sound.midi at the server: Java's own, and those of a provider in a bundle. */
public class JavaSoundIT extends ContainerTest {
    private static final String THREADS = "carillon-javasound";
    private static final String DEVICES_PID = "org.carillon.kernel.devices";

    @Configuration
    public Option[] config() {
        return without();
    }

    private DeviceInfo device(String name) {
        BundleContext context = FrameworkUtil.getBundle(JavaSoundIT.class).getBundleContext();
        try {
            return context.getServiceReferences(Devices.class, null).stream().map(context::getService)
                    .flatMap(each -> each.devices().stream()).filter(each -> each.name().equals(name)).findFirst()
                    .orElse(null);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private ServiceRegistration<MidiDeviceProvider> offer(MadeMidiProvider provider) {
        return FrameworkUtil.getBundle(JavaSoundIT.class).getBundleContext()
                .registerService(MidiDeviceProvider.class, provider, null);
    }

    @Test
    public void shouldFindJavasOwnSynthesizerAndOpenItOnlyWhenConnected() throws Exception {
        server.configureInstance(JAVASOUND, "all", Map.of());
        Server.await("Gervill", () -> server.hasPort("Gervill"));
        assertFalse(server.hasPort("Real Time Sequencer"));
        Server.await("reason", () -> device("Gervill").reason().equals("opened when something is connected"));
        assertEquals(List.of(), messages.lines());
    }

    @Test
    public void shouldPublishDevicesOfAProviderInABundleWhichJavaDoesNotSee() throws Exception {
        MadeMidiProvider provider = new MadeMidiProvider("Organ");
        ServiceRegistration<MidiDeviceProvider> offered = offer(provider);
        server.configureInstance(JAVASOUND, "organ", Map.of("include", new String[]{"Org*"}));
        assertTrue(Arrays.stream(MidiSystem.getMidiDeviceInfo()).noneMatch(i -> i.getName().equals("Organ")));
        Session session = server.open("pianist");
        session.destination("in");
        server.connect("Organ", "pianist:in", "");
        server.connect("pianist:out", "Organ", "");
        var source = session.source("out");
        server.awaitState("Organ", "pianist:in", State.ACTIVE);
        server.awaitState("pianist:out", "Organ", State.ACTIVE);
        source.send(0, 0x90, 60, 100);
        source.flush();
        Server.await("message", () -> provider.received.equals(List.of("90 3c 64")));
        Server.await("listener", () -> provider.listener() != null);
        provider.listener().send(new ShortMessage(0x91, 61, 99), 12);
        assertEquals(List.of("keyon 1 61 99"), new Receiver(session).await(1));
        assertFalse(server.hasPort("Gervill"));

        offered.unregister();
        server.awaitState("Organ", "pianist:in", State.WAITING);
        Server.await("closed", () -> !provider.device.isOpen());
        assertEquals(List.of(), messages.lines());
    }

    @Test
    public void shouldGiveADeviceToTheDriverThatStandsFirst() throws Exception {
        MadeMidiProvider provider = new MadeMidiProvider("Harp");
        ServiceRegistration<MidiDeviceProvider> offered = offer(provider);
        server.configureInstance(JAVASOUND, "harp", Map.of("include", new String[]{"Harp"}));
        Server.await("port", () -> server.hasPort("Harp"));
        DeviceRegistry registry = server.service(DeviceRegistry.class);
        Server.await("given up", () -> registry.claim("rawmidi test", "javasound:Harp").isEmpty());
        assertFalse(server.hasPort("Harp"));
        Server.await("told", () -> device("") != null);
        assertEquals("device is left to another driver: driver=rawmidi test", device("").reason());

        org.osgi.service.cm.Configuration order = server.configure(DEVICES_PID,
                Map.of("order", new String[]{"javasound", "rawmidi"}));
        Server.await("told to give it up",
                () -> registry.claim("rawmidi test", "javasound:Harp").equals("javasound Harp"));
        registry.release("rawmidi test", "javasound:Harp");
        Server.await("port again", () -> server.hasPort("Harp"));
        order.delete();
        offered.unregister();
    }

    @Test
    public void shouldOpenAFifoOnceThoughTwoDriversKnowIt() throws Exception {
        Path folder = Files.createTempDirectory("javasound").toRealPath();
        Path fifo = folder.resolve("keys");
        assertEquals(0, new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor());
        DeviceRegistry registry = server.service(DeviceRegistry.class);
        Server.await("no driver of another test is waited for",
                () -> registry.claim("javasound test", fifo.toString()).isEmpty());
        server.configureInstance(RAWMIDI, "keys", Map.of("path", fifo.toString(), "direction", "in"));
        Server.await("rawmidi wants it",
                () -> registry.claim("javasound test", fifo.toString()).startsWith("rawmidi "));
        Server.await("rawmidi says who has it", () -> device("") != null
                && device("").reason().equals("device is left to another driver: driver=javasound test"));
        assertFalse(server.hasPort("keys"));
        registry.release("javasound test", fifo.toString());
        Server.await("port", () -> server.hasPort("keys"));
        server.tidyUp();
        Files.delete(fifo);
        Files.delete(folder);
    }

    @Test
    public void shouldLeaveNothingBehind() throws Exception {
        server.configureInstance(JAVASOUND, "all", Map.of());
        Server.await("port", () -> server.hasPort("Gervill"));
        server.tidyUp();
        Server.await("port gone", () -> !server.hasPort("Gervill"));
        Server.await("no thread left", () -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith(THREADS)));
    }
}
