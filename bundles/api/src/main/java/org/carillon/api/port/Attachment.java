package org.carillon.api.port;

import java.lang.foreign.MemorySegment;
import org.carillon.api.ring.LocalRing;
import org.carillon.api.schedule.Scheduler;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What the kernel holds for one session or driver: its ports and the rings behind them. Ending it ends its ports; what
 * their connections started is released. Any thread but the kernel's; every change is in effect when the call returns.
 */
@ProviderType
public interface Attachment extends AutoCloseable {
    /** Number of the session, unique in this run of the server. Sessions of one date answer in ascending order. */
    int id();

    String name();

    /** Whether it is still attached; the server may end it. */
    boolean isOpen();

    /**
     * Publishes a source.
     *
     * @param ring that the events come through; several sources may share one, and each record names its own.
     * @return the port's id, for the records.
     */
    int addSource(String portName, LocalRing ring);

    /**
     * Publishes a destination.
     *
     * @param ring       that events go to; several destinations may share one, told apart by the index in the record.
     * @param index      of this destination among those that share the ring, 0 to 255.
     * @param wholeNotes whether notes with duration may come whole; otherwise they come as note-on and note-off.
     * @return the port's id.
     */
    int addDestination(String portName, LocalRing ring, int index, boolean wholeNotes);

    /**
     * Publishes a source and a destination of one name, of which the server forwards the one to the other.
     *
     * @param delayNs added to the date of what is forwarded, 0 or more.
     */
    void addLoop(String portName, int capacityBytes, long delayNs);

    /** Takes a port away. Connections wait for its name. */
    void removePort(int portId);

    /** Connections, as this session changes them; see {@link Wiring} for what is remembered. */
    Wiring wiring();

    /**
     * Schedules a record of this session's own, most often a task.
     *
     * @return a handle for {@link #cancel}.
     */
    long schedule(long deadlineNs, MemorySegment record, int lengthBytes);

    /**
     * Takes a scheduled record out before its time.
     *
     * @return false when the handle is stale, see {@link Scheduler#cancel}.
     */
    boolean cancel(long handle);

    @Override
    void close();
}
