package org.carillon.platform.ipc;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.carillon.platform.ipc.IpcException.Reason;

/** The folder that a socket lies in: its rights decide who can reach the socket at all. */
public final class SocketFolder {
    private static final Set<PosixFilePermission> OTHERS_CAN_WRITE = PosixFilePermissions.fromString("----w--w-");

    private static final String NAME = "carillon";

    private SocketFolder() {}

    /**
     * Makes a folder with these rights, whatever the umask says. Of one that is there, the rights are set only where
     * its name says that it is for this: starts with {@code carillon}.
     *
     * @param rights of owner and group; others have none.
     * @throws IpcException with {@link Reason#FORBIDDEN} where the folder belongs to another user, is a link, or is one
     *                      that others can write to: then somebody else could put a socket of their own into it.
     */
    public static void prepare(Path folder, Set<PosixFilePermission> rights) throws IOException {
        try {
            Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(rights));
        } catch (FileAlreadyExistsException e) {
            checkOwner(folder, PeerCredentials.ownUserId(), PeerCredentials.ownUserId());
            if (!folder.getFileName().toString().startsWith(NAME)) {
                checkRights(folder);
                return;
            }
        }
        Files.setPosixFilePermissions(folder, rights);
    }

    /**
     * Checks that nobody but this user or the system's can have put the socket into a folder: what clients do before
     * they connect.
     */
    public static void check(Path folder) throws IOException {
        checkOwner(folder, PeerCredentials.ownUserId(), 0);
        checkRights(folder);
    }

    private static void checkRights(Path folder) throws IOException {
        if (Files.getPosixFilePermissions(folder).stream().anyMatch(OTHERS_CAN_WRITE::contains)) {
            throw new IpcException(Reason.FORBIDDEN,
                    "folder of a server's socket must be writable for its owner alone: folder=" + folder);
        }
    }

    private static void checkOwner(Path folder, int userId, int orUserId) throws IOException {
        boolean isFolder = Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
        int owner = (int) Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        if (!isFolder || owner != userId && owner != orUserId) {
            throw new IpcException(Reason.FORBIDDEN, "folder of a server's socket must be a folder of user " + userId
                    + ": folder=" + folder + ", isFolder=" + isFolder + ", owner=" + owner);
        }
    }
}
