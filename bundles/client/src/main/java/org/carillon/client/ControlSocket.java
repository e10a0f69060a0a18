package org.carillon.client;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.carillon.platform.ipc.IpcException;
import org.carillon.platform.ipc.Packet;
import org.carillon.platform.ipc.PacketSocket;
import org.carillon.protocol.ControlPacket;
import org.carillon.protocol.control.WireChannel;
import org.carillon.protocol.control.WireMessage;

/**
 * Requests and replies over one socket, from any number of threads at once. Whoever waits for a reply reads the socket,
 * one thread at a time, and hands the others theirs: so no thread stands between a reply and who waits for it, and
 * nobody who waits holds up another's request.
 */
final class ControlSocket implements WireChannel {
    /** A reply: the id of its class and its value, and the descriptors that came with it. */
    record Reply(MemorySegment bytes, int[] descriptors) {
        static final int[] NONE = {};

        /** Gives the descriptors back. */
        void close() {
            for (int descriptor : descriptors) {
                Packet.close(descriptor);
            }
        }
    }

    /** Less than this is no reason to set another limit for one read. */
    private static final long LIMIT_STEP_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long MIN_LIMIT_NS = 1_000;

    private final PacketSocket socket;
    private final long timeLimitNs;
    private final ReentrantLock sending = new ReentrantLock();
    private final Packet outgoing = new Packet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** By correlation: null while it is waited for. */
    private final Map<Integer, Reply> replies = new HashMap<>();
    private final Packet incoming = new Packet();
    private int correlation;
    private long socketLimitNs;
    private boolean isRead;
    private boolean isEnded;

    private ControlSocket(PacketSocket socket, long timeLimitNs) throws IpcException {
        this.socket = socket;
        this.timeLimitNs = timeLimitNs;
        limit(timeLimitNs);
    }

    static ControlSocket connect(Path path, long timeLimitNs) throws IOException {
        PacketSocket socket = PacketSocket.connect(path);
        try {
            return new ControlSocket(socket, timeLimitNs);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    @Override
    public MemorySegment call(int requestId, WireMessage request) throws IOException {
        Reply reply = exchange(requestId, request);
        reply.close();
        return reply.bytes();
    }

    /**
     * As {@link #call}; the caller owns the descriptors that came.
     *
     * @param along descriptors that go with the request, as copies.
     */
    Reply exchange(int requestId, WireMessage request, int... along) throws IOException {
        long untilNs = System.nanoTime() + timeLimitNs;
        int number = begin();
        try {
            send(requestId, request, number, along);
            return await(number, untilNs);
        } finally {
            forget(number);
        }
    }

    @Override
    public void send(int requestId, WireMessage request) throws IOException {
        send(requestId, request, 0);
    }

    private int begin() throws IOException {
        lock.lock();
        try {
            if (isEnded) {
                throw ended();
            }
            do {
                correlation++;
            } while (correlation == 0 || replies.containsKey(correlation));
            replies.put(correlation, null);
            return correlation;
        } finally {
            lock.unlock();
        }
    }

    private void forget(int number) {
        lock.lock();
        try {
            replies.remove(number);
        } finally {
            lock.unlock();
        }
    }

    private void send(int requestId, WireMessage request, int number, int... along) throws IOException {
        long length = ControlPacket.VALUE_OFFSET + request.encodedLength();
        if (length > Packet.MAX_LENGTH) {
            throw new ClientException(ClientException.Kind.WRONG_USAGE,
                    "request must fit into " + Packet.MAX_LENGTH + " bytes: lengthBytes=" + length);
        }
        sending.lock();
        try {
            ControlPacket.correlation(outgoing.bytes(), number);
            ControlPacket.id(outgoing.bytes(), requestId);
            request.encode(outgoing.bytes(), ControlPacket.VALUE_OFFSET);
            socket.send(outgoing.attach(along).lengthBytes((int) length));
        } finally {
            sending.unlock();
        }
    }

    private Reply await(int number, long untilNs) throws IOException {
        lock.lock();
        try {
            while (replies.get(number) == null) {
                long restNs = untilNs - System.nanoTime();
                if (isEnded) {
                    throw ended();
                }
                if (restNs <= 0) {
                    throw new ClientException(ClientException.Kind.TIMED_OUT,
                            "no answer came in time: timeLimitMs=" + TimeUnit.NANOSECONDS.toMillis(timeLimitNs));
                }
                if (isRead) {
                    awaitChange(restNs);
                } else {
                    read(restNs);
                }
            }
            return replies.get(number);
        } finally {
            lock.unlock();
        }
    }

    private void awaitChange(long restNs) throws IOException {
        try {
            changed.awaitNanos(restNs);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for an answer", e);
        }
    }

    /** Reads one packet without the lock, for whomever it is. */
    private void read(long restNs) throws IOException {
        isRead = true;
        boolean isThere = false;
        IpcException failure = null;
        lock.unlock();
        try {
            limit(restNs);
            isThere = socket.receive(incoming);
        } catch (IpcException e) {
            failure = e;
        } finally {
            lock.lock();
            isRead = false;
            changed.signalAll();
        }
        if (isThere) {
            deliver();
        } else if (failure == null || failure.reason() != IpcException.Reason.TIMED_OUT) {
            isEnded = true;
        }
    }

    /** Replies of requests whose time is over are nobody's. */
    private void deliver() {
        MemorySegment bytes = incoming.bytes();
        int lengthBytes = incoming.lengthBytes();
        int number = lengthBytes < ControlPacket.VALUE_OFFSET ? 0 : ControlPacket.correlation(bytes);
        if (replies.containsKey(number)) {
            byte[] copy = bytes.asSlice(ControlPacket.ID_OFFSET, (long) lengthBytes - ControlPacket.ID_OFFSET)
                    .toArray(ValueLayout.JAVA_BYTE);
            replies.put(number, new Reply(MemorySegment.ofArray(copy), incoming.descriptors()));
        } else {
            incoming.closeDescriptors();
        }
    }

    /** Sets how long a read may take, where that is much else than it is. Reading thread only. */
    private void limit(long limitNs) throws IpcException {
        long wantedNs = Math.max(MIN_LIMIT_NS, Math.min(limitNs, timeLimitNs));
        if (Math.abs(wantedNs - socketLimitNs) > LIMIT_STEP_NS || wantedNs < LIMIT_STEP_NS) {
            socket.timeLimit(wantedNs);
            socketLimitNs = wantedNs;
        }
    }

    private static IOException ended() {
        return new IOException("connection has ended");
    }

    /** Waits until the server has ended the connection, or this side has, or the server is killed. */
    void awaitEnd() {
        try {
            socket.awaitEnd();
        } catch (IpcException e) {
            System.getLogger(ControlSocket.class.getName()).log(System.Logger.Level.DEBUG, "connection is lost", e);
        }
    }

    /** Whether one of the two sides has ended the connection. */
    boolean hasEnded() {
        return socket.awaitHangUp(0);
    }

    /** Ends the connection; every call on it fails from here on. */
    void end() {
        lock.lock();
        try {
            isEnded = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        socket.shutDown();
    }

    /** Gives the descriptor back, when no thread is in a call any more. */
    void close() {
        sending.lock();
        lock.lock();
        try {
            while (isRead) {
                changed.awaitUninterruptibly();
            }
            socket.close();
        } finally {
            lock.unlock();
            sending.unlock();
        }
    }
}
