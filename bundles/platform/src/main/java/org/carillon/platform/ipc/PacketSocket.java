package org.carillon.platform.ipc;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * One end of a connection that carries packets in order and whole (unix(7), SOCK_SEQPACKET), within one machine. One
 * thread may send while another receives; {@link #shutDown} may come from any thread, {@link #close} too when no other
 * thread is in a call.
 */
public final class PacketSocket implements AutoCloseable {
    private static final long SOL_SOCKET = 1;
    private static final long SO_PEERCRED = 17;
    private static final long SO_RCVTIMEO = 20;
    private static final long SO_SNDTIMEO = 21;
    private static final long SHUT_RDWR = 2;
    private static final int UCRED_LENGTH = 12;
    private static final int TIMEVAL_LENGTH = 16;
    private static final short POLLIN = 1;
    private static final short POLLRDHUP = 0x2000;
    private static final int POLLFD_LENGTH = 8;
    private static final int POLLFD_EVENTS = 4;
    private static final int POLLFD_FOUND = 6;
    private static final long NS_PER_S = 1_000_000_000L;
    private static final long NS_PER_US = 1_000L;

    private final Descriptor descriptor;

    PacketSocket(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    /** Connects with whoever listens at a path. */
    public static PacketSocket connect(Path path) throws IpcException {
        try (Arena arena = Arena.ofConfined()) {
            SocketAddress address = new SocketAddress(path, arena);
            Descriptor descriptor = SocketAddress.newSocket(0);
            long connected = Syscall.call(Syscall.CONNECT, descriptor.number(), address.address(),
                    address.lengthBytes());
            if (connected < 0) {
                descriptor.close();
            }
            Syscall.checked("connect", "path=" + path, connected);
            return new PacketSocket(descriptor);
        }
    }

    /** The descriptor, for a {@link Poller}; -1 when this is closed. */
    public int descriptor() {
        return descriptor.number();
    }

    /**
     * How long {@link #send} and {@link #receive} may wait; at first for ever.
     *
     * @param limitNs at least 1 us; 0 for ever.
     */
    public void timeLimit(long limitNs) throws IpcException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment timeval = arena.allocate(TIMEVAL_LENGTH, Long.BYTES);
            timeval.set(ValueLayout.JAVA_LONG, 0, limitNs / NS_PER_S);
            timeval.set(ValueLayout.JAVA_LONG, Long.BYTES, limitNs % NS_PER_S / NS_PER_US);
            option(SO_RCVTIMEO, timeval);
            option(SO_SNDTIMEO, timeval);
        }
    }

    private void option(long name, MemorySegment value) throws IpcException {
        Syscall.checked("setsockopt", "option=" + name, Syscall.call(Syscall.SETSOCKOPT, descriptor.number(),
                SOL_SOCKET, name, value.address(), value.byteSize(), 0L));
    }

    /** Who connected. */
    public PeerCredentials peer() throws IpcException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment ucred = arena.allocate(UCRED_LENGTH, Integer.BYTES);
            MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, UCRED_LENGTH);
            Syscall.checked("getsockopt SO_PEERCRED", "", Syscall.call(Syscall.GETSOCKOPT, descriptor.number(),
                    SOL_SOCKET, SO_PEERCRED, ucred.address(), length.address(), 0L));
            return new PeerCredentials(ucred.getAtIndex(ValueLayout.JAVA_INT, 0),
                    ucred.getAtIndex(ValueLayout.JAVA_INT, 1), ucred.getAtIndex(ValueLayout.JAVA_INT, 2));
        }
    }

    /** Sends a packet; waits while the other side's queue is full. */
    public void send(Packet packet) throws IpcException {
        Syscall.checked("sendmsg", "lengthBytes=" + packet.lengthBytes(), packet.send(descriptor.number(), true));
    }

    /**
     * Sends a packet if the other side's queue has room.
     *
     * @return false where it has none, or where the other side has gone.
     */
    public boolean sendAtOnce(Packet packet) {
        return packet.send(descriptor.number(), false) >= 0;
    }

    /**
     * Waits for a packet.
     *
     * @return false when the other side has ended the connection.
     */
    public boolean receive(Packet packet) throws IpcException {
        long received = packet.receive(descriptor.number(), true);
        return received != -Errors.ECONNRESET && Syscall.checked("recvmsg", "", received) > 0;
    }

    /** What {@link #receiveAtOnce} found. */
    public enum Received {
        /** A packet. */
        PACKET,
        /** Nothing at present. */
        NOTHING,
        /** The end of the connection. */
        END
    }

    /** Takes a packet if there is one. */
    public Received receiveAtOnce(Packet packet) {
        long received = packet.receive(descriptor.number(), false);
        return received > 0 ? Received.PACKET : received == -Errors.EAGAIN ? Received.NOTHING : Received.END;
    }

    /**
     * Waits until the other side ends the connection, whatever it sends meanwhile: packets stay where they are.
     *
     * @param limitMs 0 or more.
     * @return false when it still stands after that time.
     */
    public boolean awaitHangUp(long limitMs) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment pollfd = arena.allocate(POLLFD_LENGTH, Integer.BYTES);
            pollfd.set(ValueLayout.JAVA_INT, 0, descriptor.number());
            pollfd.set(ValueLayout.JAVA_SHORT, POLLFD_EVENTS, POLLRDHUP);
            MemorySegment timespec = arena.allocate(TIMEVAL_LENGTH, Long.BYTES);
            timespec.set(ValueLayout.JAVA_LONG, 0, TimeUnit.MILLISECONDS.toSeconds(limitMs));
            timespec.set(ValueLayout.JAVA_LONG, Long.BYTES, limitMs % 1_000 * 1_000_000);
            return !descriptor.isOpen()
                    || Syscall.call(Syscall.PPOLL, pollfd.address(), 1L, timespec.address(), 0L, 0L, 0L) != 0;
        }
    }

    /** Waits until the other side ends the connection or its process is killed, whatever it sends meanwhile. */
    public void awaitEnd() throws IpcException {
        try (Arena arena = Arena.ofConfined(); ProcessEnd peer = ProcessEnd.of(peer().processId())) {
            MemorySegment both = arena.allocate(2 * POLLFD_LENGTH, Integer.BYTES);
            both.set(ValueLayout.JAVA_SHORT, POLLFD_EVENTS, POLLRDHUP);
            both.set(ValueLayout.JAVA_SHORT, POLLFD_LENGTH + POLLFD_EVENTS, POLLIN);
            while (descriptor.isOpen()) {
                both.set(ValueLayout.JAVA_INT, 0, descriptor.number());
                both.set(ValueLayout.JAVA_INT, POLLFD_LENGTH, peer.descriptor());
                Syscall.checked("ppoll", "", Syscall.call(Syscall.PPOLL, both.address(), 2L, 0L, 0L, 0L, 0L));
                if (both.get(ValueLayout.JAVA_SHORT, POLLFD_FOUND) != 0 || peer.isKilled()) {
                    return;
                }
            }
        }
    }

    /** Ends the connection for both sides; threads that wait in a call come back. The descriptor stays until close. */
    public void shutDown() {
        Syscall.call(Syscall.SHUTDOWN, descriptor.number(), SHUT_RDWR, 0L);
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
