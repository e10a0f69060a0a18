package org.carillon.platform.device;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/** Who has a file open, as far as this process may know. */
public final class Holder {
    /** Nobody that this process may know of. */
    public static final String UNKNOWN = "unknown";

    private Holder() {}

    /**
     * The processes that have it open. Looks at every process: not for hot paths. Any thread.
     *
     * @param proc where the system tells of its processes: {@code /proc}.
     * @return such as {@code 1234 (amidi)}, or {@value #UNKNOWN}.
     */
    public static String of(Path realPath, Path proc) {
        Set<String> holders = new LinkedHashSet<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path process : processes) {
                if (hasOpen(process, realPath)) {
                    holders.add(process.getFileName() + " (" + name(process) + ")");
                }
            }
        } catch (IOException e) {
            return UNKNOWN; // no such folder on this system
        }
        return holders.isEmpty() ? UNKNOWN : String.join(" ", holders);
    }

    /** Whether this process itself has a file open; true also where the system does not tell. */
    public static boolean isThisProcess(Path realPath, Path proc) {
        Path self = proc.resolve("self");
        return !Files.isDirectory(self.resolve("fd")) || hasOpen(self, realPath);
    }

    private static boolean hasOpen(Path process, Path realPath) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : descriptors) {
                if (isLinkTo(descriptor, realPath)) {
                    return true;
                }
            }
        } catch (IOException e) {
            return false; // it has ended, or is another user's
        }
        return false;
    }

    private static boolean isLinkTo(Path descriptor, Path realPath) {
        try {
            return Files.readSymbolicLink(descriptor).equals(realPath);
        } catch (IOException e) {
            return false; // closed meanwhile
        }
    }

    private static String name(Path process) {
        try {
            return Files.readString(process.resolve("comm")).strip();
        } catch (IOException e) {
            return UNKNOWN;
        }
    }
}
