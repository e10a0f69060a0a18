package org.carillon.configuration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Whose files count: those of this process's user and of root, which nobody else can write to. Users are numbers here,
 * since asking for their names may take a server of names.
 *
 * @param uid of this process; less than 0 where the system has no such thing, and every file counts.
 */
record Ownership(int uid) {
    private static final int ROOT = 0;
    private static final int OWNER_WRITE = 0200;
    private static final int OTHERS_WRITE = 0022;
    private static final int PERMISSIONS = 0777;
    private static final String VIEW = "unix";

    /** @param ours a file or folder that this process has made. */
    static Ownership of(Path ours) throws IOException {
        return new Ownership(isKnown(ours) ? (Integer) Files.getAttribute(ours, VIEW + ":uid") : -1);
    }

    private static boolean isKnown(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains(VIEW);
    }

    /** @throws java.nio.file.NoSuchFileException where there is none. */
    FileStamp stamp(Path file) throws IOException {
        boolean isKnown = uid >= 0 && isKnown(file);
        Map<String, Object> attributes = Files.readAttributes(file,
                (isKnown ? VIEW + ":uid,mode," : "") + "size,lastModifiedTime,fileKey");
        long modifiedNs = ((FileTime) attributes.get("lastModifiedTime")).to(TimeUnit.NANOSECONDS);
        return new FileStamp((Long) attributes.get("size"), modifiedNs, String.valueOf(attributes.get("fileKey")),
                isKnown ? objection((Integer) attributes.get("uid"), (Integer) attributes.get("mode")) : "");
    }

    private String objection(int owner, int mode) {
        if (owner != uid && owner != ROOT) {
            return "must belong to the user who runs the server: uid=" + owner + ", server=" + uid;
        }
        return (mode & OTHERS_WRITE) == 0 ? ""
                : "must be writable by its owner alone: mode="
                        + Integer.toOctalString(mode & PERMISSIONS);
    }

    /** Whether this process is meant to write there: root may write everywhere, but not where it is told not to. */
    boolean mayWrite(Path file) throws IOException {
        if (uid < 0 || !isKnown(file)) {
            return Files.isWritable(file);
        }
        int mode = (Integer) Files.getAttribute(file, VIEW + ":mode");
        return (mode & OWNER_WRITE) != 0 && Files.isWritable(file)
                && (Integer) Files.getAttribute(file, VIEW + ":uid") == uid;
    }
}
