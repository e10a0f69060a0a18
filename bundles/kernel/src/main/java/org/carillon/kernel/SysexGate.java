package org.carillon.kernel;

import java.lang.foreign.MemorySegment;
import org.carillon.protocol.DropReason;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;

/**
 * Lets one system exclusive message at a time into a destination. The others, and everything but real-time messages,
 * wait in a queue of bounded depth. A message whose next piece does not come within {@link #LIMIT_NS}, whose piece
 * finds no room, or that comes slower than any cable while something waits for its end, is cut: its end is flagged
 * incomplete and counted.
 */
final class SysexGate {
    /** How long a message may pause, and how long a piece may wait for room. */
    static final long LIMIT_NS = 1_000_000_000L;

    /** What a message has to bring in each {@link #LIMIT_NS} while something waits; a DIN cable carries 3125 bytes. */
    static final int LEAST_BYTES = 250;

    private final DestinationPort destination;
    private final KernelAgent agent;
    private final RecordQueue queue = new RecordQueue();
    private Connection owner;
    private long lastNs;
    private long lastWord;
    /** What has passed since something waits, or since the last look at that. */
    private long passedBytes;
    private long passedSinceNs;
    private boolean isAwaited;

    SysexGate(DestinationPort destination, KernelAgent agent) {
        this.destination = destination;
        this.agent = agent;
    }

    /** Whether a message is in progress or something waits behind one. */
    boolean isBusy() {
        return owner != null || !queue.isEmpty();
    }

    /** Whether a message is in progress: nothing but its pieces and real-time messages may go. */
    boolean isTaken() {
        return owner != null;
    }

    /** A connection does not wait for the message of a tap: that is cut. */
    void giveWayTo(Connection from) {
        if (owner != null && owner.isTap() && !from.isTap()) {
            cut(owner);
        }
    }

    /** Takes out what waits here and would start something; ends stay. Null stands for all connections. */
    void forgetStarts(Connection from) {
        for (int dropped = queue.removeStarts(from); dropped > 0; dropped--) {
            destination.refuseWaiting();
        }
    }

    /** Whether a piece of this connection would either be queued or find room. */
    boolean hasRoomFor(Connection from, int lengthBytes) {
        boolean mine = owner == from || owner == null && queue.isEmpty();
        return !mine || destination.outlet.freeBytes() >= 2 * Event.aligned(lengthBytes);
    }

    /** Takes a piece of a message. */
    boolean put(Connection from, long timeNs, long word, MemorySegment segment, long offset, int lengthBytes) {
        giveWayTo(from);
        boolean begins = (Event.flags(word) & Event.BEGIN) != 0;
        if (begins && (owner == from || queue.hasOpenSysex(from))) {
            cut(from);
            from.sysexBegins();
        }
        if (owner == from && !queue.has(from) || !isBusy() && !destination.debts.owesAny()) {
            return pass(from, timeNs, word, segment, offset, lengthBytes);
        }
        destination.tend();
        if (!from.isTap() && queue.add(from, EventType.SYSEX, timeNs, word, segment, offset, lengthBytes)) {
            return true;
        }
        queue.removeSysex(from);
        from.sysexWasCut();
        return destination.refuse(from, DropReason.SYSEX_QUEUE_FULL);
    }

    boolean queueIfRoom(Connection from, int type, long timeNs, long word, long data) {
        return queue.add(from, type, timeNs, word, data);
    }

    boolean queue(Connection from, int type, long timeNs, long word, long data) {
        return queueIfRoom(from, type, timeNs, word, data) || destination.refuse(from, DropReason.SYSEX_QUEUE_FULL);
    }

    boolean queue(Connection from, int type, long timeNs, long word, MemorySegment segment, long offset,
            int lengthBytes) {
        return queue.add(from, type, timeNs, word, segment, offset, lengthBytes)
                || destination.refuse(from, DropReason.SYSEX_QUEUE_FULL);
    }

    private boolean pass(Connection from, long timeNs, long word, MemorySegment segment, long offset,
            int lengthBytes) {
        if (!destination.hasRoomFor(from)
                || !destination.offer(EventType.SYSEX, timeNs, word, segment, offset, lengthBytes)) {
            cut(from);
            return false;
        }
        passed(from, word, lengthBytes);
        if (owner == null) {
            drain();
        } else {
            destination.tend();
        }
        return true;
    }

    private void passed(Connection from, long word, int lengthBytes) {
        passedBytes += lengthBytes - Event.HEADER_LENGTH;
        owner = (Event.flags(word) & Event.END) != 0 ? null : from;
        lastNs = agent.nowNs();
        lastWord = word;
    }

    /** Ends the unfinished message of a connection, wherever it stands. */
    void cut(Connection from) {
        if (owner == from) {
            owner = null;
            destination.debts.owesSysexEnd(lastWord);
        } else {
            queue.removeSysex(from);
        }
        from.sysexWasCut();
        destination.refuse(from, DropReason.SYSEX_CUT);
        destination.tend();
    }

    void cutIfLate() {
        if (owner != null && (agent.nowNs() - lastNs >= LIMIT_NS || isTooSlow(agent.nowNs()))) {
            cut(owner);
        }
    }

    /** Whether it has brought too little in a while in which something waited: nobody can hold others up for ever. */
    private boolean isTooSlow(long nowNs) {
        boolean wasAwaited = isAwaited;
        isAwaited = !queue.isEmpty();
        if (isAwaited && wasAwaited && nowNs - passedSinceNs < LIMIT_NS) {
            return false;
        }
        boolean isTooSlow = isAwaited && wasAwaited && passedBytes < LEAST_BYTES;
        passedSinceNs = nowNs;
        passedBytes = 0;
        return isTooSlow;
    }

    /** Lets through what waited, in order, as far as there is room. */
    void drain() {
        int index = 0;
        while (index < queue.count() && !destination.debts.owesAny()) {
            Connection from = queue.from(index);
            int type = queue.type(index);
            boolean isPiece = type == EventType.SYSEX;
            long word = queue.word(index);
            if (owner != null && !(isPiece && owner == from)) {
                index++;
                continue;
            }
            if (!queue.offer(index, destination)) {
                break;
            }
            if (isPiece) {
                passed(from, word, queue.lengthBytes(index));
            }
            queue.remove(index);
            index = owner == null ? 0 : index;
        }
    }
}
