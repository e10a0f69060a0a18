package org.carillon.transport.shm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.carillon.platform.Platform;
import org.carillon.protocol.Change;
import org.carillon.protocol.SessionState;
import org.carillon.protocol.StatusCounter;
import org.carillon.protocol.control.Cancelled;
import org.carillon.protocol.control.ConnectionFilter;
import org.carillon.protocol.control.Ends;
import org.carillon.protocol.control.Hello;
import org.carillon.protocol.control.LogLine;
import org.carillon.protocol.control.NewConnection;
import org.carillon.protocol.control.NewTap;
import org.carillon.protocol.control.NewTask;
import org.carillon.protocol.control.Nothing;
import org.carillon.protocol.control.Number;
import org.carillon.protocol.control.OpenSession;
import org.carillon.protocol.control.Page;
import org.carillon.protocol.control.PortEntry;
import org.carillon.protocol.control.PortId;
import org.carillon.protocol.control.Rate;
import org.carillon.protocol.control.SessionEntry;
import org.carillon.protocol.control.SessionName;
import org.carillon.protocol.control.TaskHandle;
import org.carillon.protocol.control.Watch;
import org.carillon.protocol.control.Welcome;
import org.carillon.protocol.control.WireRefusal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ControlServerTest {
    private static final Nothing NOTHING = new Nothing();
    private static final Page ALL = new Page(0, 1000, "");

    @TempDir
    private Path folder;
    private ServerRig rig;

    @BeforeEach
    void start() throws IOException {
        assumeTrue(Platform.current().isNative(), "needs native calls");
        rig = new ServerRig(folder);
    }

    @AfterEach
    void stop() throws IOException {
        if (rig != null) {
            rig.close();
        }
    }

    @Test
    void shouldWelcomeWithAPageThatCanOnlyBeRead() throws IOException {
        try (Peer peer = new Peer(rig.socket)) {
            Welcome welcome = peer.hello("test");

            assertEquals("1.2.3", welcome.serverVersion());
            assertEquals(ProcessHandle.current().pid(), welcome.processId());
            assertEquals(2, welcome.right());
            assertEquals(welcome.processId(), peer.page.processId());
            assertTrue(peer.page.segment().isReadOnly());
        }
    }

    @Test
    void shouldCarryEventsFromOneClientToAnotherAndBack() throws IOException {
        try (Peer first = Peer.opened(rig.socket, "first"); Peer second = Peer.opened(rig.socket, "second")) {
            int out = first.source("out");
            first.destination("in");
            int echo = second.source("echo");
            second.destination("in");
            first.ask.connect(new NewConnection("first:out", "second:in", "", false));
            first.ask.connect(new NewConnection("second:echo", "first:in", "", false));

            for (int round = 0; round < 100; round++) {
                assertTrue(first.send(out, 0, 0x90, 60, 1 + round));
                assertEquals(List.of("keyon 0 60 " + (1 + round)), second.read(1));
                assertTrue(second.send(echo, 0, 0x90, 62, 1 + round));
                assertEquals(List.of("keyon 0 62 " + (1 + round)), first.read(1));
            }
            assertEquals(SessionState.OPEN, first.memory.state());
        }
    }

    @Test
    void shouldReleaseWhatADeadClientHadStarted() throws IOException {
        try (Peer listener = Peer.opened(rig.socket, "listener")) {
            listener.destination("in");
            try (Peer player = Peer.opened(rig.socket, "player")) {
                int out = player.source("out");
                player.ask.connect(new NewConnection("player:out", "listener:in", "", false));
                player.send(out, 0, 0x90, 60, 1);
                assertEquals(List.of("keyon 0 60 1"), listener.read(1));
            }

            assertEquals(List.of("keyoff 0 60 64"), listener.read(1));
            ServerRig.await("the session is gone", () -> rig.status().sessions().equals(List.of("listener")));
            ServerRig.await("counted", () -> rig.status().count(StatusCounter.RELEASED) == 1);
        }
    }

    @Test
    void shouldListWhatIsThere() throws IOException {
        try (Peer peer = Peer.opened(rig.socket, "lister")) {
            int b = peer.source("b");
            int a = peer.source("a");
            peer.destination("a");
            peer.ask.connect(new NewConnection("lister:a", "absent", "", false));

            PortEntry[] ports = peer.ask.ports(ALL).ports();
            assertEquals(List.of("lister:a", "lister:a", "lister:b"),
                    Arrays.stream(ports).map(PortEntry::name).toList());
            assertArrayEquals(new int[]{a, b}, Arrays.stream(ports).filter(port -> !port.isDestination())
                    .mapToInt(PortEntry::portId).toArray());
            assertEquals(3, peer.ask.ports(new Page(2, 1, "")).total());
            assertEquals("lister:b", peer.ask.ports(new Page(2, 1, "")).ports()[0].name());
            assertEquals(1, peer.ask.ports(new Page(0, 10, ":B")).total());
            assertEquals("absent", peer.ask.connections(ALL).connections()[0].destination());
            assertEquals(0, peer.ask.connections(ALL).connections()[0].state());
            SessionEntry session = peer.ask.sessions(ALL).sessions()[0];
            assertEquals("lister", session.name());
            assertEquals("test", session.program());
            assertEquals(ProcessHandle.current().pid(), session.processId());
            assertEquals(3, session.ports());
            assertEquals(StatusCounter.values().length, peer.ask.counters(NOTHING).count());
            assertEquals(3, peer.ask.status(NOTHING).ports());
            assertEquals(rig.socket.toString(), peer.ask.status(NOTHING).socket());
        }
    }

    @Test
    void shouldListMoreThanAPacketHoldsInParts() throws IOException {
        try (Peer peer = Peer.opened(rig.socket, "many")) {
            for (int i = 0; i < 240; i++) {
                peer.source("x".repeat(90) + i);
                peer.destination("x".repeat(90) + i);
            }
            int seen = 0;
            int parts = 0;
            while (seen < 480) {
                int count = peer.ask.ports(new Page(seen, 10_000, "")).count();
                assertTrue(count > 0);
                seen += count;
                parts++;
            }
            assertEquals(480, seen);
            assertTrue(parts > 1, "parts=" + parts);
        }
    }

    @Test
    void shouldTellTimeAndChangeItsRate() throws IOException {
        try (Peer peer = Peer.greeted(rig.socket, "clock")) {
            assertEquals(1.0, peer.ask.time(NOTHING).rate());
            peer.ask.rate(new Rate(2));
            assertEquals(2.0, peer.ask.time(NOTHING).rate());
            assertEquals(2.0, peer.page.clock().rate());
            assertRefused("WRONG_USAGE", "rate must be above 0 and at most 1000: rate=NaN",
                    () -> peer.ask.rate(new Rate(Double.NaN)));
        }
    }

    @Test
    void shouldRunTasksAndTakeBackThoseOfThisSessionOnly() throws IOException {
        try (Peer peer = Peer.opened(rig.socket, "tasks"); Peer other = Peer.opened(rig.socket, "other")) {
            long handle = peer.ask.schedule(new NewTask(Long.MAX_VALUE - 5, 1, 0, 0, 0)).handle();
            peer.ask.schedule(new NewTask(0, 2, 0, 0, 0));

            assertEquals(List.of("task 2"), peer.read(1));
            assertEquals(new Cancelled(false), other.ask.cancel(new TaskHandle(handle)));
            assertEquals(new Cancelled(true), peer.ask.cancel(new TaskHandle(handle)));
            assertEquals(new Cancelled(false), peer.ask.cancel(new TaskHandle(handle)));
        }
    }

    @Test
    void shouldTellWhoWatches() throws IOException {
        try (Peer watcher = Peer.opened(rig.socket, "watcher")) {
            watcher.ask.watch(new Watch(Change.EVERYTHING));
            try (Peer peer = Peer.opened(rig.socket, "peer")) {
                peer.source("out");
                peer.ask.connect(new NewConnection("peer:out", "absent", "", false));
                peer.ask.disconnect(new Ends("peer:out", "absent"));
            }

            assertEquals(List.of("SESSION_CAME", "PORT_CAME", "CONNECTION_CAME", "CONNECTION_GONE", "PORT_GONE",
                    "SESSION_GONE"), watcher.read(6));
        }
    }

    @Test
    void shouldKickAndSayWhy() throws IOException {
        try (Peer victim = Peer.opened(rig.socket, "victim"); Peer admin = Peer.greeted(rig.socket, "admin")) {
            admin.ask.kick(new SessionName("victim"));

            ServerRig.await("the victim knows", () -> victim.memory.state() == SessionState.KICKED);
            assertTrue(victim.socket.awaitHangUp(20_000));
            assertRefused("NO_SUCH_NAME", "no such session: name=victim",
                    () -> admin.ask.kick(new SessionName("victim")));
        }
    }

    @Test
    void shouldGoOnLookingAfterTheSessionIsClosed() throws IOException {
        try (Peer peer = Peer.opened(rig.socket, "brief")) {
            peer.ask.closeSession(NOTHING);

            assertEquals(SessionState.CLOSED, peer.memory.state());
            assertEquals(0, peer.ask.sessions(ALL).count());
            peer.open("again", 8192);
            assertEquals(1, peer.ask.sessions(ALL).count());
        }
    }

    @Test
    void shouldRefuseWithOneClearMessage() throws IOException {
        try (Peer peer = new Peer(rig.socket); Peer other = Peer.opened(rig.socket, "taken")) {
            assertRefused("WRONG_USAGE", "the first request must be hello: id=" + Integer.toUnsignedString(
                    org.carillon.protocol.control.ControlRequest.PING.id()), () -> peer.ask.ping(new Number(1)));
            assertRefused("REFUSED", "client must speak protocol 1, it is newer than the server: protocolVersion=2",
                    () -> peer.ask.hello(new Hello(2, "new", 1)));
            assertRefused("REFUSED", "client must speak protocol 1, it is older than the server: protocolVersion=0",
                    () -> peer.ask.hello(new Hello(0, "old", 1)));
            assertRefused("WRONG_USAGE", "client name must have 1 to 102 bytes and no control characters: "
                    + "lengthBytes=1, name=\n", () -> peer.hello("\n"));
            peer.hello("peer");
            assertRefused("WRONG_USAGE", "hello is said once: clientName=peer", () -> peer.hello("peer"));
            assertRefused("WRONG_USAGE", "this needs a session: open one first", () -> peer.source("out"));
            assertRefused("REFUSED", "session name is taken: name=taken", () -> peer.open("taken", 0));
            assertRefused("WRONG_USAGE", "session name must have no ':': name=a:b", () -> peer.open("a:b", 0));
            assertRefused("WRONG_USAGE", "ring capacity must be a power of two from 8192 to 16777216 bytes: "
                    + "capacityBytes=10000", () -> peer.open("peer", 10_000));
            assertRefused("WRONG_USAGE", "flags must be 0: flags=1",
                    () -> peer.ask.openSession(new OpenSession("peer", 0, 0, 1)));
            peer.open("peer", 0);
            assertRefused("REFUSED", "a connection has one session, open another connection: session=peer",
                    () -> peer.open("second", 0));
            peer.source("out");
            assertRefused("REFUSED", "source name is taken: name=peer:out", () -> peer.source("out"));
            assertRefused("NO_SUCH_NAME", "port is none of the session: session=peer, portId=1",
                    () -> peer.ask.removePort(new PortId(1)));
            assertRefused("NO_SUCH_NAME", "no such connection: connection=a --> b",
                    () -> peer.ask.disconnect(new Ends("a", "b")));
            assertRefused("NO_SUCH_NAME", "no such connection: connection=a --> b",
                    () -> peer.ask.filter(new ConnectionFilter("a", "b", "")));
            assertRefused("FAILED", "no bundle offers this: wanted=drivers folder", () -> peer.ask.drivers(ALL));
            assertRefused("WRONG_USAGE", "changes must be a sum of 1, 2 and 4: changes=8",
                    () -> peer.ask.watch(new Watch(8)));
            assertEquals(new Number(7), peer.ask.ping(new Number(7)));
            assertEquals(new Number(8), peer.ask.kernelPing(new Number(8)));
            assertNotEquals(0, other.ask.tap(new NewTap(false, "peer:out", "nowhere", "")).connectionId());
        }
    }

    @Test
    void shouldAnswerNothingToWhatIsOneWay() throws IOException {
        try (Peer peer = Peer.greeted(rig.socket, "oneway")) {
            peer.ask.tell(new LogLine(0, "a line\nof two"));
            peer.ask.panicNow(NOTHING);
            assertEquals(new Number(1), peer.ask.ping(new Number(1)));
            ServerRig.await("it was done", () -> rig.status().count(StatusCounter.PANICS) == 1);
        }
    }

    @Test
    void shouldEndByRequest() throws IOException {
        try (Peer peer = Peer.greeted(rig.socket, "down")) {
            peer.ask.down(NOTHING);
            assertEquals(1, rig.downs.get());
        }
    }

    @Test
    void shouldEndSessionsWhenItStops() throws IOException {
        try (Peer peer = Peer.opened(rig.socket, "left")) {
            rig.close();
            assertEquals(SessionState.STOPPED, peer.memory.state());
            assertTrue(peer.socket.awaitHangUp(20_000));
            assertFalse(java.nio.file.Files.exists(rig.socket));
            assertThrows(IOException.class, () -> Peer.greeted(rig.socket, "late"));
        }
        rig = null;
    }

    /** Something that is to be refused. */
    @FunctionalInterface
    interface Asking {
        void ask() throws IOException;
    }

    static void assertRefused(String code, String message, Asking asking) {
        WireRefusal refusal = assertThrows(WireRefusal.class, asking::ask);
        assertEquals(message, refusal.getMessage());
        assertEquals(code, refusal.code());
    }
}
