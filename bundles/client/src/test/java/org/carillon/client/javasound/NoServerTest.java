package org.carillon.client.javasound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ServiceLoader;
import javax.sound.midi.MidiDevice;
import javax.sound.midi.spi.MidiDeviceProvider;
import org.carillon.client.ClientOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NoServerTest {
    @TempDir
    Path folder;

    @Test
    void shouldBeFoundByJava() {
        assertTrue(ServiceLoader.load(MidiDeviceProvider.class).stream()
                .anyMatch(provider -> provider.type() == CarillonDeviceProvider.class));
    }

    @Test
    void shouldBeAnEmptyList() {
        for (Path socket : new Path[]{folder.resolve("control"), folder.resolve("no/such/folder/control"),
            Path.of("/control"), Path.of("/proc/self/mem/control"), folder.resolve("c".repeat(200))}) {
            CarillonDeviceProvider provider = new CarillonDeviceProvider(ClientOptions.named("x").at(socket));

            assertEquals(0, provider.getDeviceInfo().length, socket.toString());
            assertEquals(0, provider.getDeviceInfo().length, socket.toString());
        }
    }

    @Test
    void shouldKnowItsOwnDevicesOnly() {
        CarillonDeviceProvider provider = new CarillonDeviceProvider();
        MidiDevice.Info foreign = javax.sound.midi.MidiSystem.getMidiDeviceInfo()[0];

        assertThrows(IllegalArgumentException.class, () -> provider.getDevice(foreign));
        assertThrows(IllegalArgumentException.class, () -> provider.getDevice(null));
    }
}
