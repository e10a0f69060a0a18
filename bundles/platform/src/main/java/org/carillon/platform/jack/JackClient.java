package org.carillon.platform.jack;

import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A client of a sound server. All methods are for the thread that opened it, its owner, except where they say so: they
 * ask the server, and a server that hangs makes them hang. {@link #close()} alone has a time limit.
 * <p>
 * Each cycle enters Java anew ({@code jack_set_process_callback}). JACK's other style, a loop of one's own around
 * {@code jack_cycle_wait}, is not for a JVM: jackd's library ends that thread by {@code pthread_cancel} when a client
 * closes, in the middle of Java frames, and the next garbage collection then ends the process.
 */
public final class JackClient implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(JackClient.class.getName());
    private static final int NO_START_SERVER = 0x01;
    private static final int SERVER_NAME = 0x04;
    private static final int ALREADY_CONNECTED = 17;
    private static final long CLOSE_LIMIT_MS = 6_000;
    /** The library has one server for a process: no new client, perhaps of a new server, beside one of the old. */
    private static final AtomicInteger LEFT_BEHIND = new AtomicInteger();
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(2);

    private final Arena arena;
    private final long client;
    private final JackCallbacks callbacks;
    private final AtomicBoolean isSettled = new AtomicBoolean();
    private boolean isOpen = true;

    private JackClient(Arena arena, long client) {
        this.arena = arena;
        this.client = client;
        callbacks = new JackCallbacks(client, arena, Thread.currentThread());
    }

    /** Why no client can be opened in this process: no library, or no native access. Empty when one can. Any thread. */
    public static Optional<String> obstacle() {
        return LibJack.obstacle();
    }

    /**
     * Opens a client at a running server. Never starts one.
     *
     * @param name   wished; the server makes it unique, see {@link #name()}.
     * @param server name of the server; empty for the one that {@code JACK_DEFAULT_SERVER} names, or the default.
     * @throws JackException when there is no library or no server, or it refuses.
     */
    public static JackClient open(String name, String server) {
        obstacle().ifPresent(obstacle -> {
            throw new JackException(obstacle);
        });
        if (LEFT_BEHIND.get() > 0) {
            throw new JackException("a former client is still held by its server: clients=" + LEFT_BEHIND.get());
        }
        Arena arena = Arena.ofShared();
        try {
            JackClient opened = new JackClient(arena, open(arena, name, server));
            opened.prepare();
            return opened;
        } catch (Throwable thrown) {
            arena.close();
            throw LibJack.unexpected(thrown);
        }
    }

    private static long open(Arena arena, String name, String server) throws Throwable {
        var status = arena.allocate(ValueLayout.JAVA_INT);
        int options = server.isEmpty() ? NO_START_SERVER : NO_START_SERVER | SERVER_NAME;
        long serverName = server.isEmpty() ? 0 : arena.allocateFrom(server).address();
        long client = (long) LibJack.CLIENT_OPEN.invokeExact(arena.allocateFrom(name).address(), options,
                status.address(), serverName);
        if (client == 0) {
            throw new JackException("no client at the sound server: server=" + (server.isEmpty() ? defaultServer()
                    : server) + ", name=" + name + ", status=" + JackStatus.describe(
                            status.get(ValueLayout.JAVA_INT,
                                    0)));
        }
        return client;
    }

    private static String defaultServer() {
        String name = System.getenv("JACK_DEFAULT_SERVER");
        return name == null ? "default" : name;
    }

    private void prepare() throws Throwable {
        try {
            callbacks.install();
            callbacks.sampleRateHz = (int) LibJack.GET_SAMPLE_RATE.invokeExact(client);
            callbacks.blockFrames = (int) LibJack.GET_BUFFER_SIZE.invokeExact(client);
        } catch (Throwable thrown) {
            int unused = (int) LibJack.CLIENT_CLOSE.invokeExact(client);
            throw thrown;
        }
    }

    /** The name that the server gave. */
    public String name() {
        try {
            return LibJack.string((long) LibJack.GET_CLIENT_NAME.invokeExact(client));
        } catch (Throwable thrown) {
            throw LibJack.unexpected(thrown);
        }
    }

    /** Frames per second. Any thread; a change wakes the owner from a park. */
    public int sampleRateHz() {
        return callbacks.sampleRateHz;
    }

    /** Length of a cycle. Any thread; a change wakes the owner from a park. */
    public int blockFrames() {
        return callbacks.blockFrames;
    }

    /** Asks the server for another length of cycle, for all its clients. */
    public void requestBlockFrames(int frames) {
        try {
            check("block length", (int) LibJack.SET_BUFFER_SIZE.invokeExact(client, frames), "frames=" + frames);
        } catch (Throwable thrown) {
            throw LibJack.unexpected(thrown);
        }
    }

    /** True when the server runs its clients at real-time priority. */
    public boolean isRealTime() {
        try {
            return (int) LibJack.IS_REALTIME.invokeExact(client) != 0;
        } catch (Throwable thrown) {
            throw LibJack.unexpected(thrown);
        }
    }

    /** True once the server has ended or has thrown this client out; then only close is left. Any thread. */
    public boolean isGone() {
        return callbacks.isGone;
    }

    /** What the server said when it went; empty when nothing. Any thread. */
    public String goneReason() {
        return callbacks.goneReason;
    }

    /** Cycles since activation. Any thread. */
    public long cycleCount() {
        return callbacks.cycleCount();
    }

    /** Xruns that the server told of, of whatever client. PipeWire tells of few. Any thread. */
    public long xrunCount() {
        return callbacks.xrunCount();
    }

    /** The first exception that left a cycle. Any thread. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(callbacks.failure);
    }

    /**
     * Makes a port, before or after activation.
     *
     * @param name without the client's.
     */
    public JackPort register(String name, JackPort.Kind kind, JackPort.Way way) {
        try (Arena call = Arena.ofConfined()) {
            long handle = (long) LibJack.PORT_REGISTER.invokeExact(client, call.allocateFrom(name).address(),
                    call.allocateFrom(kind.type).address(), way.flag, 0L);
            if (handle == 0) {
                throw new JackException("port was refused: client=" + name() + ", port=" + name);
            }
            return new JackPort(handle, LibJack.string((long) LibJack.PORT_NAME.invokeExact(handle)));
        } catch (Throwable thrown) {
            throw LibJack.unexpected(thrown);
        }
    }

    /** Takes a port away; no cycle may use it any more. */
    public void unregister(JackPort port) {
        try {
            check("end of port", (int) LibJack.PORT_UNREGISTER.invokeExact(client, port.handle()),
                    "port=" + port.name());
        } catch (Throwable thrown) {
            throw LibJack.unexpected(thrown);
        }
    }

    /**
     * Names of ports at the server, in its order.
     *
     * @param pattern  regular expression, POSIX extended, found anywhere in the name; empty for all.
     * @param physical true for ports of hardware only.
     */
    public List<String> ports(String pattern, JackPort.Kind kind, JackPort.Way way, boolean physical) {
        try (Arena call = Arena.ofConfined()) {
            long flags = way.flag | (physical ? JackPort.PHYSICAL_FLAG : 0);
            long names = (long) LibJack.GET_PORTS.invokeExact(client, call.allocateFrom(pattern).address(),
                    call.allocateFrom(kind.type).address(), flags);
            List<String> found = new ArrayList<>();
            if (names != 0) {
                for (long at = names;; at += Long.BYTES) {
                    long name = LibJack.MEMORY.get(ValueLayout.JAVA_LONG, at);
                    if (name == 0) {
                        break;
                    }
                    found.add(LibJack.string(name));
                }
                LibJack.FREE.invokeExact(names);
            }
            return found;
        } catch (Throwable thrown) {
            throw LibJack.unexpected(thrown);
        }
    }

    /** Connects two ports by their whole names; of no effect when they are. After activation only. */
    public void connect(String output, String input) {
        try (Arena call = Arena.ofConfined()) {
            int result = (int) LibJack.CONNECT.invokeExact(client, call.allocateFrom(output).address(),
                    call.allocateFrom(input).address());
            check("connection", result == ALREADY_CONNECTED ? 0 : result, "output=" + output + ", input=" + input);
        } catch (Throwable thrown) {
            throw LibJack.unexpected(thrown);
        }
    }

    /** Takes a connection away. */
    public void disconnect(String output, String input) {
        try (Arena call = Arena.ofConfined()) {
            check("end of connection", (int) LibJack.DISCONNECT.invokeExact(client,
                    call.allocateFrom(output).address(), call.allocateFrom(input).address()),
                    "output=" + output + ", input=" + input);
        } catch (Throwable thrown) {
            throw LibJack.unexpected(thrown);
        }
    }

    /**
     * Starts the cycles. The first ones are late by milliseconds, while code is loaded and linked: run some hundred of
     * them on private ports ({@link #awaitCycles}) before the ports that count are registered.
     */
    public void activate(JackCycle cycle) {
        callbacks.setCycle(cycle);
        try {
            check("activation", (int) LibJack.ACTIVATE.invokeExact(client), "client=" + name());
        } catch (Throwable thrown) {
            throw LibJack.unexpected(thrown);
        }
    }

    /**
     * Waits for further cycles to end.
     *
     * @param limitNs after which it waits no longer.
     * @return false when they did not come in time, or the server is gone.
     */
    public boolean awaitCycles(int count, long limitNs) {
        long wanted = cycleCount() + count;
        long startNs = System.nanoTime();
        while (cycleCount() < wanted) {
            if (isGone() || System.nanoTime() - startNs > limitNs || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(this, LOOK_NS);
        }
        return true;
    }

    /**
     * Ends the client and its ports. Waits at most 6 s for the server to agree; one that hangs is left to a daemon
     * thread, which goes on waiting, and until it has done so this process opens no other. Later calls have no effect.
     */
    @Override
    public void close() {
        if (!isOpen) {
            return;
        }
        isOpen = false;
        Thread closer = Thread.ofPlatform().daemon().name("jack-close").start(this::closeNow);
        boolean wasInterrupted = Thread.interrupted();
        try {
            closer.join(CLOSE_LIMIT_MS);
        } catch (InterruptedException e) {
            wasInterrupted = true;
        }
        if (isSettled.compareAndSet(false, true)) {
            LEFT_BEHIND.incrementAndGet();
            LOG.log(System.Logger.Level.WARNING, "sound server does not let its client go; left behind: waitedMs="
                    + CLOSE_LIMIT_MS);
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The library's threads must be out of Java before it cancels them; it gives no notice once deactivated. */
    private void closeNow() {
        callbacks.awaitEndOfCycles();
        try {
            int unused = (int) LibJack.DEACTIVATE.invokeExact(client);
            callbacks.awaitEndOfNotices();
            unused = (int) LibJack.CLIENT_CLOSE.invokeExact(client);
        } catch (Throwable thrown) {
            throw LibJack.unexpected(thrown);
        }
        arena.close();
        if (!isSettled.compareAndSet(false, true)) {
            LEFT_BEHIND.decrementAndGet();
        }
    }

    private static void check(String what, int result, String values) {
        if (result != 0) {
            throw new JackException(what + " was refused by the sound server: " + values + ", code=" + result);
        }
    }
}
