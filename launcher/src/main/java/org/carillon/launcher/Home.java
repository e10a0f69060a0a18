package org.carillon.launcher;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;
import org.carillon.api.port.CarillonException;

/** Where the distribution is. It is only read. */
public record Home(Path folder) {
    /**
     * Finds it.
     *
     * @param asked empty for the one that the launcher's jar lies in.
     * @throws CarillonException where it is none.
     */
    public static Home of(Optional<Path> asked) {
        Path folder = asked.orElseGet(Home::ofLauncher).toAbsolutePath().normalize();
        if (!Files.isDirectory(folder.resolve("bundles"))) {
            throw new CarillonException(CarillonException.Kind.FAILED,
                    "home folder must have a folder bundles in it: home=" + folder);
        }
        return new Home(folder);
    }

    /** Has a folder for each start level. */
    public Path bundles() {
        return folder.resolve("bundles");
    }

    /** Configuration files. */
    public Path configuration() {
        return folder.resolve("config");
    }

    /** Driver bundles that users drop. */
    public Path drivers() {
        return folder.resolve("drivers");
    }

    /** What servers write, where it may be written here. */
    public Path data() {
        return folder.resolve("data");
    }

    /** The launcher's jar lies in lib/ of its home. */
    private static Path ofLauncher() {
        try {
            CodeSource source = Home.class.getProtectionDomain().getCodeSource();
            return Path.of(source.getLocation().toURI()).toRealPath().getParent().getParent();
        } catch (URISyntaxException | java.io.IOException e) {
            throw new CarillonException(CarillonException.Kind.FAILED,
                    "launcher's jar must lie in a folder: reason=" + e.getMessage());
        }
    }
}
