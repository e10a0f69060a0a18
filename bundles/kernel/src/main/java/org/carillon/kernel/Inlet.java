package org.carillon.kernel;

import java.lang.foreign.MemorySegment;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.ControlledMessageHandler;
import org.agrona.concurrent.MessageHandler;
import org.carillon.api.ring.LocalRing;
import org.carillon.protocol.DropReason;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;

/** A ring that the kernel reads, and the first look at what comes out of it. */
final class Inlet implements ControlledMessageHandler {
    /** What decides whether an event of a later date waits. */
    enum Dates {
        /** Dates are time stamps of a device: everything goes at once. */
        STAMPS,
        /** Dates are deadlines. */
        DEADLINES
    }

    private static final int SHORT_PAYLOAD_LENGTH = Event.SHORT_LENGTH - Event.RING_HEADER_LENGTH;
    private static final int WORD_INDEX = Event.SOURCE_ID_OFFSET - Event.RING_HEADER_LENGTH;
    private static final int DATA_INDEX = Event.DATA_OFFSET - Event.RING_HEADER_LENGTH;

    final Client client;
    final LocalRing ring;
    private final Dates dates;
    private final KernelAgent agent;
    private final MemorySegment segment;
    /** The source that everything here is forwarded from, or null where each record names its own. */
    private final SourcePort forwarded;
    private final long delayNs;
    private SourcePort lastSource;
    private long pausedSinceNs;
    private boolean paused;
    private long refusedBefore;

    Inlet(Client client, LocalRing ring, Dates dates, SourcePort forwarded, long delayNs, KernelAgent agent) {
        this.client = client;
        this.ring = ring;
        this.dates = dates;
        this.forwarded = forwarded;
        this.delayNs = delayNs;
        this.agent = agent;
        segment = ring.segment();
    }

    int poll(int limit) {
        return ring.controlledPoll(this, limit);
    }

    /** Drops and counts what is left. */
    void discard() {
        MessageHandler drop = (type, buffer, index, length) -> agent.drop(DropReason.SENDER_GONE);
        while (ring.poll(drop, Integer.MAX_VALUE) > 0) {
            Thread.onSpinWait();
        }
    }

    /** Whether there is something to read that was not left because it had to wait. */
    boolean hasWork() {
        return !paused && !ring.isEmpty();
    }

    boolean isPaused() {
        return paused;
    }

    /** A source that this reads for has gone. */
    void forget(SourcePort source) {
        if (lastSource == source) {
            lastSource = null;
        }
    }

    /** Records that found no room here since the last call. */
    long newlyRefused() {
        long refused = ring.refused();
        long newly = refused - refusedBefore;
        refusedBefore = refused;
        return newly;
    }

    @Override
    public Action onMessage(int type, MutableDirectBuffer buffer, int index, int length) {
        long timeNs = buffer.getLong(index);
        long word = buffer.getLong(index + WORD_INDEX);
        if (length != SHORT_PAYLOAD_LENGTH || !EventType.isShort(type)) {
            return onRecord(type, timeNs, word, index - Event.RING_HEADER_LENGTH, length + Event.RING_HEADER_LENGTH);
        }
        SourcePort source = forwarded == null ? source(Event.sourceId(word)) : forwarded;
        if (source == null) {
            agent.drop(DropReason.FOREIGN_SOURCE);
            return Action.CONTINUE;
        }
        source.events++;
        if (dates == Dates.STAMPS || timeNs <= agent.routeUntilNs() && timeNs != 0 && forwarded == null) {
            source.route(type, timeNs, word, buffer.getLong(index + DATA_INDEX));
        } else {
            dated(source, type, timeNs, word, index - Event.RING_HEADER_LENGTH, Event.SHORT_LENGTH);
        }
        return Action.CONTINUE;
    }

    private Action onRecord(int type, long timeNs, long word, long offset, int lengthBytes) {
        if (!Event.isWellFormed(type, lengthBytes)) {
            agent.drop(DropReason.MALFORMED);
            return Action.CONTINUE;
        }
        if (EventType.isTask(type)) {
            agent.scheduleTask(client, timeNs, segment, offset, lengthBytes);
            return Action.CONTINUE;
        }
        SourcePort source = forwarded == null ? source(Event.sourceId(word)) : forwarded;
        if (source == null) {
            agent.drop(DropReason.FOREIGN_SOURCE);
        } else if (type == EventType.SYSEX && mustWait(source, word, lengthBytes)) {
            return Action.ABORT;
        } else {
            source.events++;
            dated(source, type, timeNs, word, offset, lengthBytes);
        }
        return Action.CONTINUE;
    }

    private SourcePort source(int id) {
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
    private void dated(SourcePort source, int type, long timeNs, long word, long offset, int lengthBytes) {
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
            agent.schedule(dateNs, segment, offset, lengthBytes);
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
