package org.carillon.sampler.format;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Finds the files that an SFZ file names: beside the outermost file, else beside the one that names them. Backslashes
 * are slashes; where no file has the name exactly, one that differs in capitals serves, since many instruments come
 * from systems that see no difference.
 */
final class SfzFiles {
    private static final int MAX_FOLDERS = 1_000;

    private final Path root;
    /** Names in a folder by their small letters. */
    private final Map<Path, Map<String, String>> folders = new HashMap<>();

    SfzFiles(Path outermost) {
        root = outermost.toAbsolutePath().getParent();
    }

    /** The file of a name; null if there is none. */
    Path find(String name, Path namedBy) throws IOException {
        String path = name.replace('\\', '/');
        Path found = find(root, path);
        Path beside = namedBy.toAbsolutePath().getParent();
        return found == null && !beside.equals(root) ? find(beside, path) : found;
    }

    private Path find(Path folder, String name) throws IOException {
        Path exact = folder.resolve(name).normalize();
        if (Files.isRegularFile(exact)) {
            return exact;
        }
        Path found = exact.getRoot();
        for (Path part : exact) {
            Path next = found.resolve(part);
            if (!Files.exists(next)) {
                String other = names(found).get(part.toString().toLowerCase(Locale.ROOT));
                if (other == null) {
                    return null;
                }
                next = found.resolve(other);
            }
            found = next;
        }
        return Files.isRegularFile(found) ? found : null;
    }

    private Map<String, String> names(Path folder) throws IOException {
        Map<String, String> known = folders.get(folder);
        if (known != null) {
            return known;
        }
        Map<String, String> names = new HashMap<>();
        if (Files.isDirectory(folder) && Files.isReadable(folder) && folders.size() < MAX_FOLDERS) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
                for (Path entry : entries) {
                    String name = entry.getFileName().toString();
                    // of several the first in the alphabet, so that it is always the same one
                    names.merge(name.toLowerCase(Locale.ROOT), name, (a, b) -> a.compareTo(b) < 0 ? a : b);
                }
            }
            folders.put(folder, names);
        }
        return names;
    }
}
