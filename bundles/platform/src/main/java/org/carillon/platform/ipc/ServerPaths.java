package org.carillon.platform.ipc;

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
