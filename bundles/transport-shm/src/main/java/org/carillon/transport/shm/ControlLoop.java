package org.carillon.transport.shm;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.carillon.platform.ipc.IpcException;
import org.carillon.platform.ipc.Packet;
import org.carillon.platform.ipc.PacketListener;
import org.carillon.platform.ipc.PacketSocket;
import org.carillon.platform.ipc.Poller;
import org.carillon.protocol.SessionState;

/**
 * The listening thread: takes connections, reads one packet of each that has some in turn, and has it answered. What
 * other threads have to say comes through {@link #later}.
 */
final class ControlLoop implements Runnable {
    private static final System.Logger LOG = System.getLogger(ControlLoop.class.getName());
    private static final long LISTENER_KEY = 0;
    /** In the key of a connection: it is about the other side's process. */
    private static final long PEER = 1L << 62;
    private static final int PAUSE_MS = 100;
    private static final int FOREVER = -1;

    private final PacketListener listener;
    private final ControlServer server;
    private final Poller poller;
    private final Packet packet = new Packet();
    private final Packet reply = new Packet();
    private final Map<Long, ControlConnection> connections = new HashMap<>();
    private final ConcurrentLinkedQueue<Runnable> news = new ConcurrentLinkedQueue<>();
    private long lastKey = LISTENER_KEY;
    private boolean listens;
    private volatile boolean running = true;

    ControlLoop(PacketListener listener, ControlServer server) throws IOException {
        this.listener = listener;
        this.server = server;
        poller = new Poller();
        listen();
    }

    private void listen() throws IOException {
        poller.add(listener.descriptor(), LISTENER_KEY);
        listens = true;
    }

    /** What connections write their replies into, one after the other. */
    Packet reply() {
        return reply;
    }

    /** Has something done on the listening thread, soon. Any thread. */
    void later(Runnable job) {
        news.add(job);
        poller.wake();
    }

    /** Ends the loop; connections are closed. Any thread. */
    void stop() {
        running = false;
        poller.wake();
    }

    @Override
    public void run() {
        try {
            while (running) {
                turn();
            }
        } catch (IOException e) {
            LOG.log(Level.ERROR, "programs cannot reach the server any more: reason={0}", e.getMessage());
        } finally {
            connections.values().forEach(connection -> connection.close(SessionState.STOPPED));
            runNews();
            server.complainOfTheRest();
            poller.close();
        }
    }

    private void turn() throws IOException {
        int limitMs = server.lifeSpan().limitMs(System.nanoTime());
        int found = poller.await(listens ? limitMs : limitMs == FOREVER ? PAUSE_MS : Math.min(limitMs, PAUSE_MS));
        runNews();
        for (int i = 0; i < found; i++) {
            if (poller.key(i) == LISTENER_KEY) {
                accept();
            } else if ((poller.key(i) & PEER) != 0) {
                lookAtPeer(connections.get(poller.key(i) & ~PEER));
            } else {
                read(poller.key(i), poller.isHungUp(i));
            }
        }
        if (!listens) {
            listen();
        }
        server.lifeSpan().look(System.nanoTime());
    }

    private void runNews() {
        Runnable job;
        while ((job = news.poll()) != null) {
            try {
                job.run();
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "listening thread met an error and goes on", e);
            }
        }
    }

    private void accept() {
        try {
            Optional<PacketSocket> accepted = listener.accept();
            if (accepted.isPresent()) {
                add(accepted.get());
            }
        } catch (IOException e) {
            // the connection waits: a while without looking at it, or this would turn round and round
            server.complain(Complaints.NOBODY, "connection must wait: reason=" + e.getMessage());
            poller.remove(listener.descriptor());
            listens = false;
        }
    }

    private void add(PacketSocket socket) {
        ControlConnection connection = null;
        try {
            connection = server.connect(socket, this);
            long key = ++lastKey;
            poller.add(socket.descriptor(), key);
            connections.put(key, connection);
            connection.key(key);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "connection is refused: reason={0}", e.getMessage());
            if (connection == null) {
                server.refuse(socket, packet, e);
            } else {
                connection.close();
            }
        }
    }

    /** Waits for the end of a client's process as well, as far as that can be known before its socket ends. */
    void watchPeer(ControlConnection connection) {
        if (connection.peerEnd().descriptor() >= 0) {
            try {
                poller.add(connection.peerEnd().descriptor(), connection.key() | PEER);
            } catch (IpcException e) {
                LOG.log(Level.DEBUG, "end of a process is known later: reason={0}", e.getMessage());
            }
        }
    }

    private void lookAtPeer(ControlConnection connection) {
        if (connection != null && !connection.endIfKilled()) {
            watchPeer(connection);
        }
    }

    /** One packet, so that nobody who sends many keeps the others waiting; at the end, all that are left. */
    private void read(long key, boolean isHungUp) {
        ControlConnection connection = connections.get(key);
        if (connection == null) {
            return;
        }
        if (connection.isAnswering()) {
            if (isHungUp) {
                close(connection);
            }
            return;
        }
        boolean goesOn = connection.read(packet);
        for (int i = 0; goesOn && isHungUp && i < ControlConnection.LAST_PACKETS; i++) {
            goesOn = connection.read(packet);
        }
        if (!goesOn) {
            close(connection);
        }
    }

    /** Ends a connection and what hangs on it. */
    void close(ControlConnection connection) {
        if (connections.remove(connection.key(), connection)) {
            connection.close();
        }
    }

    /** Only the end of this connection is looked for, until {@link #resume}: an answer takes a while. */
    void pause(ControlConnection connection) {
        change(connection, false);
    }

    void resume(ControlConnection connection) {
        change(connection, true);
    }

    private void change(ControlConnection connection, boolean reads) {
        if (connections.containsKey(connection.key())) {
            try {
                poller.change(connection.descriptor(), connection.key(), reads);
            } catch (IpcException e) {
                close(connection);
            }
        }
    }

    /** Those that are there. */
    List<ControlConnection> connections() {
        return new ArrayList<>(connections.values());
    }
}
