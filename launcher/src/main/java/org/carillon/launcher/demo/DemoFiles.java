package org.carillon.launcher.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.carillon.api.port.CarillonException;

/** Where the demo puts its files: in this folder, or among temporary ones where it is read-only. */
final class DemoFiles {
    private DemoFiles() {}

    /**
     * A place for a file.
     *
     * @param wanted what the user said, or null.
     * @param name   that it has otherwise.
     */
    static Path place(Path wanted, String name) {
        try {
            Path here = Path.of("").toAbsolutePath();
            int dot = name.lastIndexOf('.');
            Path file = wanted != null ? wanted
                    : Files.isWritable(here) ? here.resolve(name)
                            : Files.createTempFile(name.substring(0, dot) + "-", name.substring(dot));
            return file.toAbsolutePath().normalize();
        } catch (IOException e) {
            throw new CarillonException(CarillonException.Kind.FAILED,
                    "there must be a folder for temporary files: name=" + name + ", reason=" + e);
        }
    }

    /** Writes a picture. */
    static Path draw(Path file, String svg) {
        try {
            return Files.writeString(file, svg);
        } catch (IOException e) {
            throw new CarillonException(CarillonException.Kind.FAILED,
                    "picture must be writable: file=" + file + ", reason=" + e);
        }
    }
}
