package org.carillon.launcher.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.carillon.api.port.CarillonException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TreeTest {
    private static final int LIMIT_BYTES = 4 << 20;

    @TempDir
    private Path folder;
    private Path root;
    private Tree tree;

    @BeforeEach
    void makeTree() throws IOException {
        root = Files.createDirectory(folder.resolve("root"));
        Files.writeString(folder.resolve("secret"), "secret");
        RecordedTrees.write(root, "etc/name", " carillon \n");
        RecordedTrees.write(root, "etc/number", " 42\n");
        tree = Tree.recorded(root);
    }

    @Test
    void shouldReadBelowItsRoot() {
        assertEquals(Optional.of("carillon"), tree.word("etc/name"));
        assertEquals(OptionalLong.of(42), tree.number("etc/number"));
        assertEquals(OptionalLong.empty(), tree.number("etc/name"));
        assertEquals(List.of("name", "number"), tree.list("etc"));
        assertFalse(tree.isLive());
    }

    @Test
    void shouldNotBeLedOutOfItsRoot() throws IOException {
        Files.createSymbolicLink(root.resolve("etc/absolute"), folder.resolve("secret"));
        Files.createSymbolicLink(root.resolve("etc/relative"), Path.of("../../secret"));
        Files.createSymbolicLink(root.resolve("etc/folder"), folder);
        for (String name : List.of("etc/absolute", "etc/relative", "etc/folder/secret", "../secret",
                "etc/../../secret", folder.resolve("secret").toString())) {
            assertEquals(Optional.empty(), tree.read(name), name);
            assertFalse(tree.isThere(name), name);
        }
        assertEquals(List.of(), tree.list("etc/folder"));
        assertEquals(List.of(), tree.list(".."));
    }

    @Test
    void shouldFollowLinksThatStayInside() throws IOException {
        Files.createSymbolicLink(root.resolve("self"), Path.of("etc"));

        assertEquals(Optional.of("carillon"), tree.word("self/name"));
    }

    @Test
    void shouldTakeWhatIsNoPlainFileForMissing() throws Exception {
        Process pipe = new ProcessBuilder("mkfifo", root.resolve("etc/pipe").toString()).start();
        assertTrue(pipe.waitFor(10, TimeUnit.SECONDS));
        Files.createSymbolicLink(root.resolve("etc/loop"), Path.of("loop"));

        assertTrue(tree.isThere("etc/pipe"));
        assertEquals(Optional.empty(), tree.read("etc/pipe"));
        assertEquals(Optional.empty(), tree.readZipped("etc/pipe"));
        assertEquals(Optional.empty(), tree.read("etc"));
        assertEquals(Optional.empty(), tree.read("etc/loop"));
        assertEquals(Optional.empty(), tree.read("etc/\0name"));
        assertEquals(List.of(), tree.list("etc/name"));
    }

    @Test
    void shouldReadNoMoreThanSomeMegabytes() throws IOException {
        byte[] zeros = new byte[1 << 20];
        try (OutputStream zipped = new GZIPOutputStream(Files.newOutputStream(root.resolve("bomb.gz")))) {
            for (int i = 0; i < 64; i++) {
                zipped.write(zeros);
            }
        }
        Files.write(root.resolve("long"), new byte[LIMIT_BYTES + 1]);

        assertEquals(Optional.of(LIMIT_BYTES), tree.readZipped("bomb.gz").map(String::length));
        assertEquals(Optional.of(LIMIT_BYTES), tree.read("long").map(String::length));
        assertEquals(Optional.empty(), tree.readZipped("etc/name"));
    }

    @Test
    void shouldTryNothingOnARecordedTree() {
        assertEquals(Optional.empty(), tree.mayUse("etc/name"));
    }

    @Test
    void shouldRefuseARootThatIsNoFolder() {
        for (Path path : List.of(root.resolve("etc/name"), root.resolve("none"))) {
            CarillonException e = assertThrows(CarillonException.class, () -> Tree.recorded(path));
            assertEquals(CarillonException.Kind.NO_SUCH_NAME, e.kind());
            assertTrue(e.getMessage().endsWith("sysroot=" + path), e.getMessage());
        }
    }

    @Test
    void shouldReadTheSystemItself() {
        assertTrue(Tree.live().isLive());
        assertTrue(Tree.live().read("proc/self/status").isPresent());
        assertFalse(Tree.live().list("proc").isEmpty());
        assertEquals(Optional.of(true), Tree.live().mayUse("dev/null"));
        assertEquals(Optional.empty(), Tree.live().mayUse("dev/no-such-device"));
    }
}
