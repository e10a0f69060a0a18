package org.carillon.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.carillon.api.port.CarillonException;

/** The folder that one host at a time writes to: the lock on its file {@code lock} says whose it is. */
final class DataFolder implements AutoCloseable {
    /** Beyond what is written there, so that others can read it where locks keep readers out. */
    private static final long LOCK_POSITION = Long.MAX_VALUE - 1;
    private static final int MAX_PID_LENGTH = 20;

    private final Path folder;
    private final FileChannel channel;
    private final boolean temporary;

    private DataFolder(Path folder, FileChannel channel, boolean temporary) {
        this.folder = folder;
        this.channel = channel;
        this.temporary = temporary;
    }

    /**
     * Opens the first folder that can be written to; a temporary one where none can.
     *
     * @throws CarillonException where another host has it.
     */
    static DataFolder open(List<Path> candidates) {
        for (Path folder : candidates) {
            try {
                Files.createDirectories(folder);
                return locked(folder, false);
            } catch (IOException e) {
                HostLog.log(Level.DEBUG, "data folder is not writable: folder={0}, reason={1}", folder, e);
            }
        }
        DataFolder temporary = temporary();
        HostLog.log(Level.WARNING,
                "data folder is not writable, going on in a temporary one: folder={0}, temporary={1}",
                candidates.getLast(), temporary.folder);
        return temporary;
    }

    /** A folder in memory where there is a place: the framework writes small files over again for each bundle. */
    static DataFolder temporary() {
        Path parent = Stream.of(System.getenv("XDG_RUNTIME_DIR"), "/dev/shm")
                .filter(place -> place != null && Path.of(place).isAbsolute()).map(Path::of)
                .filter(place -> Files.isDirectory(place) && Files.isWritable(place)).findFirst()
                .orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir")));
        try {
            return locked(Files.createTempDirectory(parent, "carillon-"), true);
        } catch (IOException e) {
            throw new CarillonException(CarillonException.Kind.FAILED,
                    "temporary folder must be writable: folder=" + parent + ", reason=" + e.getMessage());
        }
    }

    /** {@code carillon} in the user's state folder, by the rules of the XDG base directories. */
    static Path ofUser(String xdgStateHome, String userHome) {
        Path state = xdgStateHome == null || !Path.of(xdgStateHome).isAbsolute()
                ? Path.of(userHome, ".local", "state")
                : Path.of(xdgStateHome);
        return state.resolve("carillon");
    }

    Path folder() {
        return folder;
    }

    private static DataFolder locked(Path folder, boolean temporary) throws IOException {
        FileChannel channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE,
                StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (tryLock(channel) == null) {
                throw new CarillonException(CarillonException.Kind.REFUSED,
                        "another server uses the data folder: folder=" + folder + ", pid=" + pid(channel));
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(
                    StandardCharsets.US_ASCII)));
            return new DataFolder(folder, channel, temporary);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock(LOCK_POSITION, 1, false);
        } catch (OverlappingFileLockException e) {
            return null; // another host of this very program has it
        }
    }

    private static String pid(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(MAX_PID_LENGTH);
        channel.read(bytes, 0);
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII).strip();
    }

    /** Gives the folder back; a temporary one is deleted. */
    @Override
    public void close() {
        try {
            channel.close();
            if (temporary) {
                delete(folder);
            }
        } catch (IOException | UncheckedIOException e) {
            HostLog.log(Level.WARNING, "data folder is left behind: folder={0}, reason={1}", folder, e.getMessage());
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
