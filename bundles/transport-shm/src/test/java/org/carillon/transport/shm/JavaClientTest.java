package org.carillon.transport.shm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.carillon.client.CarillonClient;
import org.carillon.client.ClientDestination;
import org.carillon.client.ClientException;
import org.carillon.client.ClientException.Kind;
import org.carillon.client.ClientOptions;
import org.carillon.client.ClientSession;
import org.carillon.client.ClientSource;
import org.carillon.client.ClientState;
import org.carillon.client.EventHandler;
import org.carillon.client.Receiver;
import org.carillon.protocol.Change;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;
import org.carillon.protocol.control.ConnectionEntry;
import org.carillon.protocol.control.Number;
import org.carillon.protocol.control.PortEntry;
import org.carillon.protocol.control.SessionName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The Java client with a real kernel at the other end of a real socket. */
@Timeout(120)
class JavaClientTest {
    private static final long MILLISECOND_NS = 1_000_000;
    private static final int EVENTS = 20_000;
    /** Fewer than either ring holds. */
    private static final int UNDER_WAY = 1_000;
    private static final long LONG_NS = 20_000_000_000L;

    @TempDir
    Path folder;
    private ServerRig rig;
    private CarillonClient client;
    private final List<String> seen = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() throws IOException {
        rig = new ServerRig(folder);
        client = new CarillonClient(ClientOptions.named("test").at(rig.socket).startedBy());
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        if (rig != null) {
            rig.close();
        }
    }

    private void note(Event event) {
        seen.add(EventType.name(event.type()) + " " + event.data(1) + " " + event.data(2));
    }

    private void pollUntil(ClientSession session, int count) {
        long untilNs = System.nanoTime() + LONG_NS;
        while (seen.size() < count) {
            session.poll(this::note, 10);
            session.await(System.nanoTime() + MILLISECOND_NS);
            assertTrue(System.nanoTime() - untilNs < 0, () -> "waited in vain: seen=" + seen);
        }
    }

    @Test
    void shouldSendAndReceive() {
        ClientSession session = client.open("one");
        ClientSource out = session.source("out");
        ClientDestination in = session.destination("in");
        session.connect("one:out", "one:in", "transp 12", false);

        assertTrue(out.send(0, 0x90, 60, 100));
        assertTrue(out.send(0, 0x80, 60, 0));
        session.flush();
        pollUntil(session, 2);

        assertEquals(List.of("keyon 72 100", "keyoff 72 0"), seen);
        assertEquals(0, in.index());
        assertEquals("one:out", out.name());
        assertTrue(session.server().isConnected("one:out", "one:in"));
    }

    @Test
    void shouldSendAtATimeAndNoEarlier() {
        ClientSession session = client.open("timed");
        ClientSource out = session.source("out");
        session.destination("in");
        session.connect("timed:out", "timed:in");
        long dateNs = session.server().clock().nowNs() + 30 * MILLISECOND_NS;
        AtomicReference<Long> cameNs = new AtomicReference<>(0L);

        out.send(dateNs, 0xB0, 7, 90);
        out.flush();
        ServerRig.await("event comes", () -> session.poll(event -> {
            cameNs.set(session.server().clock().nowNs());
            assertEquals(dateNs, event.timeNs());
        }, 1) == 1);

        assertTrue(cameNs.get() >= dateNs);
    }

    @Test
    void shouldSendToItself() {
        ClientSession session = client.open("self");
        long soonNs = session.server().clock().nowNs() + 300 * MILLISECOND_NS; // both are asked for before it
        List<Long> words = new ArrayList<>();
        long far = session.schedule(soonNs + LONG_NS, 1, 0, 0, 0);

        session.schedule(soonNs, 10, 11, 12, 13);
        assertTrue(session.sendTask(soonNs + MILLISECOND_NS, 20, 21, 22, 23));
        session.flush();
        ServerRig.await("tasks come", () -> {
            session.poll(event -> Collections.addAll(words, event.taskWord(0), event.taskWord(3)), 10);
            return words.size() == 4;
        });

        assertEquals(List.of(10L, 13L, 20L, 23L), words);
        assertTrue(session.cancel(far));
        assertFalse(session.cancel(far));
    }

    @Test
    void shouldCarrySysexAsLongAsItIs() {
        ClientSession session = client.open("sysex");
        ClientSource out = session.source("out");
        session.destination("in");
        session.connect("sysex:out", "sysex:in");
        byte[] message = new byte[200_000];
        message[0] = (byte) 0xF0;
        for (int i = 1; i < message.length - 1; i++) {
            message[i] = (byte) (i % 127);
        }
        message[message.length - 1] = (byte) 0xF7;
        ByteArrayOutputStream came = new ByteArrayOutputStream();
        AtomicInteger ends = new AtomicInteger();

        try (Receiver receiver = session.receive(event -> {
            byte[] piece = new byte[event.payloadLength()];
            event.payload(piece, 0, piece.length);
            came.writeBytes(piece);
            ends.addAndGet((event.flags() & Event.END) != 0 ? 1 : 0);
        }, Receiver.NORMAL)) {
            assertTrue(out.sendMessage(0, message, LONG_NS));
            ServerRig.await("message comes", () -> ends.get() == 1);
            assertTrue(receiver.grants().isEmpty());
        }

        assertArrayEquals(message, came.toByteArray());
    }

    @Test
    void shouldReceiveOnAThreadOfRealTimeWherePermitted() {
        ClientSession session = client.open("realtime");
        ClientSource out = session.source("out");
        session.destination("in");
        session.connect("realtime:out", "realtime:in");

        try (Receiver receiver = session.receive(this::note, Receiver.DEFAULT_PRIORITY)) {
            out.send(0, 0xC0, 5, 0);
            out.flush();
            ServerRig.await("event comes", () -> seen.size() == 1);
            assertEquals(3, receiver.grants().size());
        }
        assertEquals(List.of("progchange 5 0"), seen);
    }

    @Test
    void shouldHaveSeveralSessionsThatSeeEachOther() {
        ClientSession left = client.open("left");
        ClientSession right = client.open("right");
        ClientSource out = left.source("out");
        right.destination("in");
        left.connect("left:out", "right:in");

        out.send(0, 0xE0, 1, 2);
        left.flush();
        pollUntil(right, 1);

        assertEquals(List.of("pitchwheel 1 2"), seen);
        assertEquals(List.of("left", "right"), client.look().sessions());
        List<String> ports = client.look().ports().stream().map(PortEntry::name).toList();
        assertEquals(List.of("left:out", "right:in"), ports);
        ConnectionEntry connection = right.server().connections().getFirst();
        assertEquals("left:out right:in", connection.source() + " " + connection.destination());
    }

    @Test
    void shouldTellChangesThatAreWatched() {
        ClientSession watcher = client.open("watcher");
        watcher.watch(Change.PORTS | Change.CONNECTIONS);
        List<Change> changes = new ArrayList<>();

        ClientSession other = client.open("other");
        ClientSource out = other.source("out");
        other.connect("other:out", "nowhere");
        other.remove(out);
        ServerRig.await("changes come", () -> {
            watcher.poll(event -> changes.add(Change.of(event.data())), 10);
            return changes.contains(Change.PORT_GONE);
        });

        assertEquals(Change.PORT_CAME, changes.getFirst());
        assertTrue(changes.contains(Change.CONNECTION_CAME), changes.toString());
    }

    @Test
    void shouldSayNoAsTheServerDoes() {
        ClientSession session = client.open("taken");

        assertKind(Kind.REFUSED, () -> client.open("taken"));
        assertKind(Kind.WRONG_USAGE, () -> client.open("a:b"));
        assertKind(Kind.NO_SUCH_NAME, () -> session.disconnect("none", "nowhere"));
        assertKind(Kind.WRONG_USAGE, () -> session.connect("a", "b", "no such word", false));
        assertThrows(IllegalArgumentException.class, () -> client.open("odd", 5_000, 8_192));
        assertEquals(7, client.<Number>ask(server -> server.ping(new Number(7))).number());
    }

    @Test
    void shouldGiveAConnectionThatIsThereItsFilter() {
        int first = client.open("maker").connect("here", "there", "ch 1", false);
        client.close();

        int second = client.open("maker").connect("here", "there", "ch 2", false);

        assertEquals(first, second);
        assertEquals("ch 2", client.look().connections().getFirst().filter());
    }

    @Test
    void shouldNotDeadlockWhenTwoThreadsAskAtOnce() throws InterruptedException {
        ClientSession session = client.open("two");
        session.destination("in");
        AtomicInteger inCallback = new AtomicInteger();
        long firstNs = session.server().clock().nowNs() + MILLISECOND_NS;

        try (Receiver receiver = session.receive(event -> {
            long next = session.schedule(event.timeNs() + MILLISECOND_NS, inCallback.incrementAndGet(), 0, 0, 0);
            assertTrue(next >= 0);
        }, Receiver.DEFAULT_PRIORITY)) {
            session.schedule(firstNs, 0, 0, 0, 0);
            List<Thread> others = new ArrayList<>();
            AtomicInteger asked = new AtomicInteger();
            for (int i = 0; i < 3; i++) {
                String port = "p" + i;
                others.add(Thread.ofPlatform().start(() -> {
                    for (int round = 0; round < 60; round++) {
                        session.remove(session.source(port));
                        asked.incrementAndGet();
                    }
                }));
            }
            for (Thread other : others) {
                other.join(TimeUnit.NANOSECONDS.toMillis(LONG_NS));
            }
            assertEquals(180, asked.get());
            ServerRig.await("requests out of the callback are answered", () -> inCallback.get() > 50);
            assertTrue(receiver.grants().size() <= 3);
        }
    }

    @Test
    void shouldFailAtOnceWhileTheServerIsGoneAndGoOnWhenItIsBack() throws IOException {
        List<ClientState> states = new CopyOnWriteArrayList<>();
        client.onState(states::add);
        assertEquals(ClientState.PASSIVE, client.state());
        ClientSession session = client.open("lost");
        ClientSource out = session.source("out");
        session.destination("other");
        ClientDestination in = session.destination("in");
        session.connect("lost:out", "lost:in", "transp 1", false);
        session.filter("lost:out", "lost:in", "transp 2");
        session.watch(Change.SESSIONS);
        assertEquals(ClientState.ACTIVE, client.state());

        rig.close();
        rig = null;
        ServerRig.await("loss is seen", () -> client.state() == ClientState.EXCEPTION);

        assertFalse(client.isServerThere());
        assertKind(Kind.UNREACHABLE, () -> session.connect("a", "b"));
        assertKind(Kind.UNREACHABLE, () -> session.source("more"));
        assertKind(Kind.UNREACHABLE, () -> client.open("another"));
        assertKind(Kind.UNREACHABLE, client::look);
        assertFalse(out.send(0, 0x90, 1, 1));
        assertEquals(0, session.poll(this::note, 1));

        rig = new ServerRig(folder);
        ServerRig.await("session is back", () -> client.state() == ClientState.ACTIVE);

        assertTrue(out.send(0, 0x90, 60, 100));
        session.flush();
        client.open("fresh");
        ServerRig.await("event and change come", () -> {
            session.poll(this::note, 10);
            return seen.size() >= 2 && seen.contains("keyon 62 100");
        });
        assertEquals(1, in.index());
        assertEquals(List.of(ClientState.ACTIVE, ClientState.EXCEPTION, ClientState.ACTIVE), states);
    }

    @Test
    void shouldTapWhatPassesAPortUntilItIsUntappedAndAgainAfterALoss() throws IOException {
        ClientSession session = client.open("tapping");
        ClientSource out = session.source("out");
        session.destination("in");
        session.destination("copy");
        session.connect("tapping:out", "tapping:in");
        session.tap(true, "tapping:in", "tapping:copy", "transp 12");
        session.tap(false, "tapping:out", "tapping:copy", "transp 24");

        out.sendMessage(0, new byte[]{(byte) 0x90, 60, 1}, LONG_NS);
        pollUntil(session, 3);
        assertEquals(Set.of("keyon 60 1", "keyon 72 1", "keyon 84 1"), Set.copyOf(seen));
        out.sendMessage(0, new byte[]{(byte) 0x80, 60, 1}, LONG_NS);
        pollUntil(session, 6); // or its end would come from the server, and be counted below

        session.untap(false, "tapping:out", "tapping:copy");
        rig.close();
        rig = null;
        ServerRig.await("loss is seen", () -> client.state() == ClientState.EXCEPTION);
        rig = new ServerRig(folder);
        ServerRig.await("session is back", () -> client.state() == ClientState.ACTIVE);
        seen.clear();
        out.sendMessage(0, new byte[]{(byte) 0x90, 61, 2}, LONG_NS);
        pollUntil(session, 2);
        assertEquals(Set.of("keyon 61 2", "keyon 73 2"), Set.copyOf(seen));

        session.close();
        assertEquals(List.of(), client.look().connections());
    }

    @Test
    void shouldStayEndedWhenItWasKicked() {
        ClientSession session = client.open("kicked");

        client.ask(server -> server.kick(new SessionName("kicked")));
        ServerRig.await("end is seen", () -> !session.endReason().isEmpty());

        assertEquals("kicked", session.endReason());
        assertKind(Kind.REFUSED, () -> session.source("out"));
        assertFalse(session.isReachable());
    }

    @Test
    void shouldAllocateNothingPerEvent() {
        ClientSession session = client.open("lean");
        ClientSource out = session.source("out");
        session.destination("in");
        session.connect("lean:out", "lean:in");
        long[] count = {0};
        EventHandler handler = event -> count[0] += event.channel() + 1;
        passThrough(session, out, handler, count);

        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory
                .getThreadMXBean();
        long leastBytes = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 5 && leastBytes > 0; attempt++) { // the compiler may disturb one, not all
            long beforeBytes = threads.getCurrentThreadAllocatedBytes();
            passThrough(session, out, handler, count);
            leastBytes = Math.min(leastBytes, threads.getCurrentThreadAllocatedBytes() - beforeBytes);
        }

        assertEquals(0, leastBytes);
    }

    /** Sends and receives on this thread, sleeping in between. */
    private static void passThrough(ClientSession session, ClientSource out, EventHandler handler, long[] count) {
        count[0] = 0;
        long untilNs = System.nanoTime() + LONG_NS;
        for (int i = 0; i < EVENTS && System.nanoTime() - untilNs < 0; i++) {
            assertTrue(out.send(0, 0x90, 60, 1 + i % 100));
            if (i % 50 == 0) {
                out.flush();
            }
            while (i - count[0] > UNDER_WAY && System.nanoTime() - untilNs < 0) {
                if (session.poll(handler, 64) == 0) {
                    out.flush();
                    session.await(System.nanoTime() + MILLISECOND_NS);
                }
            }
        }
        out.flush();
        while (count[0] < EVENTS && System.nanoTime() - untilNs < 0) {
            if (session.poll(handler, 64) == 0) {
                session.await(System.nanoTime() + MILLISECOND_NS);
            }
        }
        assertEquals(EVENTS, count[0]);
    }

    @Test
    void shouldLeaveNothingBehind() {
        ClientSession session = client.open("gone");
        ClientSource out = session.source("out");
        session.destination("in");
        session.connect("gone:out", "gone:in");
        for (int i = 0; i < 500; i++) {
            assertTrue(out.send(0, 0x90, i & 0x7F, 1));
        }

        session.close();
        session.close();

        assertKind(Kind.REFUSED, () -> session.source("late"));
        assertEquals(ClientState.PASSIVE, client.state());
        ServerRig.await("server has forgotten it", () -> client.look().ports().isEmpty());
        assertEquals(List.of(), client.look().sessions());
        client.open("gone").close();
    }

    private static void assertKind(Kind kind, Runnable call) {
        ClientException thrown = assertThrows(ClientException.class, call::run);
        assertEquals(kind, thrown.kind(), thrown.getMessage());
    }
}
