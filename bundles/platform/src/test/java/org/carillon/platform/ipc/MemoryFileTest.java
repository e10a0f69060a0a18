package org.carillon.platform.ipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.carillon.platform.Platform;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MemoryFileTest {
    private static final long LENGTH = 8192;
    private static final int FIXED = MemoryFile.SEAL_SHRINK | MemoryFile.SEAL_GROW | MemoryFile.SEAL_SEALS;

    @BeforeEach
    void needNativeCalls() {
        assumeTrue(Platform.current().isNative(), "needs native calls");
    }

    @Test
    void shouldBeTheSameMemoryInEveryMapping() throws IOException {
        try (MemoryFile file = MemoryFile.create("test", LENGTH); Arena arena = Arena.ofShared()) {
            MemorySegment first = file.map(arena, true);
            MemorySegment second = file.map(arena, false);

            first.set(ValueLayout.JAVA_LONG, LENGTH - 8, 42);

            assertEquals(0, second.get(ValueLayout.JAVA_LONG, 0));
            assertEquals(42, second.get(ValueLayout.JAVA_LONG, LENGTH - 8));
            assertTrue(second.isReadOnly());
        }
    }

    @Test
    void shouldLiveAsLongAsItsArenaAndNotLonger() throws IOException {
        MemorySegment mapped;
        long address;
        try (Arena arena = Arena.ofShared()) {
            try (MemoryFile file = MemoryFile.create("test-arena", LENGTH)) {
                mapped = file.map(arena, true);
                address = mapped.address();
            }
            mapped.set(ValueLayout.JAVA_INT, 0, 7);
            assertEquals(7, mapped.get(ValueLayout.JAVA_INT, 0));
            assertTrue(isMapped(address));
        }

        assertThrows(IllegalStateException.class, () -> mapped.get(ValueLayout.JAVA_INT, 0));
        assertTrue(!isMapped(address));
    }

    @Test
    void shouldKeepItsLengthAndItsSealsWhateverAPeerTries() throws IOException {
        try (MemoryFile file = MemoryFile.create("test", LENGTH)) {
            file.seal(FIXED);

            try (FileChannel other = open(file)) {
                assertThrows(IOException.class, () -> other.truncate(0));
                assertThrows(IOException.class, () -> other.write(ByteBuffer.allocate(1), LENGTH));
            }
            assertEquals(FIXED, file.seals() & FIXED);
            assertThrows(IpcException.class, () -> file.seal(MemoryFile.SEAL_FUTURE_WRITE));
        }
    }

    @Test
    void shouldBeWritableNoMoreForWhoComesLater() throws IOException {
        try (MemoryFile file = MemoryFile.create("test", LENGTH); Arena arena = Arena.ofShared()) {
            MemorySegment writable = file.map(arena, true);
            file.seal(FIXED | MemoryFile.SEAL_FUTURE_WRITE);

            IpcException refused = assertThrows(IpcException.class, () -> file.map(arena, true));
            MemorySegment readable = file.map(arena, false);
            writable.set(ValueLayout.JAVA_INT, 0, 5);

            assertEquals(IpcException.Reason.FORBIDDEN, refused.reason());
            assertEquals(5, readable.get(ValueLayout.JAVA_INT, 0));
            try (FileChannel other = open(file)) {
                assertThrows(IOException.class, () -> other.write(ByteBuffer.allocate(1), 0));
            }
        }
    }

    @Test
    void shouldRefuseReceivedMemoryThatIsNotSealedOrTooShort() throws IOException {
        MemoryFile open = MemoryFile.create("test", LENGTH);
        IpcException unsealed = assertThrows(IpcException.class,
                () -> MemoryFile.received(open.descriptor(), LENGTH, MemoryFile.SEAL_SHRINK));
        MemoryFile sealed = MemoryFile.create("test", LENGTH);
        sealed.seal(FIXED);
        IpcException tooShort = assertThrows(IpcException.class,
                () -> MemoryFile.received(sealed.descriptor(), 2 * LENGTH, MemoryFile.SEAL_SHRINK));

        assertTrue(unsealed.getMessage().startsWith("memory file must be sealed: seals="), unsealed.getMessage());
        assertEquals("memory file is shorter than promised: lengthBytes=8192, promised=16384", tooShort.getMessage());
    }

    @Test
    void shouldSayWhyThereIsNoSuchMemory() {
        IpcException refused = assertThrows(IpcException.class, () -> MemoryFile.create("test", -1));

        assertEquals("ftruncate failed: errno=22 (EINVAL), name=test, lengthBytes=-1", refused.getMessage());
    }

    private static FileChannel open(MemoryFile file) throws IOException {
        return FileChannel.open(Path.of("/proc/self/fd", Integer.toString(file.descriptor())),
                StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private static boolean isMapped(long address) throws IOException {
        String start = Long.toHexString(address);
        return Files.readAllLines(Path.of("/proc/self/maps")).stream()
                .anyMatch(line -> line.startsWith(start) && line.contains("memfd:test-arena"));
    }
}
