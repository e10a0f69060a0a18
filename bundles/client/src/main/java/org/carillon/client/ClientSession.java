package org.carillon.client;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.carillon.client.ClientException.Kind;
import org.carillon.platform.Platform;
import org.carillon.platform.WaitPoint;
import org.carillon.protocol.Change;
import org.carillon.protocol.Doorbell;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;
import org.carillon.protocol.RecordHandler;
import org.carillon.protocol.Refusal;
import org.carillon.protocol.RingFault;
import org.carillon.protocol.SessionState;
import org.carillon.protocol.control.ConnectionEntry;
import org.carillon.protocol.control.ConnectionFilter;
import org.carillon.protocol.control.DestinationFilter;
import org.carillon.protocol.control.Ends;
import org.carillon.protocol.control.NewConnection;
import org.carillon.protocol.control.NewTap;
import org.carillon.protocol.control.NewTask;
import org.carillon.protocol.control.Nothing;
import org.carillon.protocol.control.PortId;
import org.carillon.protocol.control.TapEnds;
import org.carillon.protocol.control.TaskHandle;
import org.carillon.protocol.control.Watch;

/**
 * A program's place in the server: its ports, what it sends, what it receives. One thread sends, one thread receives;
 * they may be the same. Everything else may be called by any thread, any number at once.
 * <p>
 * When the server is lost, sending returns false and every other call fails at once with {@link Kind#UNREACHABLE}; when
 * one is back, the session goes on in it with the same ports, connections and filters. A session that the server has
 * ended for a reason stays ended.
 */
public final class ClientSession implements AutoCloseable {
    private static final long FIRST_RETRY_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LAST_RETRY_NS = TimeUnit.SECONDS.toNanos(1);

    private final CarillonClient client;
    private final String name;
    private final int toServerCapacityBytes;
    private final int toClientCapacityBytes;
    private final Wishes wishes = new Wishes();
    private final Thread watcher;
    private final WaitPoint idlePoint = Platform.current().newWaitPoint();
    private final Doorbell idleBell = new Doorbell(idlePoint.word(), idlePoint::wake);
    private final Event received = new Event();
    private final Event task = new Event().wrap(
            java.lang.foreign.Arena.ofAuto().allocate(Event.TASK_LENGTH, Event.ALIGNMENT), 0);
    private final RecordHandler onRecord = this::onRecord;
    private EventHandler handler;
    /** What the receiving thread reads: the present life, or what is left of the last one. */
    private SessionLink polled;
    /** Null while the server is unreachable. */
    private volatile SessionLink link;
    private volatile String endReason = "";
    private volatile boolean isClosed;
    private volatile boolean isWoken;

    ClientSession(CarillonClient client, String name, int toServerCapacityBytes, int toClientCapacityBytes) {
        this.client = client;
        this.name = name;
        this.toServerCapacityBytes = toServerCapacityBytes;
        this.toClientCapacityBytes = toClientCapacityBytes;
        watcher = new Thread(this::watch, "carillon-watch-" + name);
        watcher.setDaemon(true);
    }

    /** Opens the session on a new connection. */
    ClientSession open(Link connection) {
        link = opened(connection);
        watcher.start();
        return this;
    }

    private SessionLink opened(Link connection) {
        try {
            return new SessionLink(connection,
                    connection.openSession(name, toServerCapacityBytes, toClientCapacityBytes));
        } catch (RuntimeException e) {
            connection.end();
            connection.close();
            throw e;
        }
    }

    SessionLink link() {
        return link;
    }

    /** Whose session it is. */
    public CarillonClient client() {
        return client;
    }

    /** Unique among the sessions of the server. */
    public String name() {
        return name;
    }

    /** Number of the session, unique in this run of the server; it is another after a loss. */
    public int id() {
        return reachable().memory.sessionId();
    }

    /** Whether the server is there and knows this session. */
    public boolean isReachable() {
        return link != null;
    }

    /** Why the server ended the session for good, in a word; empty while it has not. */
    public String endReason() {
        return endReason;
    }

    /** The server as it shows itself; after a loss ask for it anew. */
    public ServerView server() {
        return new ServerView(reachable().link.page());
    }

    private SessionLink reachable() {
        if (isClosed) {
            throw new ClientException(Kind.REFUSED, "session is closed: session=" + name);
        }
        SessionLink present = link;
        if (present == null) {
            throw lost();
        }
        return present;
    }

    private ClientException lost() {
        return endReason.isEmpty() ? ClientException.unreachable("session=" + name)
                : new ClientException(Kind.REFUSED, "server has ended the session: session=" + name + ", reason="
                        + endReason);
    }

    private <T> T ask(Link.Request<T> request) {
        return reachable().link.ask(request);
    }

    /** Publishes a source, named {@code session:port}. */
    public ClientSource source(String port) {
        return published(new ClientSource(name + ":" + port, this));
    }

    /** Publishes a destination that takes notes as note-on and note-off, named {@code session:port}. */
    public ClientDestination destination(String port) {
        return destination(port, false);
    }

    /**
     * Publishes a destination, named {@code session:port}.
     *
     * @param wholeNotes whether notes with duration come whole.
     */
    public ClientDestination destination(String port, boolean wholeNotes) {
        return published(new ClientDestination(name + ":" + port, wholeNotes));
    }

    private <T extends ClientPort> T published(T port) {
        reachable();
        synchronized (wishes) {
            ask(to -> {
                port.publish(to);
                return port;
            });
            wishes.add(port);
        }
        return port;
    }

    /** Takes a port away; connections wait for its name. */
    public void remove(ClientPort port) {
        reachable();
        synchronized (wishes) {
            ask(to -> to.removePort(new PortId(port.id())));
            wishes.remove(port);
        }
    }

    /** Connects two ports by their full names. They need not be there: the connection waits for them. */
    public int connect(String source, String destination) {
        return connect(source, destination, "", false);
    }

    /**
     * Connects two ports; a connection that is there gets the filter.
     *
     * @param filter    filter words; empty for none.
     * @param allowLoop make it even where it closes a loop through ports that the server forwards.
     * @return number of the connection in this run of the server.
     */
    public int connect(String source, String destination, String filter, boolean allowLoop) {
        NewConnection connection = new NewConnection(source, destination, filter, allowLoop);
        reachable();
        synchronized (wishes) {
            int id = made(connection);
            wishes.connect(connection);
            return id;
        }
    }

    /** Connections of others' ports outlive who made them, so one may be there; then it gets the filter. */
    private int made(NewConnection connection) {
        try {
            return ask(to -> to.connect(connection)).connectionId();
        } catch (ClientException e) {
            Optional<ConnectionEntry> there = server().connections().stream()
                    .filter(each -> each.tap() == 0 && each.source().equals(connection.source())
                            && each.destination().equals(connection.destination()))
                    .findFirst();
            if (e.kind() != Kind.REFUSED || there.isEmpty()) {
                throw e;
            }
            if (!there.get().filter().equals(connection.filter())) {
                ask(to -> to.filter(new ConnectionFilter(connection.source(), connection.destination(),
                        connection.filter())));
            }
            return there.get().connectionId();
        }
    }

    /** Ends a connection: what it started is released. */
    public void disconnect(String source, String destination) {
        reachable();
        synchronized (wishes) {
            ask(to -> to.disconnect(new Ends(source, destination)));
            wishes.disconnect(source, destination);
        }
    }

    /**
     * Has copies sent to a destination of what passes a port, which need not be there. It holds nobody back: a copy
     * that finds no room is dropped. It ends with the session.
     *
     * @param ofDestination whether the port is a destination: then what went to it is copied.
     * @param filter        filter words; empty for none.
     * @return number of the tap among the connections in this run of the server.
     */
    public int tap(boolean ofDestination, String port, String destination, String filter) {
        NewTap tap = new NewTap(ofDestination, port, destination, filter);
        reachable();
        synchronized (wishes) {
            int id = ask(to -> to.tap(tap)).connectionId();
            wishes.tap(tap);
            return id;
        }
    }

    /** Ends a tap. */
    public void untap(boolean ofDestination, String port, String destination) {
        reachable();
        synchronized (wishes) {
            ask(to -> to.untap(new TapEnds(ofDestination, port, destination)));
            wishes.untap(ofDestination, port, destination);
        }
    }

    /** Changes the filter of a connection; empty words for none. */
    public void filter(String source, String destination, String filter) {
        ConnectionFilter change = new ConnectionFilter(source, destination, filter);
        reachable();
        synchronized (wishes) {
            ask(to -> to.filter(change));
            wishes.filter(change);
        }
    }

    /** Changes the filter of a destination, which acts after those of its connections; empty words for none. */
    public void filterDestination(String destination, String filter) {
        DestinationFilter change = new DestinationFilter(destination, filter);
        reachable();
        synchronized (wishes) {
            ask(to -> to.filterDestination(change));
            wishes.filterDestination(change);
        }
    }

    /**
     * Has changes told: as events of type {@link EventType#CHANGE} among the others, see {@link Change}.
     *
     * @param changes a sum of the bits in {@link Change}; 0 ends it.
     */
    public void watch(int changes) {
        reachable();
        synchronized (wishes) {
            ask(to -> to.watch(new Watch(changes)));
            wishes.watch(changes);
        }
    }

    /** Silences everything in the server; connections stay. */
    public void panic() {
        ask(to -> to.panic(new Nothing()));
    }

    /**
     * Schedules a task: an event of type {@link EventType#TASK} that comes back to this session at its date. One of a
     * past date comes with the next whole millisecond. It does not outlive the server.
     *
     * @return a handle for {@link #cancel}.
     */
    public long schedule(long deadlineNs, long what, long argument1, long argument2, long argument3) {
        return ask(to -> to.schedule(new NewTask(deadlineNs, what, argument1, argument2, argument3))).handle();
    }

    /**
     * Takes a task back.
     *
     * @return false when the handle is stale: the task has run or never was.
     */
    public boolean cancel(long handle) {
        return ask(to -> to.cancel(new TaskHandle(handle))).wasThere();
    }

    /**
     * Schedules a task without a request and without a handle: it goes with the events. Sending thread only.
     *
     * @return false when there is no room, or the server is unreachable.
     */
    public boolean sendTask(long deadlineNs, long what, long argument1, long argument2, long argument3) {
        SessionLink present = link;
        if (present == null) {
            return false;
        }
        task.taskWord(0, what).taskWord(1, argument1).taskWord(2, argument2).taskWord(3, argument3);
        return present.out.offer(task.segment(), 0, Event.TASK_LENGTH, EventType.TASK, deadlineNs, 0);
    }

    /** Wakes the server after a batch of sends. Sending thread only. */
    public void flush() {
        SessionLink present = link;
        if (present != null) {
            present.out.flush();
        }
    }

    /**
     * Bytes that are free in the ring to the server; 0 while it is unreachable. A record of so many bytes may need
     * twice as much. Sending thread only.
     */
    public int freeBytes() {
        SessionLink present = link;
        return present == null ? 0 : present.out.freeBytes();
    }

    /** Events that the ring to the server refused because it was full, since the last loss. Any thread. */
    public long refused() {
        SessionLink present = link;
        return present == null ? 0 : present.out.refused(Refusal.FULL);
    }

    /**
     * Hands what has come, for all destinations and tasks, to a handler. Receiving thread only.
     *
     * @return how many events were handled; 0 when nothing waits.
     */
    public int poll(EventHandler onEvent, int limit) {
        SessionLink present = link;
        if (polled != present && (polled == null || polled.in.isEmpty())) {
            polled = present;
        }
        if (polled == null) {
            return 0;
        }
        handler = onEvent;
        int count = polled.in.poll(onRecord, limit);
        if (count == 0 && polled.in.fault() != RingFault.NONE) {
            polled.link.end(); // a server that breaks the rules is none
            polled = null;
        }
        return count;
    }

    private boolean onRecord(int type, java.lang.foreign.MemorySegment segment, long offset, int lengthBytes) {
        handler.onEvent(received.wrap(segment, offset));
        return true;
    }

    /**
     * Sleeps until something has come, {@link #wake} is called, the server is lost or back, or a date is reached.
     * Receiving thread only.
     *
     * @param deadlineMonoNs time of {@link System#nanoTime()}; {@link Long#MAX_VALUE} for none.
     */
    public void await(long deadlineMonoNs) {
        SessionLink present = link;
        Doorbell bell = present == null ? idleBell : present.bell;
        bell.arm();
        boolean isSame = present == link && (polled == present || polled == null || polled.in.isEmpty());
        if (isSame && !isWoken && (present == null || present.in.isEmpty())) {
            (present == null ? idlePoint : present.waitPoint).await(deadlineMonoNs);
        }
        bell.disarm();
        isWoken = false;
    }

    /** Wakes the thread that sleeps in {@link #await}. Any thread. */
    public void wake() {
        isWoken = true;
        SessionLink present = link;
        if (present != null) {
            present.bell.ring();
        }
        idleBell.ring();
    }

    /**
     * Starts a thread that receives in the place of {@link #poll} and {@link #await}.
     *
     * @param priority {@link Receiver#NORMAL}, or a SCHED_FIFO priority such as {@link Receiver#DEFAULT_PRIORITY}, with
     *                 which memory is locked too, where permitted.
     */
    public Receiver receive(EventHandler onEvent, int priority) {
        return new Receiver(this, onEvent, priority).start();
    }

    private void watch() {
        SessionLink present = link;
        while (present != null) {
            present.link.awaitEnd();
            end(present);
            client.changed();
            present = isClosed || !endReason.isEmpty() ? null : another();
        }
    }

    /** Takes a life away that has ended. */
    private void end(SessionLink ended) {
        SessionState state = ended.memory.state();
        switch (state) {
            case KICKED, VIOLATED, EXCEEDED -> endReason = state.name().toLowerCase(java.util.Locale.ROOT);
            default -> { // the server has stopped, or died
            }
        }
        link = null;
        ended.link.end();
        ended.bell.ring();
        idleBell.ring();
        ended.link.close();
    }

    /** Waits for a server and goes on there; never starts one. Null when the session was closed meanwhile. */
    private SessionLink another() {
        long pauseNs = FIRST_RETRY_NS;
        while (!isClosed) {
            try {
                SessionLink next = opened(Link.open(client.options()));
                restore(next);
                return next;
            } catch (ClientException e) {
                LockSupport.parkNanos(pauseNs);
                pauseNs = Math.min(2 * pauseNs, LAST_RETRY_NS);
            }
        }
        return null;
    }

    private void restore(SessionLink next) {
        try {
            synchronized (wishes) {
                next.link.ask(to -> {
                    wishes.repeat(to);
                    return next;
                });
                link = next;
            }
        } catch (ClientException e) {
            next.link.end();
            next.link.close();
            throw e;
        }
        if (isClosed) {
            next.link.end();
        }
        wake();
        client.changed();
    }

    /** Tries at once whether a server is back. */
    void retry() {
        LockSupport.unpark(watcher);
    }

    /**
     * Ends the session: what was sent is read by the server to its end, its ports go, what its connections started is
     * released. Any thread; a second call does nothing.
     */
    @Override
    public void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        SessionLink present = link;
        if (present != null) {
            try {
                present.link.ask(to -> to.closeSession(new Nothing()));
            } catch (ClientException e) {
                System.getLogger(ClientSession.class.getName()).log(System.Logger.Level.DEBUG,
                        "session ends without a word: session={0}, reason={1}", name, e.getMessage());
            }
            present.link.end();
        }
        retry();
        client.closed(this);
        wake();
    }
}
