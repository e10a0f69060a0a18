package org.carillon.driver.javasound;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Waits for changes in the folder of device files, or while it is absent, for it to come. The observer's thread only.
 */
final class DeviceFolder implements AutoCloseable {
    private final Path folder;
    private final WatchService watches;
    private WatchKey watch;
    private Path watched;

    DeviceFolder(Path folder) throws IOException {
        this.folder = folder;
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
                watch = nearest.register(watches, StandardWatchEventKinds.ENTRY_CREATE,
                        StandardWatchEventKinds.ENTRY_DELETE);
            } catch (IOException e) {
                watch = null; // looked at each second all the same
            }
        }
    }

    /**
     * Waits until something changes in the folder, something else has happened, or the time is over.
     *
     * @param stepNs  how often it is looked at what else has happened.
     * @param isOther whether it has.
     * @return names of files that were deleted, also where there are new ones of that name.
     */
    Set<String> await(long limitNs, long stepNs, BooleanSupplier isOther) throws InterruptedException {
        watch();
        Set<String> deleted = new HashSet<>();
        long untilNs = System.nanoTime() + limitNs;
        boolean isNews = false;
        for (long leftNs = limitNs; !isNews && leftNs > 0; leftNs = untilNs - System.nanoTime()) {
            WatchKey key = watches.poll(Math.min(leftNs, stepNs), TimeUnit.NANOSECONDS);
            if (key != null) {
                isNews = drain(key, deleted);
            }
            isNews |= isOther.getAsBoolean();
        }
        for (WatchKey key = watches.poll(); key != null; key = watches.poll()) {
            drain(key, deleted);
        }
        return deleted;
    }

    /** Whether it tells of our folder, and not of what else lies beside it while it is absent. */
    private boolean drain(WatchKey key, Set<String> deleted) {
        boolean isNews = false;
        for (WatchEvent<?> event : key.pollEvents()) {
            String name = String.valueOf(event.context());
            if (folder.equals(watched)) {
                isNews = true;
                if (event.kind() == StandardWatchEventKinds.ENTRY_DELETE) {
                    deleted.add(name);
                }
            } else {
                isNews |= folder.startsWith(watched.resolve(name));
            }
        }
        return !key.reset() || isNews;
    }

    @Override
    public void close() throws IOException {
        watches.close();
    }
}
