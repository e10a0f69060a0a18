package org.carillon.kernel;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.carillon.api.filter.CompiledFilter;
import org.carillon.api.ring.LocalRing;
import org.carillon.protocol.DropReason;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventProducer;
import org.carillon.protocol.EventType;

/** A destination: the ring that its events go to, what it is owed, and the gate that keeps SysEx whole. */
final class DestinationPort {
    private static final Connection[] NO_TAPS = {};

    final int id;
    final int slot;
    final String name;
    final Client owner;
    final Outlet outlet;
    private final LocalRing local;
    private final EventProducer border;
    final boolean wholeNotes;
    final Debts debts = new Debts();
    final SysexGate gate;
    final List<Connection> incoming = new ArrayList<>();
    /** The source that the server forwards this destination to, or null. */
    SourcePort forwardsTo;
    CompiledFilter filter;
    long events;
    long dropped;
    /** Those that copy what comes here, in ascending order of their destinations. */
    private Connection[] taps = NO_TAPS;
    private final int index;
    private final int reservedBytes;
    private final KernelAgent agent;
    /** Something is owed or in progress here: look before each put. */
    private boolean tended;
    /** Whether the agent has this destination on its list. */
    boolean listed;

    DestinationPort(int id, int slot, String name, Client owner, Outlet outlet, int index, boolean wholeNotes,
            KernelAgent agent) {
        this.id = id;
        this.slot = slot;
        this.name = name;
        this.owner = owner;
        this.outlet = outlet;
        local = outlet.local;
        border = outlet.border;
        this.index = index;
        this.wholeNotes = wholeNotes;
        this.agent = agent;
        reservedBytes = outlet.capacityBytes() / 4;
        gate = new SysexGate(this, agent);
    }

    void add(Connection tap) {
        taps = SourcePort.with(taps, tap);
    }

    void remove(Connection tap) {
        taps = SourcePort.without(taps, tap);
    }

    Connection[] taps() {
        return taps;
    }

    /** Puts a short message into the ring, behind what is owed and behind a SysEx in progress. */
    boolean put(Connection from, int type, long timeNs, long word, long data) {
        if (tended && !mayPass(from, type)) {
            return gate.isBusy() && !from.isTap()
                    ? gate.queue(from, type, timeNs, word, data)
                    : refuse(from, DropReason.DESTINATION_FULL);
        }
        return hasRoomFor(from) && offer(type, timeNs, word, data) || refuse(from, DropReason.DESTINATION_FULL);
    }

    /**
     * As {@link #put} for a note-off, which is owed where it finds no room: nothing is lost then, and none counted.
     *
     * @return whether it went now.
     */
    boolean putOrOwe(Connection from, int type, long timeNs, long word, long noteOff, int key) {
        boolean isPut = tended && !mayPass(from, type)
                ? gate.isBusy() && gate.queueIfRoom(from, type, timeNs, word, noteOff)
                : offer(type, timeNs, word, noteOff);
        if (!isPut) {
            debts.owesNoteOffs(key, 1);
            tend();
        }
        return isPut;
    }

    /** As {@link #put} for a longer record that is no piece of a SysEx. */
    boolean putRecord(Connection from, int type, long timeNs, long word, MemorySegment segment, long offset,
            int lengthBytes) {
        if (tended && !mayPass(from, type)) {
            return gate.isBusy() && !from.isTap()
                    ? gate.queue(from, type, timeNs, word, segment, offset, lengthBytes)
                    : refuse(from, DropReason.DESTINATION_FULL);
        }
        return hasRoomFor(from) && offer(type, timeNs, word, segment, offset, lengthBytes)
                || refuse(from, DropReason.DESTINATION_FULL);
    }

    /** A tap leaves a quarter of the ring to connections. */
    boolean hasRoomFor(Connection from) {
        return !from.isTap() || outlet.freeBytes() >= reservedBytes;
    }

    /** Whether a message need not wait: real-time messages never do, others when nothing is owed or in progress. */
    private boolean mayPass(Connection from, int type) {
        if (!EventType.isRealTime(type)) {
            gate.giveWayTo(from);
        }
        payDebts();
        return !tended || EventType.isRealTime(type);
    }

    boolean offer(int type, long timeNs, long word, long data) {
        long to = Event.toDestination(word, index);
        if (local != null ? local.offer(type, timeNs, to, data) : border.offer(type, timeNs, to, data)) {
            events++;
            for (Connection tap : taps) {
                tap.deliver(type, timeNs, word, data);
            }
            return true;
        }
        return false;
    }

    boolean offer(int type, long timeNs, long word, MemorySegment segment, long offset, int lengthBytes) {
        if (outlet.offer(segment, offset, lengthBytes, type, timeNs, Event.toDestination(word, index))) {
            events++;
            for (Connection tap : taps) {
                if (type == EventType.SYSEX) {
                    tap.deliverSysex(timeNs, word, segment, offset, lengthBytes);
                } else {
                    tap.deliverRecord(type, timeNs, word, segment, offset, lengthBytes);
                }
            }
            return true;
        }
        return false;
    }

    /** Puts in the end of a message that was cut. */
    boolean offerSysexEnd(long nowNs, long word) {
        return offer(EventType.SYSEX, nowNs, Event.withFlags(word, Event.END | Event.INCOMPLETE),
                KernelAgent.noPayload(), 0,
                Event.HEADER_LENGTH);
    }

    /** Puts in something owed. */
    boolean offerOwed(int type, long nowNs, long data) {
        return offer(type, nowNs, Event.word(0, 0, EventType.messageLength(type), 0), data);
    }

    /** Counts what finds no room: copies of a tap by themselves. */
    boolean refuse(Connection from, DropReason reason) {
        if (from.isTap()) {
            agent.tapDropped();
            return false;
        }
        dropped++;
        agent.drop(reason);
        return false;
    }

    /** Counts what waited behind a SysEx and whose connection is released before it could go. */
    void refuseWaiting() {
        dropped++;
        agent.drop(DropReason.SENDER_GONE);
    }

    /** Pays what is owed as far as there is room; what remains is tried again within a millisecond. */
    void payDebts() {
        if (debts.owesAny() && !gate.isTaken()) {
            debts.pay(this, agent.nowNs());
        }
        gate.drain();
        if (debts.owesAny() || gate.isBusy()) {
            tend();
        } else {
            tended = false;
        }
    }

    /** Owes silence on all channels; what connections have started is owed already. */
    void panic() {
        gate.forgetStarts(null);
        debts.owesSilence();
        payDebts();
        outlet.flush();
    }

    /** Asks the agent to look after this destination until nothing is owed or in progress. */
    void tend() {
        tended = true;
        if (!listed) {
            listed = true;
            agent.tend(this);
        }
    }

    /** The agent's regular look. */
    boolean stillTended() {
        gate.cutIfLate();
        payDebts();
        return tended;
    }
}
