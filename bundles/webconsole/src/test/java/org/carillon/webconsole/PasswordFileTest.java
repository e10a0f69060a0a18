package org.carillon.webconsole;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PasswordFileTest {
    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("data/console.password");
    }

    @Test
    void shouldMakeARandomOneForItsOwnerAlone() throws IOException {
        String password = PasswordFile.read(file());

        assertTrue(password.matches("[a-z2-9]{24}"), password);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
        assertNotEquals(password, PasswordFile.read(folder.resolve("other")));
    }

    @Test
    void shouldKeepTheOneThatIsThere() throws IOException {
        String password = PasswordFile.read(file());
        assertEquals(password, PasswordFile.read(file()));

        Files.writeString(file(), "correct horse battery staple\nnote\n");
        assertEquals("correct horse battery staple", PasswordFile.read(file()));
    }

    @Test
    void shouldRefuseOneThatOthersCanRead() throws IOException {
        PasswordFile.read(file());
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));

        String message = assertThrows(IOException.class, () -> PasswordFile.read(file())).getMessage();
        assertTrue(message.contains("mode=rw-r--r--"), message);
    }

    @Test
    void shouldRefuseAShortOneOrNone() throws IOException {
        PasswordFile.read(file());
        for (String content : new String[]{"", "\n", "admin\n"}) {
            Files.writeString(file(), content);
            String message = assertThrows(IOException.class, () -> PasswordFile.read(file())).getMessage();
            assertTrue(message.contains("at least 12"), message);
        }
    }

    @Test
    void shouldFollowNoLink() throws IOException {
        Files.createDirectories(file().getParent());
        Files.createSymbolicLink(file(), Path.of("/dev/zero"));

        assertThrows(IOException.class, () -> PasswordFile.read(file()));
    }
}
