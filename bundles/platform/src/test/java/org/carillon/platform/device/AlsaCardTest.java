package org.carillon.platform.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlsaCardTest {
    private static final String TWO_PORTS = """
            Alpha MIDI

            Output 0
              Tx bytes     : 12
              Owner PID    : 4711
              Mode         : native
              Buffer size  : 4096
              Avail        : 4096
            Output 1
              Tx bytes     : 0
            Input 0
              Rx bytes     : 0
            """;

    @TempDir
    Path root;
    private Path proc;
    private Path sys;
    private Path card;

    @BeforeEach
    void makeCard() throws IOException {
        proc = root.resolve("proc");
        sys = root.resolve("sys");
        card = Files.createDirectories(proc.resolve("asound/card1"));
        Path usb = Files.createDirectories(
                sys.resolve("devices/pci0000:00/0000:00:14.0/usb3/3-1/3-1.2/3-1.2:1.0"));
        Files.writeString(usb.getParent().resolve("serial"), "SN 7\n");
        Files.createDirectories(sys.resolve("class/sound/card1"));
        Files.createSymbolicLink(sys.resolve("class/sound/card1/device"), usb);
        Files.writeString(card.resolve("midi0"), TWO_PORTS);
        Files.writeString(card.resolve("id"), "Alpha_1\n");
        Files.writeString(card.resolve("usbid"), "1234:abcd\n");
    }

    private AlsaCard card(String file) {
        return AlsaCard.of(Path.of("/dev/snd", file), proc, sys).orElseThrow();
    }

    private static List<String> told(AlsaCard card, int stream) {
        return List.of(card.serial(), card.busPath(), card.product(), card.portName(stream), card.port(stream));
    }

    @Test
    void shouldTellADeviceByWhatDoesNotChangeFromPlugToPlug() {
        assertEquals(List.of("SN 7", "pci0000:00/0000:00:14.0/1/1.2/1.2:1.0", "1234:abcd", "Alpha MIDI 2", "0.1"),
                told(card("midiC1D0"), 1));
        assertTrue(card("midiC1D0").isOnUsb());
    }

    @Test
    void shouldSeeWhichInputsAndOutputsAreFree() {
        AlsaCard.Streams streams = card("midiC1D0").streams().orElseThrow();

        assertEquals(Map.of(0, true, 1, false), streams.outputs());
        assertEquals(Map.of(0, false), streams.inputs());
        assertEquals(1, streams.lowestFree(false));
        assertEquals(0, streams.lowestFree(true));
        assertEquals(2, streams.count(false));
        assertEquals(-1, AlsaCard.streams("x\n\nInput 0\n Owner PID : 1\n").lowestFree(true));
        assertEquals(0, AlsaCard.streams("").count(true));
    }

    @Test
    void shouldMakeDoWithWhatTheSystemTells() throws IOException {
        assertTrue(AlsaCard.of(Path.of("/dev/snd/controlC1"), proc, sys).isEmpty());
        assertEquals(List.of("", "", "", "", "0.0"), told(card("midiC2D0"), 0));
        assertTrue(card("midiC2D0").isStillComing());
        assertFalse(card("midiC1D0").isStillComing());
        Files.writeString(card.resolve("midi0"), "\n");
        assertEquals("Alpha_1", card("midiC1D0").portName(0));
    }
}
