package org.carillon.client;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import org.carillon.client.ClientException.Kind;
import org.carillon.platform.ipc.IpcException;
import org.carillon.platform.ipc.MemoryFile;
import org.carillon.platform.ipc.OpenFile;
import org.carillon.platform.ipc.Packet;
import org.carillon.platform.ipc.SocketFolder;
import org.carillon.protocol.ControlPacket;
import org.carillon.protocol.SessionMemory;
import org.carillon.protocol.StatusPage;
import org.carillon.protocol.control.ControlClient;
import org.carillon.protocol.control.Hello;
import org.carillon.protocol.control.OpenSession;
import org.carillon.protocol.control.SessionOpened;
import org.carillon.protocol.control.WireChannel;
import org.carillon.protocol.control.WireMessage;
import org.carillon.protocol.control.WireRefusal;
import org.carillon.protocol.control.Welcome;

/** A connection with a server that has been greeted: where to ask, and the page that shows what is there. */
final class Link {
    private static final int FIXED_LENGTH = MemoryFile.SEAL_SHRINK | MemoryFile.SEAL_SEALS;

    /** A request of a client, and what comes of it. */
    @FunctionalInterface
    interface Request<T> {
        T ask(ControlClient client) throws IOException;
    }

    /** A channel that keeps the descriptors of one reply. */
    private static final class Keeper implements WireChannel {
        private final ControlSocket socket;
        private int[] descriptors = {};

        Keeper(ControlSocket socket) {
            this.socket = socket;
        }

        @Override
        public MemorySegment call(int requestId, WireMessage request) throws IOException {
            ControlSocket.Reply reply = socket.exchange(requestId, request);
            descriptors = reply.descriptors();
            return reply.bytes();
        }

        @Override
        public void send(int requestId, WireMessage request) throws IOException {
            socket.send(requestId, request);
        }

        /** The memory of a descriptor, mapped as long as anybody holds it. */
        MemorySegment map(int index, long lengthBytes, boolean writable) throws IOException {
            if (index >= descriptors.length) {
                throw new IOException("expected memory with the reply: descriptors=" + descriptors.length);
            }
            int descriptor = descriptors[index];
            descriptors[index] = -1;
            try (MemoryFile file = MemoryFile.received(descriptor, lengthBytes, FIXED_LENGTH)) {
                return file.map(Arena.ofAuto(), writable);
            }
        }

        void closeRest() {
            for (int descriptor : descriptors) {
                Packet.close(descriptor);
            }
        }
    }

    /** A channel whose requests take a file along. */
    private record Sender(ControlSocket socket, int descriptor) implements WireChannel {
        @Override
        public MemorySegment call(int requestId, WireMessage request) throws IOException {
            ControlSocket.Reply reply = socket.exchange(requestId, request, descriptor);
            reply.close();
            return reply.bytes();
        }

        @Override
        public void send(int requestId, WireMessage request) throws IOException {
            socket.send(requestId, request);
        }
    }

    private final ControlSocket socket;
    private final ControlClient client;
    private final Welcome welcome;
    private final StatusPage page;

    private Link(ControlSocket socket, Welcome welcome, StatusPage page) {
        this.socket = socket;
        this.welcome = welcome;
        this.page = page;
        client = new ControlClient(socket);
    }

    /**
     * Connects and says who we are.
     *
     * @throws ClientException with {@link Kind#UNREACHABLE} where nobody listens.
     */
    static Link open(ClientOptions options) {
        Path path = options.socket();
        try {
            SocketFolder.check(path.toAbsolutePath().getParent());
            ControlSocket socket = ControlSocket.connect(path, options.timeLimitNs());
            try {
                return greet(socket, options.name());
            } catch (IOException | RuntimeException e) {
                socket.end();
                socket.close();
                throw e;
            }
        } catch (WireRefusal e) {
            throw new ClientException(ClientException.kind(e.code()), e.getMessage(), e);
        } catch (java.nio.file.NoSuchFileException e) {
            throw ClientException.unreachable("socket=" + path);
        } catch (IOException e) {
            throw failure(e, "socket=" + path);
        }
    }

    private static Link greet(ControlSocket socket, String name) throws IOException {
        Keeper keeper = new Keeper(socket);
        try {
            Welcome welcome = new ControlClient(keeper).hello(
                    new Hello(ControlPacket.PROTOCOL_VERSION, name, (int) ProcessHandle.current().pid()));
            if (welcome.statusLength() < StatusPage.LENGTH) {
                throw new IOException("expected a longer status page: lengthBytes=" + welcome.statusLength());
            }
            return new Link(socket, welcome, new StatusPage(keeper.map(0, welcome.statusLength(), false)));
        } finally {
            keeper.closeRest();
        }
    }

    /** Opens the session of this connection. */
    SessionMemory openSession(String name, int toServerCapacityBytes, int toClientCapacityBytes) {
        Keeper keeper = new Keeper(socket);
        try {
            SessionOpened opened = new ControlClient(keeper)
                    .openSession(new OpenSession(name, toServerCapacityBytes, toClientCapacityBytes, 0));
            MemorySegment toServer = keeper.map(0, SessionMemory.lengthBytes(opened.toServerCapacity()), true);
            MemorySegment toClient = keeper.map(1, SessionMemory.lengthBytes(opened.toClientCapacity()), false);
            return SessionMemory.open(toServer, toClient);
        } catch (WireRefusal e) {
            throw new ClientException(ClientException.kind(e.code()), e.getMessage(), e);
        } catch (IOException | IllegalArgumentException e) {
            throw failure(e, "session=" + name);
        } finally {
            keeper.closeRest();
        }
    }

    /** Asks the server; what goes wrong is a {@link ClientException}. */
    <T> T ask(Request<T> request) {
        try {
            return request.ask(client);
        } catch (WireRefusal e) {
            throw new ClientException(ClientException.kind(e.code()), e.getMessage(), e);
        } catch (IOException e) {
            throw failure(e, "processId=" + welcome.processId());
        }
    }

    /** As {@link #ask}, with an open file that goes with each request. */
    <T> T ask(OpenFile file, Request<T> request) {
        ControlClient sender = new ControlClient(new Sender(socket, file.descriptor()));
        return ask(_ -> request.ask(sender));
    }

    private static ClientException failure(Exception e, String what) {
        Kind kind = Kind.UNREACHABLE;
        if (e instanceof IpcException ipc) {
            kind = switch (ipc.reason()) {
                case NOBODY_LISTENS, GONE -> Kind.UNREACHABLE;
                case TIMED_OUT -> Kind.TIMED_OUT;
                case FORBIDDEN -> Kind.REFUSED;
                case PATH_TOO_LONG -> Kind.WRONG_USAGE;
                case EXHAUSTED, FAILED -> Kind.FAILED;
            };
        } else if (e instanceof IllegalArgumentException) {
            kind = Kind.FAILED;
        }
        String word = kind == Kind.UNREACHABLE ? "server is unreachable: " : "";
        return new ClientException(kind, word + what + ", reason=" + e.getMessage(), e);
    }

    Welcome welcome() {
        return welcome;
    }

    StatusPage page() {
        return page;
    }

    /** Waits until the connection has ended. */
    void awaitEnd() {
        socket.awaitEnd();
    }

    /** Whether the server has ended the connection. */
    boolean hasEnded() {
        return socket.hasEnded();
    }

    /** Ends the connection; calls in progress fail. */
    void end() {
        socket.end();
    }

    /** Gives back what is left of an ended connection. */
    void close() {
        socket.close();
    }
}
