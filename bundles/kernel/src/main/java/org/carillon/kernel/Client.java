package org.carillon.kernel;

import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Long2LongHashMap;
import org.carillon.api.port.Kernel;
import org.carillon.api.ring.BorderRings;
import org.carillon.api.ring.LocalRing;

/** A session or driver that is attached: its ports and the rings that it is read from. */
public final class Client {
    static final long NO_TASK = -1;

    final int id;
    final int slot;
    final String name;
    final Kernel.Role role;
    /** Where its tasks go, or null. */
    final Outlet received;
    /** Of a session of another process, or null. */
    final BorderRings border;
    final List<Inlet> inlets = new ArrayList<>();
    final List<SourcePort> sources = new ArrayList<>();
    final List<DestinationPort> destinations = new ArrayList<>();
    volatile boolean open = true;
    /** Bits of the changes that it is told of. */
    int watched;
    /** How many of its events wait for their dates; counted at the border only. */
    int pending;
    /** Of what waits; null but at the border. */
    final PendingHandles pendingHandles;
    private final Long2LongHashMap tasks = new Long2LongHashMap(NO_TASK);
    private int lastTicket;

    Client(int id, int slot, String name, Kernel.Role role, LocalRing received) {
        this.id = id;
        this.slot = slot;
        this.name = name;
        this.role = role;
        this.received = received == null ? null : new Outlet(received);
        border = null;
        pendingHandles = null;
    }

    Client(int id, int slot, String name, BorderRings border, KernelAgent agent) {
        pendingHandles = new PendingHandles(agent);
        this.id = id;
        this.slot = slot;
        this.name = name;
        this.border = border;
        role = Kernel.Role.SESSION;
        received = new Outlet(border.toClient());
    }

    /** Number of the session or driver, unique in this run. */
    public int id() {
        return id;
    }

    /** Whether a port, present or not, is or would be of this session. */
    boolean hasName(String port) {
        return port.startsWith(name) && port.startsWith(":", name.length());
    }

    /** The inlet that reads a ring, or null. */
    Inlet inlet(LocalRing ring) {
        for (Inlet inlet : inlets) {
            if (inlet instanceof LocalInlet local && local.ring == ring) {
                return inlet;
            }
        }
        return null;
    }

    /** What writes a ring: one for all destinations that share it. */
    Outlet outlet(LocalRing ring) {
        if (received != null && received.isOf(ring)) {
            return received;
        }
        for (DestinationPort destination : destinations) {
            if (destination.outlet.isOf(ring)) {
                return destination.outlet;
            }
        }
        return new Outlet(ring);
    }

    /**
     * Keeps what stands for a task of this session, so that nobody but it can take the task back.
     *
     * @param handle of the scheduler; below 0 for none.
     * @return what the client is given.
     */
    long rememberTask(int ticket, long handle) {
        if (handle < 0) {
            return handle;
        }
        tasks.put(ticket, handle);
        return ticket;
    }

    int nextTicket() {
        lastTicket = lastTicket == Integer.MAX_VALUE ? 1 : lastTicket + 1;
        return lastTicket;
    }

    /** The handle that a ticket stands for, once; {@link #NO_TASK} when its task has run or never was. */
    long forgetTask(long ticket) {
        return ticket == 0 ? NO_TASK : tasks.remove(ticket);
    }

    /** Whether one more of its events may wait for its date. */
    boolean mayWait() {
        return border == null || border.pending().hasRoom();
    }

    void waits(long handle) {
        if (border != null) {
            pending++;
            border.pending().add(1);
            pendingHandles.add(handle);
        }
    }

    void waitsNoMore() {
        if (pending > 0) {
            pending--;
            border.pending().add(-1);
        }
    }

    /** The session is over: what waits of it waits in vain. */
    void forgetPending() {
        if (border != null) {
            border.pending().add(-pending);
            pending = 0;
        }
    }
}
