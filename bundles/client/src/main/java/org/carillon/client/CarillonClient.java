package org.carillon.client;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.carillon.client.ClientException.Kind;
import org.carillon.platform.ipc.IpcException;
import org.carillon.platform.ipc.OpenFile;
import org.carillon.protocol.SessionMemory;
import org.carillon.protocol.control.ControlClient;

/**
 * A program that uses the server. Making one asks nobody; {@link #open} connects, and starts a server where none is.
 * Any thread.
 */
public final class CarillonClient implements AutoCloseable {
    private final ClientOptions options;
    private final List<ClientSession> sessions = new CopyOnWriteArrayList<>();
    private final List<Consumer<ClientState>> listeners = new CopyOnWriteArrayList<>();
    private final Object keptLock = new Object();
    private ClientState told = ClientState.PASSIVE;
    private volatile boolean isConnectionKept;
    /** What {@link #present} looks through, and all the rest where it is kept; null until it has found a server. */
    private Link kept;

    public CarillonClient(ClientOptions options) {
        this.options = options;
    }

    /** A client with the usual options. */
    public static CarillonClient named(String name) {
        return new CarillonClient(ClientOptions.named(name));
    }

    /** How it meets its server. */
    public ClientOptions options() {
        return options;
    }

    /** How it stands with its server, all sessions taken together. */
    public ClientState state() {
        if (sessions.isEmpty()) {
            return ClientState.PASSIVE;
        }
        return sessions.stream().allMatch(ClientSession::isReachable) ? ClientState.ACTIVE : ClientState.EXCEPTION;
    }

    /** Tells each change of {@link #state}, on the thread that sees it. */
    public void onState(Consumer<ClientState> listener) {
        listeners.add(listener);
    }

    /**
     * Lets {@link #look} and {@link #ask(Asking)} use one connection, for programs that ask often; it is made anew when
     * the server has ended it, and ends with {@link #close}.
     */
    public CarillonClient keepConnection() {
        isConnectionKept = true;
        return this;
    }

    /** Whether a server listens. Never starts one. */
    public boolean isServerThere() {
        try {
            look();
            return true;
        } catch (ClientException e) {
            if (e.kind() == Kind.UNREACHABLE) {
                return false;
            }
            throw e;
        }
    }

    /**
     * The server as it shows itself, without a session. Never starts one.
     *
     * @throws ClientException with {@link Kind#UNREACHABLE} where none listens.
     */
    public ServerView look() {
        if (isConnectionKept) {
            return new ServerView(kept().page());
        }
        Link link = Link.open(options);
        link.end();
        link.close();
        return new ServerView(link.page());
    }

    /**
     * The server as it shows itself now, without a session, for whoever looks again and again: the connection is kept
     * until this client is closed, so that a look asks nobody as long as the same server is there. Never starts one.
     *
     * @return empty where none listens.
     */
    public Optional<ServerView> present() {
        try {
            return Optional.of(new ServerView(kept().page()));
        } catch (ClientException e) {
            if (e.kind() == Kind.UNREACHABLE) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The connection that is kept; made anew where it has ended. */
    private Link kept() {
        synchronized (keptLock) {
            if (kept != null && kept.hasEnded()) {
                letGo();
            }
            kept = kept == null ? Link.open(options) : kept;
            return kept;
        }
    }

    private void letGo() {
        if (kept != null) {
            kept.end();
            kept.close();
            kept = null;
        }
    }

    /**
     * Asks the server anything that its schema knows, over a connection of its own or the one that is kept. Never
     * starts a server.
     *
     * @throws ClientException with {@link Kind#UNREACHABLE} where none listens.
     */
    public <T> T ask(Asking<T> asking) {
        if (isConnectionKept) {
            return kept().ask(asking::ask);
        }
        Link link = Link.open(options);
        try {
            return link.ask(asking::ask);
        } finally {
            link.end();
            link.close();
        }
    }

    /**
     * As {@link #ask(Asking)}, with a file that goes with each request, open for reading: so the server reads what this
     * program may read.
     *
     * @throws ClientException with {@link Kind#NO_SUCH_NAME} where there is no such file, {@link Kind#FAILED} where it
     *                         cannot be read.
     */
    public <T> T ask(Path file, Asking<T> asking) {
        if (!Files.isRegularFile(file)) {
            throw new ClientException(Kind.NO_SUCH_NAME, "no such file: file=" + file);
        }
        Link link = Link.open(options);
        try (OpenFile open = OpenFile.forReading(file)) {
            return link.ask(open, asking::ask);
        } catch (IpcException e) {
            throw new ClientException(Kind.FAILED, "file cannot be read: file=" + file + ", reason=" + e.getMessage(),
                    e);
        } finally {
            link.end();
            link.close();
        }
    }

    /** A request, and what comes of it. */
    @FunctionalInterface
    public interface Asking<T> {
        /** Asks; what goes wrong becomes a {@link ClientException}. */
        T ask(ControlClient server) throws java.io.IOException;
    }

    /** Opens a session with rings of the usual capacity. */
    public ClientSession open(String name) {
        return open(name, SessionMemory.DEFAULT_CAPACITY, SessionMemory.DEFAULT_CAPACITY);
    }

    /**
     * Opens a session; starts a server where none listens, unless the options forbid it.
     *
     * @param name                  unique among the sessions of the server.
     * @param toServerCapacityBytes of the ring for what is sent: a power of two from 8 KiB to 16 MiB; a short message
     *                              takes 32 bytes.
     * @param toClientCapacityBytes of the ring for what is received, likewise.
     */
    public ClientSession open(String name, int toServerCapacityBytes, int toClientCapacityBytes) {
        SessionMemory.lengthBytes(toServerCapacityBytes);
        SessionMemory.lengthBytes(toClientCapacityBytes);
        ClientSession session = new ClientSession(this, name, toServerCapacityBytes, toClientCapacityBytes)
                .open(new Starter(options).connect());
        sessions.add(session);
        sessions.forEach(ClientSession::retry); // others may have lost the server that was started now
        changed();
        return session;
    }

    void closed(ClientSession session) {
        sessions.remove(session);
        changed();
    }

    /** A session was opened, lost, found again or closed. */
    synchronized void changed() {
        ClientState state = state();
        if (state != told) {
            told = state;
            listeners.forEach(listener -> listener.accept(state));
        }
    }

    /** Closes all sessions. */
    @Override
    public void close() {
        sessions.forEach(ClientSession::close);
        synchronized (keptLock) {
            letGo();
        }
    }
}
