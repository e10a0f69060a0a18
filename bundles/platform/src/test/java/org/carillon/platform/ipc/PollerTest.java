package org.carillon.platform.ipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;
import org.carillon.platform.Platform;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PollerTest {
    private static final int LIMIT_MS = 10_000;

    @TempDir
    private Path folder;

    @BeforeEach
    void needNativeCalls() {
        assumeTrue(Platform.current().isNative(), "needs native calls");
    }

    @Test
    void shouldFindEachThatHasSomethingAndForgetWhatIsRemoved() throws IOException {
        try (PacketListener listener = PacketListener.listen(folder.resolve("s"),
                PosixFilePermissions.fromString("rw-------"));
                Poller poller = new Poller();
                PacketSocket first = PacketSocket.connect(folder.resolve("s"));
                PacketSocket second = PacketSocket.connect(folder.resolve("s"))) {
            poller.add(first.descriptor(), 1);
            poller.add(second.descriptor(), 2);
            try (PacketSocket one = listener.accept().orElseThrow();
                    PacketSocket two = listener.accept().orElseThrow()) {
                assertTrue(listener.accept().isEmpty());
                assertEquals(0, poller.await(0));
                Packet packet = new Packet();
                one.send(packet.lengthBytes(1));
                two.send(packet.lengthBytes(1));
                assertEquals(Set.of(1L, 2L), keys(poller, poller.await(LIMIT_MS)));
                assertFalse(poller.isHungUp(0));
                assertTrue(first.receive(packet));
                one.send(packet.lengthBytes(1));
                poller.change(first.descriptor(), 1, false);
                assertEquals(Set.of(2L), keys(poller, poller.await(LIMIT_MS)));
                poller.change(first.descriptor(), 1, true);
                assertTrue(first.receive(packet));
                poller.remove(second.descriptor());
                assertEquals(0, poller.await(0));
            }
            assertEquals(Set.of(1L), keys(poller, poller.await(LIMIT_MS)));
            assertTrue(poller.isHungUp(0));
        }
    }

    @Test
    void shouldComeBackWhenAnotherThreadWakesIt() throws IOException, InterruptedException {
        try (Poller poller = new Poller()) {
            for (int i = 0; i < 20; i++) {
                Thread waker = new Thread(poller::wake);
                waker.start();
                assertEquals(0, poller.await(-1));
                waker.join();
            }
            assertEquals(0, poller.await(1));
        }
    }

    private static Set<Long> keys(Poller poller, int count) {
        Set<Long> keys = new HashSet<>();
        for (int i = 0; i < count; i++) {
            keys.add(poller.key(i));
        }
        return keys;
    }
}
