package org.carillon.transport.shm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.carillon.platform.ipc.LockFile;
import org.carillon.platform.ipc.PacketListener;
import org.carillon.platform.ipc.ServerPaths;
import org.carillon.platform.ipc.SocketFolder;

/** The socket in its folder, and the lock that says that it is ours. */
final class ListeningPlace implements AutoCloseable {
    private static final Set<PosixFilePermission> OWNER_FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> GROUP_FOLDER = PosixFilePermissions.fromString("rwxr-x---");
    private static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> GROUP_FILE = PosixFilePermissions.fromString("rw-rw----");

    private final Path path;
    private final LockFile lock;
    private final PacketListener listener;

    private ListeningPlace(Path path, LockFile lock, PacketListener listener) {
        this.path = path;
        this.lock = lock;
        this.listener = listener;
    }

    /**
     * Listens at a path. A socket file that a dead server has left is taken away; who holds the lock is alive.
     *
     * @param group whose members may come, empty for none.
     * @throws IOException that says who is in the way.
     */
    static ListeningPlace open(Path path, String group) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        boolean forGroup = !group.isBlank();
        SocketFolder.prepare(folder, forGroup ? GROUP_FOLDER : OWNER_FOLDER);
        LockFile lock = LockFile.tryLock(folder.resolve(path.getFileName() + ServerPaths.LOCK_ENDING))
                .orElseThrow(() -> new IOException("another server listens there: socket=" + path));
        try {
            Files.deleteIfExists(path);
            PacketListener listener = PacketListener.listen(path, forGroup ? GROUP_FILE : OWNER_FILE);
            if (forGroup) {
                giveTo(group, folder, path);
            }
            return new ListeningPlace(path, lock, listener);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static void giveTo(String group, Path... files) throws IOException {
        for (Path file : files) {
            GroupPrincipal principal = file.getFileSystem().getUserPrincipalLookupService()
                    .lookupPrincipalByGroupName(group);
            Files.getFileAttributeView(file, PosixFileAttributeView.class).setGroup(principal);
        }
    }

    Path path() {
        return path;
    }

    PacketListener listener() {
        return listener;
    }

    @Override
    public void close() throws IOException {
        try {
            listener.close();
        } finally {
            lock.close();
        }
    }
}
