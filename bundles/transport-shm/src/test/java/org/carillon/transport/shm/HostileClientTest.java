package org.carillon.transport.shm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.carillon.platform.Platform;
import org.carillon.platform.ipc.LockFile;
import org.carillon.platform.ipc.MemoryFile;
import org.carillon.platform.ipc.Packet;
import org.carillon.platform.ipc.PacketSocket;
import org.carillon.protocol.ControlPacket;
import org.carillon.protocol.SessionMemory;
import org.carillon.protocol.SessionState;
import org.carillon.protocol.control.ControlRequest;
import org.carillon.protocol.control.Ends;
import org.carillon.protocol.control.NewConnection;
import org.carillon.protocol.control.Nothing;
import org.carillon.protocol.control.Number;
import org.carillon.protocol.control.Page;
import org.carillon.protocol.control.Refused;
import org.carillon.protocol.control.WireException;
import org.carillon.protocol.control.WireRefusal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a client may try, and that nobody else notices. */
@Timeout(120)
class HostileClientTest {
    private static final Page ALL = new Page(0, 1000, "");
    /** The owner's own client may do these. */
    private static final Set<ControlRequest> ALLOWED_TO_HARM = EnumSet.of(ControlRequest.DOWN, ControlRequest.RATE,
            ControlRequest.PANIC, ControlRequest.PANIC_NOW);
    private static final int HANG_UP_MS = 20_000;

    @TempDir
    private Path folder;
    private ServerRig rig;
    private Peer innocent;
    private int out;

    @BeforeEach
    void needNativeCalls() {
        assumeTrue(Platform.current().isNative(), "needs native calls");
    }

    private void start(Map<String, Object> configuration) throws IOException {
        rig = new ServerRig(folder, configuration);
        innocent = Peer.opened(rig.socket, "innocent");
        out = innocent.source("out");
        innocent.destination("in");
        innocent.ask.connect(new NewConnection("innocent:out", "innocent:in", "", false));
    }

    @AfterEach
    void stop() throws IOException {
        if (innocent != null) {
            assertEquals(SessionState.OPEN, innocent.memory.state());
            assertTrue(innocent.send(out, 0, 0x90, 1, 1));
            assertEquals(List.of("keyon 0 1 1"), innocent.read(1));
            innocent.close();
        }
        if (rig != null) {
            rig.close();
        }
    }

    @Test
    void shouldAnswerRandomBytesOrEndTheConnection() throws IOException {
        start(Map.of());
        Random random = new Random(20_261_121);
        ControlRequest[] requests = ControlRequest.values();
        for (int i = 0; i < 60; i++) {
            try (Peer peer = i % 3 == 0 ? new Peer(rig.socket) : Peer.greeted(rig.socket, "hostile")) {
                byte[] bytes = new byte[1 + random.nextInt(i % 5 == 0 ? 20_000 : 60)];
                random.nextBytes(bytes);
                java.lang.foreign.MemorySegment.copy(bytes, 0, peer.packet.bytes(), ValueLayout.JAVA_BYTE, 0,
                        bytes.length);
                ControlRequest request = requests[random.nextInt(requests.length)];
                if (bytes.length >= ControlPacket.VALUE_OFFSET && !ALLOWED_TO_HARM.contains(request)) {
                    ControlPacket.id(peer.packet.bytes(), request.id());
                }
                peer.socket.send(peer.packet.lengthBytes(bytes.length));
                peer.socket.timeLimit(1_000_000);
                try {
                    peer.socket.receive(peer.packet);
                } catch (IOException e) {
                    assertTrue(e.getMessage().contains("EAGAIN"), e.getMessage()); // one-way
                }
            }
        }
        assertEquals(0, rig.downs.get());
        assertEquals(new Number(3), innocent.ask.kernelPing(new Number(3)));
    }

    @Test
    void shouldKeepNothingOfDescriptorsThatNobodyAskedFor() throws IOException {
        start(Map.of());
        try (Peer peer = Peer.greeted(rig.socket, "giver"); MemoryFile file = MemoryFile.create("gift", 4096)) {
            for (int i = 0; i < 50; i++) {
                peer.packet.attach(file.descriptor(), file.descriptor(), file.descriptor(), file.descriptor());
                assertEquals(new Number(i), peer.ask.ping(new Number(i)));
            }
        }
        ServerRig.await("all gifts are gone", () -> gifts() == 0);
    }

    private static long gifts() {
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(HostileClientTest::isGift).count();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isGift(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().contains("memfd:gift");
        } catch (IOException e) {
            return false; // gone meanwhile
        }
    }

    @Test
    void shouldEndWhoDoesNotReadReplies() throws IOException {
        start(Map.of());
        try (Peer deaf = Peer.opened(rig.socket, "deaf")) {
            Packet packet = deaf.packet;
            for (int i = 0; i < 100_000 && !deaf.socket.awaitHangUp(0); i++) {
                ControlPacket.correlation(packet.bytes(), 1);
                ControlPacket.id(packet.bytes(), ControlRequest.COUNTERS.id());
                deaf.socket.sendAtOnce(packet.lengthBytes(ControlPacket.VALUE_OFFSET));
            }
            assertTrue(deaf.socket.awaitHangUp(HANG_UP_MS));
            ServerRig.await("its session is gone", () -> !rig.status().sessions().contains("deaf"));
            assertEquals(SessionState.EXCEEDED, deaf.memory.state());
        }
    }

    @Test
    void shouldEndTheSessionOfForgedWords() throws IOException {
        start(Map.of());
        Random random = new Random(7);
        for (int i = 0; i < 20; i++) {
            try (Peer forger = Peer.opened(rig.socket, "forger")) {
                forger.destination("in");
                forger.toServer.set(ValueLayout.JAVA_LONG, SessionMemory.TAIL_OFFSET, switch (i % 4) {
                    case 0 -> Long.MIN_VALUE;
                    case 1 -> 1L << 40;
                    case 2 -> 4;
                    default -> 8 * (1 + random.nextInt(1000)); // records of nothing
                });
                forger.toServer.set(ValueLayout.JAVA_INT, SessionMemory.KERNEL_WORD_OFFSET, random.nextInt());
                Platform.current().wake(forger.memory.kernelWord());

                innocent.ask.kernelPing(new Number(i));
                assertTrue(forger.socket.awaitHangUp(HANG_UP_MS));
                assertEquals(SessionState.VIOLATED, forger.memory.state());
            }
        }
        ServerRig.await("all are gone", () -> rig.status().sessions().equals(List.of("innocent")));
    }

    @Test
    void shouldTellWhoIsEndedWhyInALastPacketAndInItsMemory() throws IOException {
        start(Map.of());
        try (Peer rough = Peer.opened(rig.socket, "rough"); Peer forger = Peer.opened(rig.socket, "forger")) {
            rough.socket.send(rough.packet.lengthBytes(ControlPacket.VALUE_OFFSET - 1));
            forger.toServer.set(ValueLayout.JAVA_LONG, SessionMemory.TAIL_OFFSET, -8);
            Platform.current().wake(forger.memory.kernelWord());
            innocent.ask.kernelPing(new Number(1));

            assertEquals("packet shorter than its head: lengthBytes=7", lastWords(rough));
            assertEquals("ring to the server: position moved backward: value=-8, head=0, capacityBytes=65536",
                    lastWords(forger));
        }
    }

    private static String lastWords(Peer ended) throws IOException {
        assertTrue(ended.socket.awaitHangUp(HANG_UP_MS));
        assertEquals(SessionState.VIOLATED, ended.memory.state());
        assertTrue(ended.socket.receive(ended.packet));
        assertEquals(0, ControlPacket.correlation(ended.packet.bytes()));
        assertEquals(Refused.CLASS_ID, ControlPacket.id(ended.packet.bytes()));
        try {
            Refused refused = Refused.decode(ended.packet.bytes(), ControlPacket.VALUE_OFFSET,
                    ended.packet.lengthBytes() - ControlPacket.VALUE_OFFSET);
            assertEquals("WRONG_USAGE", refused.code());
            return refused.message();
        } catch (WireException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldRefuseWhatGoesBeyondAUsersQuota() throws IOException {
        start(Map.of("userSessions", 3, "userRingBytes", 400_000, "userPorts", 5, "userSockets", 5,
                "userConnections", 2));
        try (Peer second = Peer.opened(rig.socket, "second"); Peer third = Peer.greeted(rig.socket, "third")) {
            second.source("a");
            second.source("b");
            second.source("c");
            assertRefused("quota of ports is reached: user=", () -> second.source("d"));
            assertRefused("quota of ring bytes is reached: user=", () -> third.open("third", 1 << 20));
            third.ask.connect(new NewConnection("x", "y", "", false));
            assertRefused("quota of connections is reached: user=",
                    () -> third.ask.connect(new NewConnection("y", "z", "", false)));
            third.ask.disconnect(new Ends("x", "y"));
            third.ask.connect(new NewConnection("y", "z", "", false));
            third.open("third", 8192);
            try (Peer fourth = Peer.greeted(rig.socket, "fourth"); Peer fifth = Peer.greeted(rig.socket, "fifth")) {
                assertEquals(new Number(5), fifth.ask.ping(new Number(5)));
                assertRefused("quota of sessions is reached: user=", () -> fourth.open("fourth", 8192));
                try (PacketSocket sixth = PacketSocket.connect(rig.socket)) {
                    Packet packet = new Packet();
                    assertTrue(sixth.receive(packet));
                    assertEquals(Refused.CLASS_ID, ControlPacket.id(packet.bytes()));
                    assertFalse(sixth.receive(packet));
                }
            }
            second.ask.closeSession(new Nothing());
            second.open("again", 8192);
            second.source("a");
        }
        ServerRig.await("room is back", () -> {
            try (Peer again = Peer.opened(rig.socket, "later")) {
                return again.memory.state() == SessionState.OPEN;
            } catch (IOException e) {
                return false;
            }
        });
    }

    @Test
    void shouldRefuseThenEndWhoAsksTooMuch() throws IOException {
        start(Map.of("userRequestsPerSecond", 50));
        List<String> refusals = new ArrayList<>();
        Peer flood = Peer.opened(rig.socket, "flood");
        try {
            while (refusals.size() < 1_000) {
                try {
                    flood.ask.ping(new Number(1));
                } catch (WireRefusal e) {
                    refusals.add(e.getMessage());
                }
            }
            throw new AssertionError("it may ask for ever");
        } catch (IOException e) {
            assertFalse(refusals.isEmpty());
            assertTrue(refusals.getFirst().startsWith("quota of requests each second is reached: user="));
            assertTrue(flood.socket.awaitHangUp(HANG_UP_MS));
            assertEquals(SessionState.EXCEEDED, flood.memory.state());
        } finally {
            flood.close();
        }
        ServerRig.await("others may ask again", () -> {
            try {
                return innocent.ask.ports(ALL).total() == 2;
            } catch (IOException e) {
                return false;
            }
        });
    }

    @Test
    void shouldSayWhoIsInTheWay() throws IOException {
        start(Map.of());
        IOException second = assertThrows(IOException.class, () -> ListeningPlace.open(rig.socket, ""));
        assertEquals("another server listens there: socket=" + rig.socket, second.getMessage());
        IOException tooLong = assertThrows(IOException.class,
                () -> ListeningPlace.open(folder.resolve("x".repeat(100)).resolve("control"), ""));
        assertTrue(tooLong.getMessage().startsWith("socket path must have 1 to 107 bytes"), tooLong.getMessage());
    }

    @Test
    void shouldTakeThePlaceOfADeadServer() throws IOException {
        Path stale = folder.resolve("carillon-stale/control");
        Files.createDirectory(stale.getParent());
        Files.createFile(stale);
        Files.createFile(folder.resolve("carillon-stale/control.lock"));

        try (ListeningPlace place = ListeningPlace.open(stale, "")) {
            assertEquals("rwx------", java.nio.file.attribute.PosixFilePermissions
                    .toString(Files.getPosixFilePermissions(stale.getParent())));
            PacketSocket.connect(place.path()).close();
            assertTrue(LockFile.tryLock(folder.resolve("carillon-stale/control.lock")).isEmpty());
        }
        assertFalse(Files.exists(stale));
    }

    private static void assertRefused(String start, ControlServerTest.Asking asking) {
        WireRefusal refusal = assertThrows(WireRefusal.class, asking::ask);
        assertTrue(refusal.getMessage().startsWith(start), refusal.getMessage());
        assertEquals("REFUSED", refusal.code());
    }
}
