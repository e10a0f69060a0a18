package org.carillon.bench;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The folder of the distribution that runs. */
public final class Distribution {
    private static final String LAUNCHER = "org.carillon.launcher-";

    private Distribution() {}

    /** @throws IllegalStateException when this class does not come from one. */
    public static Path home() {
        try {
            Path jar = Path.of(Distribution.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            Path home = jar.getParent().getParent();
            launcher(home);
            return home;
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The jar of the launcher, which starts a server. */
    public static Path launcher(Path home) {
        try (Stream<Path> files = Files.list(home.resolve("lib"))) {
            return files.filter(file -> file.getFileName().toString().startsWith(LAUNCHER)).findFirst().orElseThrow();
        } catch (IOException | java.util.NoSuchElementException e) {
            throw new IllegalStateException("this benchmark needs the distribution: home=" + home, e);
        }
    }
}
