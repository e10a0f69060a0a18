package org.carillon.client.javasound;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.carillon.client.CarillonClient;
import org.carillon.client.ClientDestination;
import org.carillon.client.ClientException;
import org.carillon.client.ClientException.Kind;
import org.carillon.client.ClientOptions;
import org.carillon.client.ClientSession;
import org.carillon.client.ClientSource;
import org.carillon.client.ClientState;
import org.carillon.protocol.Event;
import org.carillon.protocol.ServerClock;
import org.carillon.protocol.StatusPage;

/**
 * The session that the open devices of a program share: for each a port of its own that is connected with the device's.
 * Any thread sends; one thread receives and calls the program's receivers.
 */
final class ProgramSession {
    private static final System.Logger LOG = System.getLogger(ProgramSession.class.getName());
    private static final int TO_SERVER_BYTES = 256 * 1024;
    private static final int TO_CLIENT_BYTES = 1024 * 1024;
    private static final int POLL_LIMIT = 256;
    /** So many bytes hold any record, whatever is lost at the end of the ring. */
    private static final int ROOM_BYTES = 2 * Event.MAX_LENGTH;
    private static final int SHORT_ROOM_BYTES = 2 * Event.SHORT_LENGTH;
    /** The server lets a piece of a long message wait for a second; what finds no room for longer is dropped. */
    private static final long ROOM_LIMIT_NS = TimeUnit.SECONDS.toNanos(3);
    private static final long LAST_WORDS_LIMIT_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long PAUSE_NS = 50_000;

    /** A device and the port that its events come to. */
    private record Way(ClientDestination in, SourceDevice device) {}

    private final CarillonClient client;
    private final ClientSession session;
    private final ReentrantLock sending = new ReentrantLock();
    private final CopyOnWriteArrayList<Way> ways = new CopyOnWriteArrayList<>();
    /** What could not be taken back while the server was away: it would come back with it. */
    private final ConcurrentLinkedQueue<Runnable> leftovers = new ConcurrentLinkedQueue<>();
    private volatile ServerClock clock;
    private volatile boolean isClosed;

    private ProgramSession(CarillonClient client, ClientSession session) {
        this.client = client;
        this.session = session;
        clock = session.server().clock();
    }

    /** Opens a session named after the program, with a number where another has its name. */
    static ProgramSession open(ClientOptions options) {
        CarillonClient client = new CarillonClient(options);
        try {
            ProgramSession opened = new ProgramSession(client, open(client));
            client.onState(opened::onState);
            Thread thread = new Thread(opened::receive, "carillon-javasound-" + opened.name());
            thread.setDaemon(true);
            thread.start();
            return opened;
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
    }

    private static ClientSession open(CarillonClient client) {
        String program = client.options().name();
        String name = program;
        for (int number = 2;; number++) {
            try {
                return client.open(name, TO_SERVER_BYTES, TO_CLIENT_BYTES);
            } catch (ClientException e) {
                if (e.kind() != Kind.REFUSED || !client.look().sessions().contains(name)) {
                    throw e;
                }
            }
            name = program + " " + number;
        }
    }

    String name() {
        return session.name();
    }

    /** Whether the server has ended it for good. */
    boolean hasEnded() {
        return !session.endReason().isEmpty();
    }

    boolean hasPort(String port, boolean isDestination) {
        return session.server().ports().stream()
                .anyMatch(each -> each.name().equals(port) && each.isDestination() == isDestination);
    }

    /** Has a source's events come to a device. */
    ClientDestination receive(SourceDevice device) {
        ClientDestination in = session.destination(ownPort(device.port()));
        Way way = new Way(in, device);
        ways.add(way);
        try {
            session.connect(device.port(), in.name());
        } catch (ClientException e) {
            ways.remove(way);
            takeBack(() -> session.remove(in));
            throw e;
        }
        return in;
    }

    void stopReceiving(SourceDevice device, ClientDestination in) {
        ways.remove(new Way(in, device));
        takeBack(() -> session.disconnect(device.port(), in.name()));
        takeBack(() -> session.remove(in));
    }

    /** Makes a way to a destination. */
    ClientSource send(String port) {
        ClientSource out = session.source(ownPort(port));
        try {
            session.connect(out.name(), port);
        } catch (ClientException e) {
            takeBack(() -> session.remove(out));
            throw e;
        }
        return out;
    }

    /** What was sent is left to the server first. */
    void stopSending(String port, ClientSource out) {
        long untilNs = System.nanoTime() + LAST_WORDS_LIMIT_NS;
        while (isUntaken() && System.nanoTime() - untilNs < 0) {
            LockSupport.parkNanos(PAUSE_NS);
        }
        takeBack(() -> session.disconnect(out.name(), port));
        takeBack(() -> session.remove(out));
    }

    private boolean isUntaken() {
        sending.lock();
        try {
            session.flush();
            return session.isReachable() && session.freeBytes() < TO_SERVER_BYTES;
        } finally {
            sending.unlock();
        }
    }

    /** The port's own name as far as it fits behind the session's; cut ones differ by a number. */
    private String ownPort(String port) {
        int roomBytes = Math.min(StatusPage.MAX_SESSION_NAME_LENGTH,
                StatusPage.MAX_NAME_LENGTH - 1 - name().getBytes(StandardCharsets.UTF_8).length);
        if (port.getBytes(StandardCharsets.UTF_8).length <= roomBytes) {
            return port;
        }
        String mark = "~" + Integer.toHexString(port.hashCode());
        return ProgramName.cut(port, roomBytes - mark.length()) + mark;
    }

    private void takeBack(Runnable request) {
        try {
            request.run();
        } catch (ClientException e) {
            if (e.kind() == Kind.UNREACHABLE && !hasEnded() && !isClosed) {
                leftovers.add(request);
            }
        }
    }

    private void onState(ClientState state) {
        if (state == ClientState.ACTIVE) {
            List<Runnable> requests = new ArrayList<>();
            for (Runnable left = leftovers.poll(); left != null; left = leftovers.poll()) {
                requests.add(left);
            }
            requests.forEach(this::takeBack);
        }
    }

    /** The server's time at a time of {@link System#nanoTime()}, never 0, which would mean now. */
    long serverNs(long monoNs) {
        long serverNs = clock.serverNs(monoNs);
        return serverNs == 0 ? 1 : serverNs;
    }

    /** Sends a short message; waits for room as long as the server may need. */
    boolean send(ClientSource out, long deadlineNs, int status, int data1, int data2) {
        awaitRoom(SHORT_ROOM_BYTES);
        try {
            boolean isSent = out.send(deadlineNs, status, data1, data2);
            session.flush();
            return isSent;
        } finally {
            sending.unlock();
        }
    }

    /** Sends a copy of an event, likewise. */
    boolean send(ClientSource out, long deadlineNs, Event event) {
        awaitRoom(ROOM_BYTES);
        try {
            boolean isSent = out.sendCopy(deadlineNs, event);
            session.flush();
            return isSent;
        } finally {
            sending.unlock();
        }
    }

    /** Takes the lock for sending, as soon as there is room or there is no more reason to wait for it. */
    private void awaitRoom(int bytes) {
        long untilNs = 0;
        while (true) {
            sending.lock();
            if (session.freeBytes() >= bytes || !session.isReachable()) {
                return;
            }
            session.flush();
            long nowNs = System.nanoTime();
            untilNs = untilNs == 0 ? nowNs + ROOM_LIMIT_NS : untilNs;
            if (nowNs - untilNs >= 0) {
                return;
            }
            sending.unlock();
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    private void receive() {
        while (!isClosed) {
            try {
                clock = session.isReachable() ? session.server().clock() : clock;
                if (session.poll(this::onEvent, POLL_LIMIT) == 0 && !isClosed) {
                    session.await(Long.MAX_VALUE);
                }
            } catch (ClientException e) {
                LOG.log(System.Logger.Level.DEBUG, "server is lost while it is looked at", e);
            }
        }
    }

    private void onEvent(Event event) {
        int index = event.destinationIndex();
        for (Way way : ways) {
            if (way.in.index() == index) {
                way.device.onEvent(event, clock.monoNs(event.timeNs()));
                return;
            }
        }
    }

    /** Ends the session. The receiving thread goes by itself: it may be the one that calls. */
    void close() {
        isClosed = true;
        client.close();
    }
}
