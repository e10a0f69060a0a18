package org.carillon.platform.ipc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.carillon.platform.Platform;
import org.carillon.platform.ipc.PacketSocket.Received;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PacketSocketTest {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final int ACCEPT_MS = 10_000;

    @TempDir
    private Path folder;
    private final Packet packet = packet();

    @BeforeEach
    void needNativeCalls() {
        assumeTrue(Platform.current().isNative(), "needs native calls");
    }

    @Test
    void shouldCarryPacketsWholeAndInOrder() throws IOException {
        try (PacketListener listener = listen();
                PacketSocket client = PacketSocket.connect(path());
                PacketSocket server = accept(listener)) {
            send(client, "one");
            send(client, "three");
            client.send(packet.lengthBytes(Packet.MAX_LENGTH));

            assertEquals("one", receive(server));
            assertEquals("three", receive(server));
            assertTrue(server.receive(packet));
            assertEquals(Packet.MAX_LENGTH, packet.lengthBytes());
            assertFalse(packet.isTruncated());
            assertEquals(Received.NOTHING, server.receiveAtOnce(packet));
        }
    }

    @Test
    void shouldSeeTheEndOfTheOtherSide() throws IOException {
        try (PacketListener listener = listen();
                PacketSocket client = PacketSocket.connect(path());
                PacketSocket server = accept(listener)) {
            assertFalse(server.awaitHangUp(0));
            send(client, "last");
            client.shutDown();

            assertTrue(server.awaitHangUp(ACCEPT_MS));
            assertEquals("last", receive(server));
            assertFalse(server.receive(packet));
            assertEquals(Received.END, server.receiveAtOnce(packet));
            assertFalse(server.sendAtOnce(packet.lengthBytes(1)));
            IpcException gone = assertThrows(IpcException.class, () -> server.send(packet.lengthBytes(1)));
            assertEquals(IpcException.Reason.GONE, gone.reason());
        }
    }

    @Test
    void shouldEndAWaitByShutDownAndByTimeLimit() throws IOException, InterruptedException {
        try (PacketListener listener = listen();
                PacketSocket client = PacketSocket.connect(path());
                PacketSocket server = accept(listener)) {
            client.timeLimit(1_000_000);
            IpcException late = assertThrows(IpcException.class, () -> client.receive(packet));
            assertEquals(IpcException.Reason.TIMED_OUT, late.reason());

            client.timeLimit(0);
            Thread ender = new Thread(client::shutDown);
            ender.start();
            assertFalse(client.receive(packet));
            ender.join();
            assertTrue(server.awaitHangUp(ACCEPT_MS));
        }
    }

    @Test
    void shouldSayThatTheQueueIsFullInsteadOfWaiting() throws IOException {
        try (PacketListener listener = listen();
                PacketSocket client = PacketSocket.connect(path());
                PacketSocket server = accept(listener)) {
            int sent = 0;
            while (client.sendAtOnce(packet.lengthBytes(Packet.MAX_LENGTH))) {
                sent++;
                assertTrue(sent < 10_000, "queue has no end");
            }

            assertTrue(sent > 0);
            assertTrue(server.receive(packet));
        }
    }

    @Test
    void shouldPassDescriptorsToAnotherProcessAndTakeThoseItSends() throws IOException, InterruptedException {
        assumeTrue(Python.isThere(), "needs python3");
        try (PacketListener listener = listen();
                MemoryFile file = MemoryFile.create("shared", 4096);
                Arena arena = Arena.ofShared()) {
            MemorySegment mapped = file.map(arena, true);
            mapped.set(ValueLayout.JAVA_INT, 0, 4711);
            Process python = Python.start("""
                    import socket, sys, mmap, struct, os
                    s = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
                    s.connect(sys.argv[1])
                    data, fds, flags, _ = socket.recv_fds(s, 65536, 4)
                    assert data == b'here' and len(fds) == 1, (data, fds)
                    m = mmap.mmap(fds[0], 4096)
                    assert struct.unpack_from('<i', m, 0)[0] == 4711
                    struct.pack_into('<i', m, 4, 1147)
                    made = os.memfd_create('back', os.MFD_ALLOW_SEALING)
                    os.write(made, struct.pack('<i', 99) + bytes(4092))
                    socket.send_fds(s, [b'back'], [made])
                    s.recv(1)
                    """, path().toString());
            try (PacketSocket server = accept(listener)) {
                assertEquals(python.pid(), server.peer().processId());
                assertEquals(PeerCredentials.ownUserId(), server.peer().userId());
                server.send(text("here").attach(file.descriptor()));
                packet.detach();

                assertEquals("back", receive(server));
                assertEquals(1, packet.descriptors().length);
                assertEquals(1147, mapped.get(ValueLayout.JAVA_INT, 4));
                try (MemoryFile back = MemoryFile.received(packet.descriptors()[0], 4096, 0)) {
                    assertEquals(99, back.map(arena, false).get(ValueLayout.JAVA_INT, 0));
                }
            }
            Python.assertDone(python);
        }
    }

    @Test
    void shouldGiveBackDescriptorsThatNobodyAskedFor() throws IOException {
        try (PacketListener listener = listen();
                PacketSocket client = PacketSocket.connect(path());
                PacketSocket server = accept(listener);
                MemoryFile file = MemoryFile.create("uninvited", 4096)) {
            long before = uninvited();
            for (int i = 0; i < 100; i++) {
                client.send(text("x").attach(file.descriptor(), file.descriptor(), file.descriptor()));
                assertEquals("x", receive(server));
                assertEquals(3, packet.descriptors().length);
                packet.closeDescriptors();
                packet.detach();
            }
            assertEquals(before, uninvited());
            assertArrayEquals(new int[0], packet.descriptors());
        }
    }

    private static long uninvited() throws IOException {
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(PacketSocketTest::isUninvited).count();
        }
    }

    private static boolean isUninvited(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().contains("uninvited");
        } catch (IOException e) {
            return false; // the one that listed them
        }
    }

    @Test
    void shouldTellWhoDoesNotListen() throws IOException {
        IpcException nobody = assertThrows(IpcException.class, () -> PacketSocket.connect(path()));
        assertEquals(IpcException.Reason.NOBODY_LISTENS, nobody.reason());

        PacketListener listener = listen();
        IpcException twice = assertThrows(IpcException.class, this::listen);
        listener.close();

        assertEquals("bind failed: errno=98 (EADDRINUSE), path=" + path(), twice.getMessage());
        assertFalse(Files.exists(path()));
    }

    @Test
    void shouldRefuseAPathThatNoAddressHolds() {
        Path deep = folder.resolve("x".repeat(110));

        IpcException refused = assertThrows(IpcException.class, () -> PacketListener.listen(deep, OWNER_ONLY));

        assertEquals(IpcException.Reason.PATH_TOO_LONG, refused.reason());
        assertTrue(refused.getMessage().startsWith("socket path must have 1 to 107 bytes: lengthBytes="));
    }

    @Test
    void shouldGiveTheSocketFileItsRights() throws IOException {
        try (PacketListener listener = listen()) {
            assertTrue(listener.descriptor() > 0);
            assertEquals(OWNER_ONLY, Files.getPosixFilePermissions(path()));
        }
    }

    private PacketListener listen() throws IOException {
        return PacketListener.listen(path(), OWNER_ONLY);
    }

    private Path path() {
        return folder.resolve("s");
    }

    private static PacketSocket accept(PacketListener listener) throws IOException {
        try (Poller poller = new Poller()) {
            poller.add(listener.descriptor(), 0);
            assertEquals(1, poller.await(ACCEPT_MS), "nobody connects");
            Optional<PacketSocket> accepted = listener.accept();
            return accepted.orElseThrow();
        }
    }

    private static Packet packet() {
        return Platform.current().isNative() ? new Packet() : null;
    }

    private Packet text(String words) {
        byte[] bytes = words.getBytes(StandardCharsets.UTF_8);
        MemorySegment.copy(bytes, 0, packet.bytes(), ValueLayout.JAVA_BYTE, 0, bytes.length);
        return packet.lengthBytes(bytes.length);
    }

    private void send(PacketSocket socket, String words) throws IOException {
        socket.send(text(words));
    }

    private String receive(PacketSocket socket) throws IOException {
        assertTrue(socket.receive(packet));
        return new String(packet.bytes().asSlice(0, packet.lengthBytes()).toArray(ValueLayout.JAVA_BYTE),
                StandardCharsets.UTF_8);
    }
}
