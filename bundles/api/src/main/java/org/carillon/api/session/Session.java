package org.carillon.api.session;

import org.carillon.api.port.Wiring;
import org.carillon.api.status.StatusSnapshot;
import org.carillon.protocol.ServerClock;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A client program's place in the server: its ports, what it sends, what it receives. One thread sends, one thread
 * receives; they may be the same. Everything else may be called by any thread. When the server ends the session,
 * sending
 * returns false and every other call says so.
 */
@ProviderType
public interface Session extends AutoCloseable {
    /** Number of the session, unique in this run of the server. */
    int id();

    String name();

    /** Whether the session is still there. */
    boolean isOpen();

    /** Server time; dates of events are of this clock. */
    ServerClock clock();

    /** Publishes a source, named {@code session:port}. */
    Source source(String port);

    /** Publishes a destination that takes notes as note-on and note-off, named {@code session:port}. */
    default Destination destination(String port) {
        return destination(port, false);
    }

    /**
     * Publishes a destination, named {@code session:port}.
     *
     * @param wholeNotes whether notes with duration come whole.
     */
    Destination destination(String port, boolean wholeNotes);

    /**
     * Hands what has come, for all destinations and tasks, to a handler. Receiving thread only.
     *
     * @return how many events were handled; 0 when nothing waits.
     */
    int poll(EventHandler handler, int limit);

    /**
     * Sleeps until something has come or a date is reached. Receiving thread only.
     *
     * @param deadlineMonoNs time of {@link System#nanoTime()}; {@link Long#MAX_VALUE} for none.
     */
    void await(long deadlineMonoNs);

    /** Wakes the thread that sleeps in {@link #await}. */
    void wake();

    /**
     * Schedules a task: an event of type {@link org.carillon.protocol.EventType#TASK} that comes back to this session
     * at
     * its date. One of the same or a past date comes with the next whole millisecond.
     *
     * @return a handle for {@link #cancel}.
     */
    long schedule(long deadlineNs, long what, long argument1, long argument2, long argument3);

    /**
     * Takes a task back.
     *
     * @return false when the handle is stale: the task has run, never was, or waits in another scheduler since.
     */
    boolean cancel(long handle);

    Wiring wiring();

    /** What the server shows of itself, read without asking its thread. */
    StatusSnapshot status();

    /** Ends the session: its ports go, what its connections started is released. */
    @Override
    void close();
}
