package org.carillon.deploy;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The drivers folder as a place: what is in it, whether it may be used, and news of changes. All but the news belongs
 * to one thread; the news comes on a thread of its own.
 */
final class Folder implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Folder.class.getName());

    private final Path path;
    private final Ownership ownership;
    private final long limitBytes;
    private Consumer<String> onChange = file -> {};
    private Runnable onOverflow = () -> {};
    private WatchService watcher;
    private WatchKey watched;
    private Object watchedKey;
    private boolean unwatchable;

    Folder(Path path, Ownership ownership, long limitBytes) {
        this.path = path;
        this.ownership = ownership;
        this.limitBytes = limitBytes;
    }

    /**
     * Says who hears of changes; before the first look.
     *
     * @param change   is told the name of a file that may have changed.
     * @param overflow is told that changes were missed.
     */
    void listen(Consumer<String> change, Runnable overflow) {
        onChange = change;
        onOverflow = overflow;
    }

    /** Bytes that a file may have. */
    long limitBytes() {
        return limitBytes;
    }

    Path path() {
        return path;
    }

    Path file(String name) {
        return path.resolve(name);
    }

    /** Whether a file of this name is taken for a driver; what begins with a dot is still being made. */
    static boolean isDriver(String name) {
        return name.endsWith(".jar") && !name.startsWith(".");
    }

    /**
     * Looks at every driver file, and sees to it that changes from now on are told of.
     *
     * @return stamps by name; none where the folder is not there.
     * @throws Trouble where the folder must not be used.
     */
    TreeMap<String, FileStamp> look() throws Trouble {
        TreeMap<String, FileStamp> stamps = new TreeMap<>();
        try {
            BasicFileAttributes folder = attributes(path, true);
            check(folder);
            watch(folder.fileKey());
            try (Stream<Path> files = Files.list(path)) {
                for (Path file : files.toList()) {
                    String name = file.getFileName().toString();
                    FileStamp stamp = isDriver(name) ? stamp(name) : null;
                    if (stamp != null) {
                        stamps.put(name, stamp);
                    }
                }
            }
        } catch (NoSuchFileException e) {
            unwatch();
            stamps.clear();
        } catch (IOException e) {
            throw new Trouble(Trouble.Kind.UNUSABLE, "drivers folder cannot be read: folder=" + path + ", reason="
                    + Trouble.reason(e));
        }
        return stamps;
    }

    private void check(BasicFileAttributes folder) throws Trouble {
        String objection = folder.isDirectory() ? objection(folder) : "must be a folder";
        if (!objection.isEmpty()) {
            throw new Trouble(Trouble.Kind.UNUSABLE, "drivers folder " + objection + ", folder=" + path);
        }
    }

    /** What speaks against using the folder, as an exception; nothing where it is not there. */
    void check() throws Trouble, IOException {
        if (Files.exists(path)) {
            check(attributes(path, true));
        }
    }

    private String objection(BasicFileAttributes attributes) {
        return attributes instanceof PosixFileAttributes posix ? ownership.objection(posix) : "";
    }

    /** What a file looks like, or null where there is none. */
    FileStamp stamp(String name) {
        try {
            BasicFileAttributes file = attributes(file(name), false);
            String objection = !file.isRegularFile() ? "must be a regular file, no link"
                    : file.size() > limitBytes
                            ? "is too large: sizeBytes=" + file.size() + ", limitBytes=" + limitBytes
                            : objection(file);
            return new FileStamp(file.size(), file.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                    String.valueOf(file.fileKey()), objection);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            return new FileStamp(0, 0, "", "cannot be read: reason=" + Trouble.reason(e));
        }
    }

    private BasicFileAttributes attributes(Path file, boolean follow) throws IOException {
        LinkOption[] options = follow ? new LinkOption[0] : new LinkOption[]{LinkOption.NOFOLLOW_LINKS};
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? Files.readAttributes(file, PosixFileAttributes.class, options)
                : Files.readAttributes(file, BasicFileAttributes.class, options);
    }

    private void watch(Object key) throws NoSuchFileException {
        if (unwatchable || watched != null && watched.isValid() && Objects.equals(key, watchedKey)) {
            return;
        }
        unwatch();
        try {
            if (watcher == null) {
                watcher = path.getFileSystem().newWatchService();
                Thread thread = new Thread(this::tell, "carillon-drivers-watch");
                thread.setDaemon(true);
                thread.start();
            }
            watched = path.register(watcher, StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY, StandardWatchEventKinds.ENTRY_DELETE);
            watchedKey = key;
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            unwatchable = true;
            LOG.log(Level.WARNING, "drivers folder cannot be watched and is looked at now and then: folder={0}, "
                    + "reason={1}", path, Trouble.reason(e));
        }
    }

    private void unwatch() {
        if (watched != null) {
            watched.cancel();
            watched = null;
        }
    }

    private void tell() {
        try {
            while (true) {
                WatchKey key = watcher.take();
                for (WatchEvent<?> event : key.pollEvents()) {
                    if (event.context() instanceof Path file) {
                        onChange.accept(file.toString());
                    } else {
                        onOverflow.run();
                    }
                }
                if (!key.reset()) {
                    onOverflow.run(); // the folder has gone
                }
            }
        } catch (ClosedWatchServiceException | InterruptedException e) {
            // the end
        }
    }

    @Override
    public void close() {
        if (watcher != null) {
            try {
                watcher.close();
            } catch (IOException e) {
                LOG.log(Level.DEBUG, "watch of the drivers folder is not closed", e);
            }
        }
    }
}
