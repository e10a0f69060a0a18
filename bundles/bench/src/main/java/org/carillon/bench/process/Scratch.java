package org.carillon.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder of this user alone, for as long as it is needed. */
public final class Scratch implements AutoCloseable {
    private static final Path IN_MEMORY = Path.of("/dev/shm");

    private final Path folder;

    private Scratch(Path parent) {
        try {
            folder = Files.createTempDirectory(parent, "carillon-bench");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Scratch onDisk() {
        return new Scratch(temporary());
    }

    /** Where files are memory, if there is such a place. */
    public static Scratch inMemory() {
        return new Scratch(Files.isWritable(IN_MEMORY) ? IN_MEMORY : temporary());
    }

    private static Path temporary() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    public Path folder() {
        return folder;
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
