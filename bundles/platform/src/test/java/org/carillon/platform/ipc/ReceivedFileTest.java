package org.carillon.platform.ipc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.carillon.platform.Platform;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class ReceivedFileTest {
    private static final int LENGTH = 200_001;

    @TempDir
    private Path folder;

    @BeforeEach
    void needNativeCalls() {
        assumeTrue(Platform.current().isNative(), "needs native calls");
    }

    @Test
    void shouldReadAllBytesAndAgainFromTheFirst() throws IOException {
        byte[] bytes = new byte[LENGTH];
        new Random(1).nextBytes(bytes);
        Path path = Files.write(folder.resolve("file"), bytes);
        try (OpenFile file = OpenFile.forReading(path)) {
            for (int i = 0; i < 2; i++) { // the descriptor stays its owner's, and so does the place it stands at
                try (ReceivedFile received = new ReceivedFile(file.descriptor())) {
                    assertEquals(Byte.toUnsignedInt(bytes[0]), received.read());
                    assertEquals(0, received.read(new byte[1], 0, 0));
                    byte[] rest = received.readAllBytes();
                    assertEquals(LENGTH - 1, rest.length);
                    assertArrayEquals(bytes, concatenated(bytes[0], rest));
                    assertEquals(-1, received.read());
                }
            }
        }
    }

    private static byte[] concatenated(byte first, byte[] rest) {
        byte[] all = new byte[rest.length + 1];
        all[0] = first;
        System.arraycopy(rest, 0, all, 1, rest.length);
        return all;
    }

    @Test
    void shouldRefuseWhatNeverEndsOrNeverBegins() throws Exception {
        Path pipe = folder.resolve("pipe");
        Process made = new ProcessBuilder("mkfifo", pipe.toString()).start();
        assertTrue(made.waitFor(10, TimeUnit.SECONDS) && made.exitValue() == 0);
        for (Path path : new Path[]{pipe, folder}) {
            try (OpenFile file = OpenFile.forReading(path);
                    ReceivedFile received = new ReceivedFile(file
                            .descriptor())) {
                assertThrows(IpcException.class, received::read);
            }
        }
    }

    @Test
    void shouldSayWhichFileCannotBeOpened() {
        IpcException missing = assertThrows(IpcException.class, () -> OpenFile.forReading(folder.resolve("missing")));
        assertTrue(missing.getMessage().contains("missing"), missing.getMessage());
    }
}
