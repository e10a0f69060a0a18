package org.carillon.transport.shm;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.Set;
import org.carillon.api.port.BorderAttachment;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.CarillonException.Kind;
import org.carillon.api.port.Kernel;
import org.carillon.api.ring.BorderRings;
import org.carillon.platform.Platform;
import org.carillon.platform.ipc.MemoryFile;
import org.carillon.protocol.SessionMemory;
import org.carillon.protocol.SessionState;
import org.carillon.protocol.control.WireRefusal;

/** A session of another process: its memory, its ports, and what of its user's quota it has. Listening thread only. */
final class ShmSession implements AutoCloseable {
    private static final int FIXED = MemoryFile.SEAL_SHRINK | MemoryFile.SEAL_GROW | MemoryFile.SEAL_SEALS;
    private static final int MAX_DESTINATIONS = 256;

    private final String name;
    private final Quotas.Usage usage;
    private final long ringBytes;
    private final Arena arena = Arena.ofShared();
    private final MemoryFile toServer;
    private final MemoryFile toClient;
    private final Set<Integer> ports = new HashSet<>();
    private BorderAttachment attachment;
    private int destinations;

    /** Where the ends of a session are told, on the kernel's thread. */
    @FunctionalInterface
    interface Ended {
        void ended(ShmSession session, SessionState how, String reason);
    }

    private ShmSession(String name, int toServerCapacity, int toClientCapacity, Quotas.Usage usage)
            throws IOException {
        this.name = name;
        this.usage = usage;
        ringBytes = SessionMemory.lengthBytes(toServerCapacity) + SessionMemory.lengthBytes(toClientCapacity);
        usage.take(Quotas.Kind.SESSIONS, 1);
        try {
            usage.take(Quotas.Kind.RING_BYTES, ringBytes);
        } catch (WireRefusal e) {
            usage.give(Quotas.Kind.SESSIONS, 1);
            throw e;
        }
        MemoryFile first = null;
        try {
            first = MemoryFile.create("carillon-to-server", SessionMemory.lengthBytes(toServerCapacity));
            toClient = MemoryFile.create("carillon-to-client", SessionMemory.lengthBytes(toClientCapacity));
            toServer = first;
        } catch (IOException e) {
            if (first != null) {
                first.close();
            }
            giveBack();
            throw e;
        }
    }

    /**
     * Makes the memory and attaches the session.
     *
     * @throws WireRefusal where its user may not have it.
     */
    static ShmSession open(Kernel kernel, String name, int toServerCapacity, int toClientCapacity,
            Quotas.Usage usage, Ended ended) throws WireRefusal {
        try {
            ShmSession session = new ShmSession(name, toServerCapacity, toClientCapacity, usage);
            try {
                session.attach(kernel, ended);
                return session;
            } catch (IOException | RuntimeException e) {
                session.close();
                throw e;
            }
        } catch (WireRefusal e) {
            throw e;
        } catch (IOException e) {
            throw new WireRefusal("FAILED", "session memory cannot be made: session=" + name + ", reason="
                    + e.getMessage());
        }
    }

    /** The client's own segment is mapped for writing here before nobody can do that any more. */
    private void attach(Kernel kernel, Ended ended) throws IOException {
        MemorySegment in = toServer.map(arena, true);
        MemorySegment out = toClient.map(arena, true);
        toServer.seal(FIXED);
        toClient.seal(FIXED | MemoryFile.SEAL_FUTURE_WRITE);
        Platform platform = Platform.current();
        attachment = kernel.attach(name, id -> {
            SessionMemory memory = SessionMemory.create(in, out, id);
            MemorySegment clientWord = memory.clientWord();
            return new BorderRings(memory, () -> platform.wake(clientWord), usage.pending(),
                    (how, reason) -> ended.ended(this, how, reason));
        });
    }

    String name() {
        return name;
    }

    int id() {
        return attachment.id();
    }

    /** To-server and to-client, for the client; {@link #sent} gives them back. */
    int[] descriptors() {
        return new int[]{toServer.descriptor(), toClient.descriptor()};
    }

    /** The client has its own descriptors. */
    void sent() {
        toServer.close();
        toClient.close();
    }

    BorderAttachment attachment() {
        return attachment;
    }

    /** Publishes a source; its id. */
    int addSource(String port) throws WireRefusal {
        usage.take(Quotas.Kind.PORTS, 1);
        return added(() -> attachment.addSource(fullName(port)));
    }

    /** Publishes a destination; its id. */
    int addDestination(String port, boolean wholeNotes) throws WireRefusal {
        if (destinations == MAX_DESTINATIONS) {
            throw new WireRefusal("REFUSED", "no more destinations: session=" + name + ", limit=" + MAX_DESTINATIONS);
        }
        usage.take(Quotas.Kind.PORTS, 1);
        int id = added(() -> attachment.addDestination(fullName(port), destinations, wholeNotes));
        destinations++;
        return id;
    }

    /** Of the destination that was added last. */
    int lastIndex() {
        return destinations - 1;
    }

    String fullName(String port) {
        return name + ":" + port;
    }

    private int added(java.util.function.IntSupplier add) {
        int id = 0;
        try {
            id = add.getAsInt();
            ports.add(id);
            return id;
        } finally {
            if (id == 0) {
                usage.give(Quotas.Kind.PORTS, 1);
            }
        }
    }

    void removePort(int portId) {
        if (!ports.contains(portId)) {
            throw new CarillonException(Kind.NO_SUCH_NAME, "port is none of the session: session=" + name
                    + ", portId=" + portId);
        }
        attachment.removePort(portId);
        ports.remove(portId);
        usage.give(Quotas.Kind.PORTS, 1);
    }

    private void giveBack() {
        usage.give(Quotas.Kind.SESSIONS, 1);
        usage.give(Quotas.Kind.RING_BYTES, ringBytes);
        usage.give(Quotas.Kind.PORTS, ports.size());
        ports.clear();
    }

    @Override
    public void close() {
        close(SessionState.CLOSED);
    }

    /** Ends the session if the kernel has not, and gives everything back: then nobody uses the memory any more. */
    void close(SessionState how) {
        try {
            if (attachment != null) {
                attachment.end(how, "");
            }
        } finally {
            sent();
            arena.close();
            giveBack();
        }
    }
}
