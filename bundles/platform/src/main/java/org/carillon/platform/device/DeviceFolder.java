package org.carillon.platform.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Waits for device files to come and go in a folder, or while it is absent, for it to come. One thread.
 */
public final class DeviceFolder implements AutoCloseable {
    private final Path folder;
    private final Predicate<Path> concerns;
    private final WatchService watches;
    private WatchKey watch;
    private Path watched;

    /**
     * @param concerns whether a file of this name is worth waking for.
     * @throws IOException when the system watches no more folders.
     */
    public DeviceFolder(Path folder, Predicate<Path> concerns) throws IOException {
        this.folder = folder;
        this.concerns = concerns;
        watches = folder.getFileSystem().newWatchService();
        watch();
    }

    /** Watches the folder, or while it is absent the nearest above it. */
    private void watch() {
        Path nearest = folder;
        while (nearest != null && !Files.isDirectory(nearest)) {
            nearest = nearest.getParent();
        }
        if (nearest != null && (!nearest.equals(watched) || watch == null || !watch.isValid())) {
            if (watch != null) {
                watch.cancel();
            }
            watched = nearest;
            try {
                // no changes: every write to a device in the folder is one
                watch = nearest.register(watches, StandardWatchEventKinds.ENTRY_CREATE,
                        StandardWatchEventKinds.ENTRY_DELETE);
            } catch (IOException e) {
                watch = null; // looked at each second all the same
            }
        }
    }

    /** As below, with nothing else to wait for. */
    public boolean await(long limitNs) throws InterruptedException {
        return await(limitNs, limitNs, () -> false);
    }

    /**
     * Waits until a file comes or goes, something else has happened, or the time is over.
     *
     * @param stepNs  how often it is looked at what else has happened.
     * @param isOther whether it has.
     * @return false when only the time is over.
     */
    public boolean await(long limitNs, long stepNs, BooleanSupplier isOther) throws InterruptedException {
        long untilNs = System.nanoTime() + limitNs;
        boolean isNews = false;
        for (long leftNs = limitNs; !isNews && leftNs > 0; leftNs = untilNs - System.nanoTime()) {
            isNews = isNews(watches.poll(Math.min(leftNs, stepNs), TimeUnit.NANOSECONDS)) || isOther.getAsBoolean();
        }
        watch(); // before the look that follows, which sees what came in between
        return isNews;
    }

    private boolean isNews(WatchKey key) {
        return key != null && (key.pollEvents().stream().anyMatch(this::isNews) | !key.reset());
    }

    /** Whether it tells of a file in our folder or of the folder, and not of what lies beside them. */
    private boolean isNews(WatchEvent<?> event) {
        if (event.kind() == StandardWatchEventKinds.OVERFLOW) {
            return true;
        }
        Path name = (Path) event.context();
        return folder.equals(watched) ? concerns.test(name) : folder.startsWith(watched.resolve(name));
    }

    @Override
    public void close() throws IOException {
        watches.close();
    }
}
