package org.carillon.bench.ring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.carillon.protocol.SessionMemory;

/** Session memory in a file that two sides map: a segment to the server, then one to the client. */
final class SharedMemory {
    private static final Path IN_MEMORY = Path.of("/dev/shm");
    private static final int CAPACITY = SessionMemory.DEFAULT_CAPACITY;
    private static final long LENGTH = SessionMemory.lengthBytes(CAPACITY);
    private static final int SESSION_ID = 1;

    private SharedMemory() {}

    /** A new file; whoever makes it deletes it. */
    static Path make() {
        try {
            Path folder = Files.isWritable(IN_MEMORY) ? IN_MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
            Path file = Files.createTempFile(folder, "carillon-bench", ".ring");
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment memory = map(file, arena);
                SessionMemory.create(memory.asSlice(0, LENGTH), memory.asSlice(LENGTH, LENGTH), SESSION_ID);
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Memory of its own, for one process. */
    static SessionMemory own(Arena arena) {
        return SessionMemory.create(arena.allocate(LENGTH, 128), arena.allocate(LENGTH, 128), SESSION_ID);
    }

    /** Maps a file; the mapping goes with the arena. */
    static SessionMemory open(Path file, Arena arena) throws IOException {
        MemorySegment memory = map(file, arena);
        return SessionMemory.open(memory.asSlice(0, LENGTH), memory.asSlice(LENGTH, LENGTH));
    }

    private static MemorySegment map(Path file, Arena arena) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MemorySegment mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, 2 * LENGTH, arena);
            // of the class that memory of the server is of: the compiler sees one only
            return MemorySegment.ofAddress(mapped.address()).reinterpret(2 * LENGTH, arena, null);
        }
    }
}
