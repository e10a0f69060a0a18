package org.carillon.configuration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/**
 * Writes configuration files, each whole or not at all. What must not be written in the folder of the installation goes
 * into the folder beside the data, where it goes before.
 */
final class SettingsStore {
    private static final String NEW_FOLDER = "rwxr-xr-x";
    private static final String NEW_FILE = "rw-r--r--";

    /** @param isKept whether it had to be kept apart. */
    record Written(SettingsFile file, FileStamp stamp, boolean isKept) {}

    private final SettingsFolders folders;
    private final boolean isInstalledOurs;

    /** @param isInstalledOurs whether files of the installation may be written at all. */
    SettingsStore(SettingsFolders folders, boolean isInstalledOurs) {
        this.folders = folders;
        this.isInstalledOurs = isInstalledOurs;
    }

    /** Writes a file in the place of another, or where that must not be, beside the data. */
    Written replace(SettingsFile file, String text) throws IOException {
        return mayReplace(file.path()) ? written(file, text) : keep(file.pid(), file.format(), text);
    }

    /** Writes a file for a configuration that has none. */
    Written add(String pid, String text) throws IOException {
        Path file = folders.installed().resolve(pid + Format.JSON.suffix());
        return mayWrite(folders.installed()) && !Files.exists(file) ? written(new SettingsFile(file, pid, Format.JSON),
                text) : keep(pid, Format.JSON, text);
    }

    /** Puts all files of a PID out of use, and keeps what they say. */
    void disable(List<Path> files) throws IOException {
        for (Path file : files) {
            if (mayReplace(file)) {
                Files.move(file, disabled(file), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } else {
                write(disabled(kept().resolve(file.getFileName())), Files.readString(file));
            }
        }
    }

    private static Path disabled(Path file) {
        return file.resolveSibling(file.getFileName() + SettingsFolders.DISABLED);
    }

    private boolean mayReplace(Path file) throws IOException {
        return !Files.isSymbolicLink(file) && mayWrite(file.getParent()) && folders.ownership().mayWrite(file);
    }

    private boolean mayWrite(Path folder) throws IOException {
        return (isInstalledOurs || !folder.equals(folders.installed())) && folders.ownership().mayWrite(folder);
    }

    private Written keep(String pid, Format format, String text) throws IOException {
        SettingsFile file = new SettingsFile(kept().resolve(pid + format.suffix()), pid, format);
        return new Written(file, write(file.path(), text), true);
    }

    /** Nobody else may write to it, whatever this process's mask of permissions is: it would not be read then. */
    private Path kept() throws IOException {
        if (!isPosix(folders.kept())) {
            return Files.createDirectories(folders.kept());
        }
        Set<PosixFilePermission> permissions = PosixFilePermissions.fromString(NEW_FOLDER);
        return Files.createDirectories(folders.kept(), PosixFilePermissions.asFileAttribute(permissions));
    }

    private static boolean isPosix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private Written written(SettingsFile file, String text) throws IOException {
        return new Written(file, write(file.path(), text), false);
    }

    /** The stamp is taken before the file is in its place: who changes it there gives it another one. */
    private FileStamp write(Path file, String text) throws IOException {
        Path temporary = Files.createTempFile(file.getParent(), ".", ".tmp");
        try {
            Files.writeString(temporary, text);
            if (isPosix(temporary)) {
                Set<PosixFilePermission> permissions = Files.exists(file) ? Files.getPosixFilePermissions(file)
                        : PosixFilePermissions.fromString(NEW_FILE);
                Files.setPosixFilePermissions(temporary, permissions);
            }
            FileStamp stamp = folders.ownership().stamp(temporary);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return stamp;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
