package org.carillon.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.carillon.api.port.CarillonException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataFolderTest {
    @TempDir
    private Path folder;

    @Test
    void shouldRefuseASecondOwner() {
        Path data = folder.resolve("a/b");
        try (DataFolder _ = DataFolder.open(List.of(data))) {
            CarillonException e = assertThrows(CarillonException.class, () -> DataFolder.open(List.of(data)));

            assertEquals("another server uses the data folder: folder=" + data + ", pid="
                    + ProcessHandle.current().pid(), e.getMessage());
        }
        DataFolder.open(List.of(data)).close();
    }

    @Test
    void shouldTakeTheNextFolderWhereOneCannotBeWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        Path second = folder.resolve("second");
        try (DataFolder data = DataFolder.open(List.of(file.resolve("data"), second))) {
            assertEquals(second, data.folder());
        }
    }

    @Test
    void shouldGoOnInATemporaryFolder() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        DataFolder data = DataFolder.open(List.of(file.resolve("data")));
        Files.createDirectories(data.folder().resolve("felix/bundle0"));
        assertTrue(Files.isDirectory(data.folder()));
        data.close();

        assertFalse(Files.exists(data.folder()));
    }

    @Test
    void shouldFindTheStateFolderOfTheUser() {
        assertEquals(Path.of("/home/anna/.local/state/carillon"), DataFolder.ofUser(null, "/home/anna"));
        assertEquals(Path.of("/home/anna/.local/state/carillon"), DataFolder.ofUser("relative", "/home/anna"));
        assertEquals(Path.of("/state/carillon"), DataFolder.ofUser("/state", "/home/anna"));
    }
}
