package org.carillon.platform.ipc;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Where a server's socket is, the same for server and clients: what {@code CARILLON_SERVER} says, else the file
 * {@code control} in {@code $XDG_RUNTIME_DIR/carillon}, {@code /run/carillon} or the user's own folder in the temporary
 * directory, {@code carillon-UID}.
 */
public final class ServerPaths {
    /** Environment variable that names the socket. */
    public static final String VARIABLE = "CARILLON_SERVER";
    /** Name of the socket file. */
    public static final String SOCKET = "control";
    /** What is added to its name for the lock of the server that listens. */
    public static final String LOCK_ENDING = ".lock";
    /** What is added to its name for the lock of whoever starts a server: one at a time does. */
    public static final String STARTER_ENDING = ".starter";

    private static final String FOLDER = "carillon";

    private ServerPaths() {}

    /** Where a client looks, in this order; the variable alone where it is set. */
    public static List<Path> candidates() {
        return candidates(System.getenv(), Path.of(System.getProperty("java.io.tmpdir")),
                PeerCredentials.ownUserId());
    }

    /** The first candidate that is there, or the one that a server of this user would make. */
    public static Path find() {
        List<Path> candidates = candidates();
        return candidates.stream().filter(Files::exists).findFirst().orElseGet(() -> toListenAt(candidates));
    }

    /**
     * Whether a socket is at any place where a client of some user would look. It makes no native call, of which Java
     * would warn: for programs that have not asked for a server and may never meet one. Where it says no, {@link #find}
     * finds none either.
     */
    public static boolean isAnyThere() {
        return isAnyThere(System.getenv(), Path.of(System.getProperty("java.io.tmpdir")));
    }

    static boolean isAnyThere(Map<String, String> environment, Path temporary) {
        for (Path candidate : candidates(environment, temporary, 0)) {
            if (Files.exists(candidate)) {
                return true;
            }
        }
        if (!environment.getOrDefault(VARIABLE, "").isBlank()) {
            return false;
        }
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(temporary, FOLDER + "-*")) {
            for (Path folder : folders) {
                if (Files.exists(folder.resolve(SOCKET))) {
                    return true;
                }
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            return false;
        }
        return false;
    }

    /** Where a server of this user listens if nobody says otherwise: the first whose folder is there or can be made. */
    public static Path toListenAt() {
        return toListenAt(candidates());
    }

    static Path toListenAt(List<Path> candidates) {
        return candidates.stream().filter(ServerPaths::mayHold).findFirst().orElse(candidates.getLast());
    }

    private static boolean mayHold(Path socket) {
        Path folder = socket.getParent();
        return folder != null && Files.isWritable(Files.isDirectory(folder) ? folder : folder.getParent());
    }

    static List<Path> candidates(Map<String, String> environment, Path temporary, int userId) {
        String named = environment.getOrDefault(VARIABLE, "");
        if (!named.isBlank()) {
            return List.of(Path.of(named).toAbsolutePath());
        }
        List<Path> candidates = new ArrayList<>();
        String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        if (!runtime.isBlank()) {
            candidates.add(Path.of(runtime, FOLDER, SOCKET));
        }
        candidates.add(Path.of("/run", FOLDER, SOCKET));
        candidates.add(temporary.resolve(FOLDER + "-" + userId).resolve(SOCKET));
        return candidates;
    }
}
