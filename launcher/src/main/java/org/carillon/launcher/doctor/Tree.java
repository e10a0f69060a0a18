package org.carillon.launcher.doctor;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.carillon.api.port.CarillonException;

/**
 * The files of a system: of this one, or of another, recorded in a folder. Every file that the doctor reads is read
 * here, by its name without the first slash. What is not there, is no plain file or cannot be read is empty, never an
 * exception.
 * <p>
 * A recorded tree may come from a stranger: links and names that lead out of it lead nowhere, and no file is read
 * beyond some megabytes.
 */
final class Tree {
    private static final Path SYSTEM = Path.of("/");
    private static final int LONGEST_BYTES = 4 << 20;
    private static final int MOST_NAMES = 1 << 16;

    private final Path root;
    private final boolean isLive;

    private Tree(Path root, boolean isLive) {
        this.root = root;
        this.isLive = isLive;
    }

    /** The system that this process runs on. */
    static Tree live() {
        return new Tree(SYSTEM, true);
    }

    /** @throws CarillonException where there is no such folder. */
    static Tree recorded(Path folder) {
        try {
            Path root = folder.toRealPath();
            if (Files.isDirectory(root)) {
                return new Tree(root, false);
            }
        } catch (IOException e) {
            // said below, as for a file in place of a folder
        }
        throw new CarillonException(CarillonException.Kind.NO_SUCH_NAME,
                "sysroot must be a folder that can be read: sysroot=" + folder);
    }

    /** Whether it is this system, so that it can be tried and not only read. */
    boolean isLive() {
        return isLive;
    }

    /** Its first megabytes, a character for each byte. */
    Optional<String> read(String name) {
        return file(name).filter(Files::isRegularFile).flatMap(Tree::text);
    }

    /** What a file in gzip form holds. */
    Optional<String> readZipped(String name) {
        return file(name).filter(Files::isRegularFile).flatMap(Tree::unzippedText);
    }

    /** All of it without white space around. */
    Optional<String> word(String name) {
        return read(name).map(String::strip).filter(word -> !word.isEmpty());
    }

    /** The whole number that is all of it. */
    OptionalLong number(String name) {
        return read(name).map(Numbers::parse).orElse(OptionalLong.empty());
    }

    /** Whether there is a file or folder that can be seen. */
    boolean isThere(String name) {
        return file(name).isPresent();
    }

    /** The names in a folder, in order. */
    List<String> list(String folder) {
        Optional<Path> found = file(folder).filter(Files::isDirectory);
        if (found.isEmpty()) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(found.get())) {
            return files.limit(MOST_NAMES).map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException | java.io.UncheckedIOException e) {
            return List.of();
        }
    }

    /** Whether this process may read and write it; empty where this is not the system it was recorded on. */
    Optional<Boolean> mayUse(String name) {
        return isLive
                ? file(name).map(file -> Files.isReadable(file) && Files.isWritable(file))
                : Optional.empty();
    }

    private Optional<Path> file(String name) {
        try {
            Path file = root.resolve(name).toRealPath();
            return isLive || file.startsWith(root) ? Optional.of(file) : Optional.empty();
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return Optional.of(text(in));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> unzippedText(Path file) {
        try (InputStream in = new GZIPInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            return Optional.of(text(in));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String text(InputStream in) throws IOException {
        return new String(in.readNBytes(LONGEST_BYTES), StandardCharsets.ISO_8859_1);
    }
}
