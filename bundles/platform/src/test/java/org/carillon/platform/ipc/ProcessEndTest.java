package org.carillon.platform.ipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.carillon.platform.Platform;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The end of a real process with many threads: a Java machine, whose parent leaves it a zombie. */
@Timeout(60)
class ProcessEndTest {
    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*");
    private static final int LIMIT_MS = 20_000;

    private Process parent;
    private BufferedReader lines;
    private long processId;

    /** A program that ends when it is told to. */
    static final class Waiting {
        private Waiting() {}

        public static void main(String[] arguments) throws IOException {
            System.out.println("waits");
            while (System.in.read() >= 0) {
                Thread.onSpinWait();
            }
        }
    }

    @BeforeEach
    void start() throws IOException {
        assumeTrue(Platform.current().isNative(), "needs native calls");
        parent = new ProcessBuilder("sh", "-c", "exec 3<&0; \"$0\" -cp \"$1\" \"$2\" <&3 & echo $!; exec sleep 60",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                System.getProperty("java.class.path"), Waiting.class.getName()).start();
        lines = parent.inputReader();
        processId = Long.parseLong(lines.readLine());
        assertEquals("waits", lines.readLine());
    }

    @AfterEach
    void stop() {
        if (parent != null) {
            ProcessHandle.of(processId).ifPresent(ProcessHandle::destroyForcibly);
            parent.destroyForcibly();
        }
    }

    @Test
    void shouldTellAProcessThatWasKilledFromOneThatLives() throws IOException {
        try (ProcessEnd end = ProcessEnd.of((int) processId); Poller poller = new Poller()) {
            assertFalse(end.isKilled());
            assertEquals(canBeWatched(), end.descriptor() >= 0);
            if (end.descriptor() >= 0) {
                poller.add(end.descriptor(), 1);
                assertEquals(0, poller.await(0));
                ProcessHandle.of(processId).orElseThrow().destroyForcibly();
                assertEquals(1, poller.await(LIMIT_MS));
                assertTrue(end.isKilled());
            }
        }
    }

    /** From Linux 6.9 on. */
    private static boolean canBeWatched() {
        Matcher version = VERSION.matcher(System.getProperty("os.version"));
        assertTrue(version.matches(), System.getProperty("os.version"));
        int major = Integer.parseInt(version.group(1));
        return major > 6 || major == 6 && Integer.parseInt(version.group(2)) >= 9;
    }

    @Test
    void shouldKnowNothingOfAProcessThatIsNotThere() {
        try (ProcessEnd end = ProcessEnd.of(Integer.MAX_VALUE)) {
            assertEquals(-1, end.descriptor());
            assertFalse(end.isKilled());
        }
    }
}
