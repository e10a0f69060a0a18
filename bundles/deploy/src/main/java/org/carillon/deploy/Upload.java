package org.carillon.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.regex.Pattern;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.CarillonException.Kind;

/** Puts a bundle into the folder: written under another name, checked, then renamed, so that it is there whole. */
final class Upload {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._+-]{0,122}\\.jar");

    private final Folder folder;
    private final Fence fence;

    Upload(Folder folder, Fence fence) {
        this.folder = folder;
        this.fence = fence;
    }

    /** Refuses what cannot be the name of a driver file: it comes from elsewhere and becomes a path. */
    static void checkName(String file) {
        if (!NAME.matcher(file).matches()) {
            throw new CarillonException(Kind.WRONG_USAGE,
                    "file name must be letters, digits and ._+- with .jar at its end: file=" + file);
        }
    }

    /** Any thread. */
    void put(String file, InputStream jar) {
        checkName(file);
        try {
            folder.check();
            Files.createDirectories(folder.path());
            Path part = Files.createTempFile(folder.path(), ".upload-", ".part");
            try {
                write(jar, part);
                fence.check(DriverJar.read(part, folder.limitBytes()).symbolicName());
                Files.move(part, folder.file(file), StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (Trouble e) {
            throw new CarillonException(Kind.REFUSED, "driver is refused: file=" + file + ", reason="
                    + e.getMessage());
        } catch (IOException e) {
            throw new CarillonException(Kind.FAILED, "driver cannot be put into the folder: file=" + file
                    + ", folder=" + folder.path() + ", reason=" + Trouble.reason(e));
        }
    }

    private void write(InputStream jar, Path part) throws IOException, Trouble {
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            OutputStream out = Channels.newOutputStream(channel);
            DriverJar.copy(jar, out, folder.limitBytes());
            channel.force(true);
        }
    }
}
