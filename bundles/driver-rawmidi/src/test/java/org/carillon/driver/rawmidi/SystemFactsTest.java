package org.carillon.driver.rawmidi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.carillon.platform.device.Holder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked of the system beside sound cards: who holds a file, what a terminal does to its reader. */
class SystemFactsTest {
    private static final Path PROC = Path.of("/proc");

    @TempDir
    Path folder;

    @Test
    void shouldSayWhoHasAFileOpen() throws IOException {
        Path file = Files.writeString(folder.resolve("held"), "x").toRealPath();
        assertEquals("unknown", Holder.of(file, PROC));

        Process holder = new ProcessBuilder("sh", "-c", "echo open; exec sleep 60 <" + file).start();
        try {
            holder.inputReader().readLine();
            Rig.await("the file is open", () -> !Holder.of(file, PROC).equals("unknown"));
            Rig.await("the shell has become the program",
                    () -> Holder.of(file, PROC).equals(holder.pid() + " (sleep)"));
        } finally {
            holder.destroyForcibly();
        }
        assertEquals("unknown", Holder.of(file, folder.resolve("absent")));
        assertFalse(Holder.isThisProcess(file, PROC));
        try (InputStream open = Files.newInputStream(file)) {
            assertTrue(Holder.isThisProcess(file, PROC), open::toString);
        }
    }

    @Test
    void shouldKnowWhenATerminalWouldTakeItsReader() {
        assertTrue(Terminal.wouldBeTaken("42 (a) b) S 1 42 42 0 -1 0", 42));
        assertFalse(Terminal.wouldBeTaken("42 (java) S 1 42 42 34816 42 0", 42));
        assertFalse(Terminal.wouldBeTaken("43 (java) S 1 42 42 0 -1 0", 43));
        assertFalse(Terminal.wouldBeTaken("", 42));
        assertTrue(Terminal.is(Path.of("/dev/pts/3")) && Terminal.is(Path.of("/dev/ttyUSB0")));
        assertFalse(Terminal.is(Path.of("/dev/snd/midiC0D0")) || Terminal.is(folder.resolve("dev/tty")));
    }
}
