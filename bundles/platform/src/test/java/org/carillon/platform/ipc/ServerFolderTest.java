package org.carillon.platform.ipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.carillon.platform.Platform;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ServerFolderTest {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    @TempDir
    private Path folder;

    @BeforeEach
    void needNativeCalls() {
        assumeTrue(Platform.current().isNative(), "needs native calls");
    }

    @Test
    void shouldLookWhereItIsToldOrInThisOrder() {
        Path temporary = Path.of("/tmp");

        assertEquals(List.of(Path.of("/a/b")),
                ServerPaths.candidates(Map.of("CARILLON_SERVER", "/a/b", "XDG_RUNTIME_DIR", "/r"), temporary, 7));
        assertEquals(
                List.of(Path.of("/r/carillon/control"), Path.of("/run/carillon/control"),
                        Path.of("/tmp/carillon-7/control")),
                ServerPaths.candidates(Map.of("XDG_RUNTIME_DIR", "/r"), temporary, 7));
        assertEquals(List.of(Path.of("/run/carillon/control"), Path.of("/tmp/carillon-7/control")),
                ServerPaths.candidates(Map.of("CARILLON_SERVER", " "), temporary, 7));
    }

    @Test
    void shouldSeeWithoutNativeCallsWhetherAnyIsThere() throws IOException {
        Path runtime = folder.resolve("run");
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        Map<String, String> environment = Map.of("XDG_RUNTIME_DIR", runtime.toString());
        assumeTrue(!Files.exists(Path.of("/run/carillon/control")), "a server of the system is there");
        assertFalse(ServerPaths.isAnyThere(environment, temporary));
        assertFalse(ServerPaths.isAnyThere(environment, folder.resolve("none")));

        Path own = Files.createDirectories(temporary.resolve("carillon-123"));
        assertFalse(ServerPaths.isAnyThere(environment, temporary));
        Files.createFile(own.resolve("control"));

        assertTrue(ServerPaths.isAnyThere(environment, temporary));
        assertFalse(ServerPaths.isAnyThere(Map.of("CARILLON_SERVER", "/no/such/control"), temporary));
        assertTrue(ServerPaths.isAnyThere(Map.of("CARILLON_SERVER", own.resolve("control").toString()), folder));
        Files.createDirectories(runtime.resolve("carillon"));
        Files.createFile(runtime.resolve("carillon/control"));
        assertTrue(ServerPaths.isAnyThere(environment, folder.resolve("none")));
    }

    @Test
    void shouldListenInTheFirstFolderThatIsThereOrCanBeMade() {
        Path absent = folder.resolve("no/such/control");
        Path makeable = folder.resolve("carillon/control");
        Path last = folder.resolve("last/control");

        assertEquals(makeable, ServerPaths.toListenAt(List.of(absent, makeable, last)));
        assertEquals(last, ServerPaths.toListenAt(List.of(absent, last)));
    }

    @Test
    void shouldSetTheRightsOfAFolderThatIsThere() throws IOException {
        Path made = folder.resolve("carillon-made");
        SocketFolder.prepare(made, OWNER_ONLY);
        Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThrows(IpcException.class, () -> SocketFolder.check(made));

        SocketFolder.prepare(made, OWNER_ONLY);

        assertEquals(OWNER_ONLY, Files.getPosixFilePermissions(made));
        SocketFolder.check(made);
    }

    @Test
    void shouldLeaveAFolderThatIsForOtherThingsAsItIs() throws IOException {
        Path others = Files.createDirectory(folder.resolve("things"));
        Files.setPosixFilePermissions(others, PosixFilePermissions.fromString("rwxr-xr-x"));
        SocketFolder.prepare(others, OWNER_ONLY);
        assertEquals("rwxr-xr-x", PosixFilePermissions.toString(Files.getPosixFilePermissions(others)));

        Files.setPosixFilePermissions(others, PosixFilePermissions.fromString("rwxrwxrwx"));
        IpcException refused = assertThrows(IpcException.class, () -> SocketFolder.prepare(others, OWNER_ONLY));
        assertEquals("folder of a server's socket must be writable for its owner alone: folder=" + others,
                refused.getMessage());
        assertEquals("rwxrwxrwx", PosixFilePermissions.toString(Files.getPosixFilePermissions(others)));
    }

    @Test
    void shouldRefuseALinkAndAFile() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder);
        Path file = Files.createFile(folder.resolve("file"));

        assertThrows(IpcException.class, () -> SocketFolder.prepare(link, OWNER_ONLY));
        assertThrows(IpcException.class, () -> SocketFolder.check(file));
    }

    @Test
    void shouldRefuseAFolderOfAnotherUser() throws IOException {
        assumeTrue(PeerCredentials.ownUserId() == 0, "needs root, to give a folder away");
        Path theirs = Files.createDirectory(folder.resolve("theirs"));
        Files.setAttribute(theirs, "unix:uid", 12345);

        IpcException refused = assertThrows(IpcException.class, () -> SocketFolder.prepare(theirs, OWNER_ONLY));

        assertEquals(IpcException.Reason.FORBIDDEN, refused.reason());
        assertTrue(refused.getMessage().endsWith("owner=12345"), refused.getMessage());
    }

    @Test
    void shouldGiveALockToOneAtATime() throws IOException, InterruptedException {
        Path path = folder.resolve("lock");
        LockFile first = LockFile.tryLock(path).orElseThrow();
        assertEquals(Optional.empty(), LockFile.tryLock(path));
        first.close();
        LockFile.tryLock(path).orElseThrow().close();
        assumeTrue(Python.isThere(), "needs python3");
        Process python = Python.start("""
                import fcntl, sys
                fcntl.flock(open(sys.argv[1]), fcntl.LOCK_EX | fcntl.LOCK_NB)
                """, path.toString());
        Python.assertDone(python);
        try (LockFile again = LockFile.tryLock(path).orElseThrow()) {
            Process refused = Python.start("""
                    import fcntl, sys
                    try:
                        fcntl.flock(open(sys.argv[1]), fcntl.LOCK_EX | fcntl.LOCK_NB)
                        sys.exit('two hold the lock')
                    except BlockingIOError:
                        pass
                    """, path.toString());
            Python.assertDone(refused);
            assertTrue(Files.exists(path), () -> again.toString());
        }
    }
}
