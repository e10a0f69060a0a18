package org.carillon.kernel;

import java.lang.foreign.MemorySegment;
import org.carillon.protocol.DropReason;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;

/** A ring that the kernel reads, and the first look at what comes out of it. */
abstract sealed class Inlet permits LocalInlet, BorderInlet {
    /** What decides whether an event of a later date waits. */
    enum Dates {
        /** Dates are time stamps of a device: everything goes at once. */
        STAMPS,
        /** Dates are deadlines. */
        DEADLINES
    }

    final Client client;
    final Dates dates;
    final KernelAgent agent;
    /** The source that everything here is forwarded from, or null where each record names its own. */
    final SourcePort forwarded;
    private final long delayNs;
    private SourcePort lastSource;
    private long pausedSinceNs;
    private boolean paused;

    Inlet(Client client, Dates dates, SourcePort forwarded, long delayNs, KernelAgent agent) {
        this.client = client;
        this.dates = dates;
        this.forwarded = forwarded;
        this.delayNs = delayNs;
        this.agent = agent;
    }

    /** Takes records out; how many. */
    abstract int poll(int limit);

    /** Takes out what is there when the sender goes, and drops and counts what has to wait. */
    abstract void drain();

    abstract boolean hasRecords();

    /** Records that found no room here, as the sender counts them. */
    abstract long refused();

    /** Adds what was refused since the last call to the drops, by reason. */
    abstract void addRefused(long[] dropped);

    /** It is not to be touched any more. */
    void end() {}

    /** Whether there is something to read that was not left because it had to wait. */
    final boolean hasWork() {
        return !paused && hasRecords();
    }

    final boolean isPaused() {
        return paused;
    }

    /** A source that this reads for has gone: what waits of it waits in vain, and others may wait in its place. */
    void forget(SourcePort source) {
        for (; source.waiting > 0; source.waiting--) {
            source.owner.waitsNoMore();
        }
        if (lastSource == source) {
            lastSource = null;
        }
    }

    /** Takes a short record that names its source. */
    final void take(SourcePort source, int type, long timeNs, long word, long data, MemorySegment segment,
            long offset) {
        source.events++;
        if (dates == Dates.STAMPS || timeNs <= agent.routeUntilNs() && timeNs != 0 && forwarded == null) {
            source.route(type, timeNs, word, data);
        } else {
            dated(source, type, timeNs, word, segment, offset, Event.SHORT_LENGTH);
        }
    }

    /** Takes a record that is not short and is no task; false to leave it where it is. */
    final boolean take(SourcePort source, int type, long timeNs, long word, MemorySegment segment, long offset,
            int lengthBytes) {
        if (type == EventType.SYSEX && mustWait(source, word, lengthBytes)) {
            return false;
        }
        source.events++;
        dated(source, type, timeNs, word, segment, offset, lengthBytes);
        return true;
    }

    /** The source that a record names, or null where it is not this client's. */
    final SourcePort source(int id) {
        SourcePort source = lastSource;
        if (source == null || source.id != id) {
            source = agent.patchbay().source(id);
            if (source == null || source.owner != client) {
                return null;
            }
            lastSource = source;
        }
        return source;
    }

    /** Routes now or schedules; stamps, delays and counts hops first where that is due. */
    private void dated(SourcePort source, int type, long timeNs, long word, MemorySegment segment, long offset,
            int lengthBytes) {
        long dateNs = timeNs == 0 ? agent.nowNs() : timeNs;
        long from = word;
        if (forwarded != null) {
            if (Event.hops(word) == Event.MAX_HOPS) {
                agent.drop(DropReason.LOOP);
                return;
            }
            dateNs = later(dateNs, delayNs);
            from = Event.forwarded(word, source.id);
        }
        if (dates == Dates.STAMPS || dateNs <= agent.routeUntilNs()) {
            agent.route(source, type, dateNs, from, segment, offset, lengthBytes);
        } else {
            agent.scratch.wrap(segment, offset).timeNs(dateNs).word(from);
            if (agent.schedule(source.owner, dateNs, segment, offset, lengthBytes) >= 0) {
                source.waiting++;
            }
        }
    }

    /** A date so much later, or the last there is. */
    static long later(long dateNs, long byNs) {
        long laterNs = dateNs + byNs;
        return laterNs < dateNs ? Long.MAX_VALUE - 1 : laterNs;
    }

    /** A piece of a SysEx for which a destination has no room stays where it is, up to the gate's limit. */
    private boolean mustWait(SourcePort source, long word, int lengthBytes) {
        if (source.hasRoomForSysex(Event.flags(word), lengthBytes)) {
            paused = false;
            return false;
        }
        if (!paused) {
            paused = true;
            pausedSinceNs = agent.nowNs();
        }
        if (agent.nowNs() - pausedSinceNs < SysexGate.LIMIT_NS) {
            return true;
        }
        paused = false;
        return false;
    }
}
