package org.carillon.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;

/**
 * Whose files may be run as code: those of this process's user and of root, which nobody else can write to.
 *
 * @param self the user of this process.
 * @param root the system's own user, or null where there is none.
 */
record Ownership(UserPrincipal self, UserPrincipal root) {
    /**
     * Finds out who runs this process.
     *
     * @param ours a file that this process has made.
     */
    static Ownership of(Path ours) throws IOException {
        UserPrincipal root = null;
        try {
            root = ours.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("root");
        } catch (IOException | UnsupportedOperationException e) {
            // a system without root
        }
        return new Ownership(Files.getOwner(ours), root);
    }

    /** What speaks against a file or folder, empty where nothing does. */
    String objection(PosixFileAttributes attributes) {
        UserPrincipal owner = attributes.owner();
        if (!owner.equals(self) && !owner.equals(root)) {
            return "must belong to the user who runs the server: owner=" + owner.getName() + ", user="
                    + self.getName();
        }
        Set<PosixFilePermission> permissions = attributes.permissions();
        if (permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            return "must be writable by its owner alone: mode=" + PosixFilePermissions.toString(permissions)
                    + ", owner=" + owner.getName();
        }
        return "";
    }
}
