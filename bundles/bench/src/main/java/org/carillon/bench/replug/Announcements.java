package org.carillon.bench.replug;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;

/** When the system announced devices by putting their files into its folder, by a watch of our own. */
final class Announcements implements AutoCloseable {
    private static final Path FOLDER = Path.of("/dev/snd");
    private static final String PREFIX = "midiC";

    private final WatchService watches;
    private final Thread thread = new Thread(this::watch, "replug-announcements");
    private volatile int came;
    private volatile long lastCameNs;

    Announcements() throws IOException {
        watches = FOLDER.getFileSystem().newWatchService();
        FOLDER.register(watches, StandardWatchEventKinds.ENTRY_CREATE);
        thread.setDaemon(true);
        thread.start();
    }

    private void watch() {
        try {
            while (true) {
                WatchKey key = watches.take();
                long nowNs = System.nanoTime();
                for (WatchEvent<?> event : key.pollEvents()) {
                    if (event.context() instanceof Path file && file.toString().startsWith(PREFIX)) {
                        lastCameNs = nowNs;
                        came++; // this thread alone writes it
                    }
                }
                key.reset();
            }
        } catch (InterruptedException e) {
            return; // asked to end
        }
    }

    /** How many device files have come so far. */
    int came() {
        return came;
    }

    /** Time of {@link System#nanoTime()} when the last of them came. */
    long lastCameNs() {
        return lastCameNs;
    }

    @Override
    public void close() throws IOException {
        thread.interrupt();
        watches.close();
    }
}
