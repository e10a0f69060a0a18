package org.carillon.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.carillon.kernel.ConnectionMemory.Held;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionMemoryTest {
    private static final Held PLAIN = new Held("KeyStep", "synth:in", false, "");
    private static final Held LOOP = new Held("loop", "loop", true, "chan 1, transp 12");

    @TempDir
    private Path folder;

    private ConnectionMemory memory() {
        return new ConnectionMemory(new DataFile(folder, ConnectionMemory.FILE));
    }

    @Test
    void shouldFindWhatItRemembered() {
        ConnectionMemory memory = memory();
        memory.remember(PLAIN);
        memory.remember(LOOP);
        assertEquals(List.of(PLAIN, LOOP), List.copyOf(memory().all()));
    }

    @Test
    void shouldForget() {
        ConnectionMemory memory = memory();
        memory.remember(PLAIN);
        memory.remember(LOOP);
        assertTrue(memory.forget("KeyStep", "synth:in"));
        assertFalse(memory.forget("KeyStep", "synth:in"));
        assertEquals(List.of(LOOP), List.copyOf(memory().all()));
    }

    @Test
    void shouldRememberTheLastFilter() {
        ConnectionMemory memory = memory();
        memory.remember(PLAIN);
        memory.changeFilter("KeyStep", "synth:in", "chan 2");
        memory.changeFilter("unknown", "synth:in", "chan 3");
        assertEquals(List.of(new Held("KeyStep", "synth:in", false, "chan 2")), List.copyOf(memory().all()));
    }

    @Test
    void shouldNotRememberWhatBreaksALine() {
        memory().remember(new Held("tab\tname", "synth:in", false, ""));
        memory().remember(new Held("line\nname", "synth:in", false, ""));
        assertEquals(List.of(), List.copyOf(memory().all()));
    }

    @Test
    void shouldPutAsideWhatItDoesNotUnderstand() throws Exception {
        Files.writeString(folder.resolve(ConnectionMemory.FILE), "carillon connections 1\nno tabulators\n");
        ConnectionMemory memory = memory();
        assertEquals(List.of(), List.copyOf(memory.all()));
        memory.remember(PLAIN);
        assertEquals(List.of(PLAIN), List.copyOf(memory().all()));
        assertTrue(Files.readString(folder.resolve(ConnectionMemory.FILE + ".bad")).contains("no tabulators"));
    }
}
