package org.carillon.deploy;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FenceTest {
    @TempDir
    private Path folder;

    private Fence fence(String run) {
        return new Fence(new RunNotes(folder.resolve("notes"), run));
    }

    @Test
    void shouldRefuseNameFileAndBundleOfWhatHung() throws Trouble {
        Fence fence = fence("1");
        fence.check("org.x");
        fence.add("x.jar", "org.x", 7, "start does not come back");

        assertEquals("start does not come back", assertThrows(Trouble.class, () -> fence.check("org.x")).getMessage());
        assertEquals("start does not come back", fence.reasonOf("x.jar"));
        assertTrue(fence.holds(7));
        assertDoesNotThrow(() -> fence.check("org.y"));
        assertEquals("", fence.reasonOf("y.jar"));
        assertFalse(fence.holds(8));
    }

    @Test
    void shouldRememberUntilTheFrameworkIsStartedAgain() {
        fence("1").add("x.jar", "org.x", 7, "no");

        Fence same = fence("1");
        same.recall("org.x", 7);
        assertThrows(Trouble.class, () -> same.check("org.x"));
        assertTrue(same.holds(7));
        assertEquals("no", same.reasonOf("x.jar"));
        Fence next = fence("2");
        next.recall("org.x", 7);
        assertDoesNotThrow(() -> next.check("org.x"));
        assertEquals("", next.reasonOf("x.jar"));
    }
}
