package org.carillon.configuration;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Hears that something may have changed in some folders. What it was is seen by looking: so it does not matter in which
 * order the system tells, nor what it does not tell.
 */
final class FolderWatch implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(FolderWatch.class.getName());

    /** A folder as it was when its watch began; another one of its name is another one. */
    private record Watched(WatchKey key, Object fileKey) {}

    private final Runnable onChange;
    private final Map<Path, Watched> watched = new HashMap<>();
    private WatchService service;
    private boolean isUnable;

    /** @param onChange on a thread of the watch. */
    FolderWatch(Runnable onChange) {
        this.onChange = onChange;
    }

    /** Sees to it that changes in these folders are heard of from now on, as far as they are there. */
    void watch(List<Path> folders) {
        if (!isUnable) {
            try {
                for (Path folder : folders) {
                    watch(folder);
                }
            } catch (IOException e) {
                isUnable = true;
                LOG.log(Level.WARNING, "configuration folder cannot be watched and is looked at now and then: "
                        + "folders={0}, reason={1}", folders, e.getMessage());
            }
        }
    }

    private void watch(Path folder) throws IOException {
        Watched before = watched.get(folder);
        Object fileKey = Files.isDirectory(folder) ? String.valueOf(Files.getAttribute(folder, "fileKey")) : null;
        if (before != null && (fileKey == null || !before.key.isValid() || !fileKey.equals(before.fileKey))) {
            before.key.cancel();
            watched.remove(folder);
            before = null;
        }
        if (before == null && fileKey != null) {
            if (service == null) {
                service = folder.getFileSystem().newWatchService();
                Thread thread = new Thread(this::tell, "carillon-configuration-watch");
                thread.setDaemon(true);
                thread.start();
            }
            watched.put(folder, new Watched(folder.register(service, StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY, StandardWatchEventKinds.ENTRY_DELETE), fileKey));
            onChange.run(); // what came before the watch
        }
    }

    private void tell() {
        try {
            while (true) {
                WatchKey key = service.take();
                key.pollEvents();
                key.reset();
                onChange.run();
            }
        } catch (ClosedWatchServiceException | InterruptedException e) {
            // the end
        }
    }

    @Override
    public void close() {
        if (service != null) {
            try {
                service.close();
            } catch (IOException e) {
                LOG.log(Level.DEBUG, "watch of the configuration folder is not closed", e);
            }
        }
    }
}
