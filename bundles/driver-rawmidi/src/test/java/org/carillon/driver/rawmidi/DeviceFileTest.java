package org.carillon.driver.rawmidi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.carillon.api.device.DeviceEvidence;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceFileTest {
    @TempDir
    Path root;
    private Path told;
    private DeviceFile file;

    @BeforeEach
    void makeDevice() throws IOException {
        Path proc = root.resolve("proc");
        told = Files.createDirectories(proc.resolve("asound/card1")).resolve("midi0");
        Path node = Files.writeString(root.resolve("midiC1D0"), "");
        file = new DeviceFile(node, proc, root.resolve("sys"));
    }

    private void tell() throws IOException {
        Files.writeString(told, "Alpha\n\nOutput 0\nInput 0\nInput 1\n");
    }

    @Test
    void shouldNotBeReadBeforeTheSystemTellsOfIt() throws IOException {
        assertFalse(file.read());
        tell();
        assertTrue(file.read());
        assertEquals(2, file.inputs());
        assertEquals(1, file.outputs());
    }

    @Test
    void shouldKeepWhatWasToldWhileItGoes() throws IOException {
        tell();
        assertTrue(file.read());
        Files.delete(told);

        assertEquals(2, file.inputs());
        assertEquals(1, file.outputs());
        assertEquals(List.of("Alpha 1", "Alpha 2"), file.streams().stream().map(DeviceEvidence::name).toList());
    }

    @Test
    void shouldNotTakeForReadWhatWentMeanwhile() throws IOException {
        tell();
        Files.delete(file.path);
        assertFalse(file.read());
    }

    @Test
    void shouldNotOpenWhatTookItsPlace() throws IOException {
        Path other = Files.writeString(root.resolve("other"), "");
        Files.move(other, file.path, StandardCopyOption.REPLACE_EXISTING);

        IOException gone = assertThrows(IOException.class, () -> file.open(true, 0, false));
        assertTrue(gone.getMessage().startsWith("device has gone: path="), gone.getMessage());
    }
}
