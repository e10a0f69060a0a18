package org.carillon.webconsole;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;

/** The file that holds the console's password. Made with a random one where there is none; its owner may change it. */
final class PasswordFile {
    static final int MIN_LENGTH = 12;
    private static final int RANDOM_LENGTH = 24;
    private static final int MAX_BYTES = 1_024;
    /** No letter that looks like another. 24 of 32 letters are 120 bits. */
    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private PasswordFile() {}

    /**
     * Reads the password, which is the first line, after making one if need be.
     *
     * @throws IOException where it cannot be used; the message is for people.
     */
    static String read(Path file) throws IOException {
        boolean hasModes = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        Files.createDirectories(file.toAbsolutePath().getParent());
        try {
            create(file, hasModes);
        } catch (FileAlreadyExistsException e) {
            check(file, hasModes);
        }
        String password = Files.readString(file).lines().findFirst().orElse("").strip();
        if (password.length() < MIN_LENGTH) {
            throw new IOException("password must have at least " + MIN_LENGTH + " characters; delete the file to get "
                    + "a new one: file=" + file + ", length=" + password.length());
        }
        return password;
    }

    /** With its mode from the first moment on. */
    private static void create(Path file, boolean hasModes) throws IOException {
        FileAttribute<?>[] attributes = hasModes
                ? new FileAttribute<?>[]{PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
        Files.createFile(file, attributes);
        Files.write(file, (random() + "\n").getBytes(StandardCharsets.US_ASCII), StandardOpenOption.WRITE);
    }

    private static void check(Path file, boolean hasModes) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > MAX_BYTES) {
            throw new IOException("password must be in a file of at most " + MAX_BYTES + " bytes: file=" + file);
        }
        if (hasModes && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS))) {
            throw new IOException("password file must be readable by its owner alone; type chmod 600: file=" + file
                    + ", mode=" + PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        }
    }

    private static String random() {
        SecureRandom random = new SecureRandom();
        StringBuilder password = new StringBuilder();
        for (int i = 0; i < RANDOM_LENGTH; i++) {
            password.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return password.toString();
    }
}
