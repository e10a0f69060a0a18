package org.carillon.transport.shm;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.carillon.api.port.Kernel;
import org.carillon.platform.ipc.Packet;
import org.carillon.platform.ipc.PacketSocket;
import org.carillon.platform.ipc.PeerCredentials;
import org.carillon.protocol.SessionMemory;
import org.carillon.protocol.StatusPage;
import org.carillon.protocol.control.WireRefusal;
import org.carillon.protocol.control.WireRight;

/** What all connections share, from the first to the last. Listening thread only, but for the ends. */
final class ControlServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ControlServer.class.getName());
    private static final int ROOT = 0;
    private static final int TOTAL_SOCKETS = 1024;
    private static final int TOTAL_SESSIONS = 126;
    private static final long STOP_LIMIT_MS = 2_000;

    private final Kernel kernel;
    private final Services services;
    private final ListeningPlace place;
    private final Quotas quotas;
    private final LifeSpan lifeSpan;
    private final WireRight groupRight;
    private final String version;
    private final int ownerId = PeerCredentials.ownUserId();
    private final ExecutorService slow = Executors.newSingleThreadExecutor(
            job -> Thread.ofPlatform().daemon().name("carillon-control-slow").unstarted(job));
    private final ControlLoop loop;
    private final Thread thread;
    private final Complaints complaints = new Complaints(line -> LOG.log(Level.WARNING, line));
    private int sessions;

    /** @param down ends the server. */
    ControlServer(Kernel kernel, Services services, ListeningPlace place, ShmConfig config, String version,
            Runnable down) throws IOException {
        this.kernel = kernel;
        this.services = services;
        this.place = place;
        this.version = version;
        groupRight = WireRight.valueOf(config.groupRight().toUpperCase(java.util.Locale.ROOT));
        quotas = quotas(config);
        lifeSpan = new LifeSpan(config.endsWithLastSession(), down);
        loop = new ControlLoop(place.listener(), this);
        thread = new Thread(loop, "carillon-control");
        thread.setDaemon(true);
        thread.start();
    }

    private Quotas quotas(ShmConfig config) {
        long totalBytes = TOTAL_SESSIONS * 2 * SessionMemory.lengthBytes(SessionMemory.MAX_CAPACITY);
        return new Quotas(ownerId,
                new long[]{TOTAL_SOCKETS, TOTAL_SESSIONS, totalBytes, StatusPage.PORT_CAPACITY,
                    StatusPage.CONNECTION_CAPACITY},
                new long[]{config.userSockets(), config.userSessions(), config.userRingBytes(),
                    config.userPorts(), config.userConnections()},
                config.userRequestsPerSecond(), config.userPendingEvents());
    }

    /** Takes a connection, if its user may have one more. */
    ControlConnection connect(PacketSocket socket, ControlLoop on) throws IOException {
        PeerCredentials peer = socket.peer();
        Quotas.Usage usage = quotas.of(peer.userId());
        usage.take(Quotas.Kind.SOCKETS, 1);
        return new ControlConnection(socket, peer, right(peer), usage, this, on);
    }

    private WireRight right(PeerCredentials peer) {
        return peer.userId() == ownerId || peer.userId() == ROOT ? WireRight.ADMINISTER : groupRight;
    }

    /** For the log, a line for each wrong of a user, as long as there are not too many. */
    void complain(int userId, String line) {
        complaints.say(userId, line, System.nanoTime());
    }

    /** The last that is said. */
    void complainOfTheRest() {
        complaints.sayRest();
    }

    /** Tells somebody who may not come why, and ends it. */
    void refuse(PacketSocket socket, Packet packet, IOException why) {
        String code = why instanceof WireRefusal refusal ? refusal.code() : "FAILED";
        ControlConnection.writeRefusal(packet, 0, code, why.getMessage());
        socket.sendAtOnce(packet);
        socket.close();
    }

    Kernel kernel() {
        return kernel;
    }

    Services services() {
        return services;
    }

    ControlLoop loop() {
        return loop;
    }

    LifeSpan lifeSpan() {
        return lifeSpan;
    }

    String version() {
        return version;
    }

    String socket() {
        return place.path().toString();
    }

    /** Has something done that takes a while, one after the other. */
    void slowly(Runnable job) {
        try {
            slow.execute(job);
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "server stops: nothing more is begun");
        }
    }

    void sessionOpened() {
        sessions++;
        lifeSpan.sessions(sessions, System.nanoTime());
    }

    void sessionEnded() {
        sessions--;
        lifeSpan.sessions(sessions, System.nanoTime());
    }

    /** Ends everything; returns when the listening thread has ended, or after two seconds. */
    @Override
    public void close() {
        loop.stop();
        slow.shutdown();
        try {
            thread.join(STOP_LIMIT_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            place.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "socket file stays: socket={0}, reason={1}", place.path(), e.getMessage());
        }
    }
}
