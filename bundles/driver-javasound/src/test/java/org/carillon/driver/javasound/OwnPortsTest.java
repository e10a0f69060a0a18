package org.carillon.driver.javasound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import javax.sound.midi.MidiDevice;
import javax.sound.midi.MidiUnavailableException;
import javax.sound.midi.spi.MidiDeviceProvider;
import org.carillon.api.device.DeviceInfo;
import org.carillon.client.ClientOptions;
import org.carillon.client.javasound.CarillonDeviceProvider;
import org.carillon.transport.shm.OpenTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The provider that shows a server's ports as devices is on the server's own class path: nothing may run in a ring. */
@Timeout(120)
class OwnPortsTest {
    @TempDir
    Path folder;
    private final Rig rig = new Rig();
    private OpenTransport transport;

    @AfterEach
    void close() throws InterruptedException {
        if (transport != null) {
            transport.close();
        }
        rig.close();
    }

    @Test
    void shouldNeverOpenThePortsOfItsOwnServer() throws IOException, MidiUnavailableException {
        Path socket = folder.resolve("carillon/control");
        transport = OpenTransport.at(socket, rig.kernel);
        MidiDeviceProvider provider = new CarillonDeviceProvider(ClientOptions.named("ring").at(socket));
        assertEquals(List.of("me:in", "me:out"), names(provider));

        MadeDevice piano = new MadeDevice("piano", true, true);
        MadeProvider others = new MadeProvider(piano);
        Rig.Opened driver = rig.open(provider, others);
        rig.awaitPort("piano");
        int asked = others.listings.get();
        Rig.await("it has looked again", () -> others.listings.get() > asked + 1);

        assertEquals(List.of("piano"), driver.observer().devices().stream().map(DeviceInfo::name).toList());
        assertEquals(List.of("me:in", "me:out", "piano", "piano"), names(provider));
        assertTrue(rig.status().sessions().stream().noneMatch(session -> session.startsWith("ring")));
        MidiDevice open = provider.getDevice(provider.getDeviceInfo()[0]);
        open.open(); // and yet it can be
        assertTrue(rig.status().sessions().stream().anyMatch(session -> session.equals("ring")));
        open.close();
    }

    private static List<String> names(MidiDeviceProvider provider) {
        return Arrays.stream(provider.getDeviceInfo()).map(MidiDevice.Info::getName).toList();
    }

    @Test
    void shouldMeetThatProviderOnTheClassPath() {
        assertTrue(ServiceLoader.load(MidiDeviceProvider.class).stream()
                .anyMatch(provider -> provider.type() == CarillonDeviceProvider.class));
    }
}
