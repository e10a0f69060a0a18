package org.carillon.configuration;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FolderWatchTest {
    private static final long LIMIT_S = 20;

    private final Semaphore news = new Semaphore(0);

    private void hears(String what) throws InterruptedException {
        assertTrue(news.tryAcquire(LIMIT_S, TimeUnit.SECONDS), what);
    }

    @Test
    void shouldHearOfEveryChangeAlsoInAFolderMadeAnew(@TempDir Path home) throws IOException, InterruptedException {
        Path folder = home.resolve("config");
        try (FolderWatch watch = new FolderWatch(news::release)) {
            watch.watch(List.of(folder));
            Files.createDirectory(folder);
            watch.watch(List.of(folder));
            hears("folder is there");
            Path file = Files.writeString(folder.resolve("a.cfg"), "a");
            hears("file is made");
            Files.delete(file);
            hears("file is gone");

            Files.delete(folder);
            Files.createDirectory(folder);
            watch.watch(List.of(folder));
            news.drainPermits();
            Files.writeString(folder.resolve("b.cfg"), "b");
            hears("file in the new folder");
        }
    }
}
