package org.carillon.kernel;

import java.lang.foreign.MemorySegment;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.ControlledMessageHandler;
import org.agrona.concurrent.MessageHandler;
import org.carillon.api.ring.LocalRing;
import org.carillon.protocol.DropReason;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;

/** Reads a ring inside the JVM: records lie in it as they are taken. */
final class LocalInlet extends Inlet implements ControlledMessageHandler {
    private static final int SHORT_PAYLOAD_LENGTH = Event.SHORT_LENGTH - Event.RING_HEADER_LENGTH;
    private static final int WORD_INDEX = Event.SOURCE_ID_OFFSET - Event.RING_HEADER_LENGTH;
    private static final int DATA_INDEX = Event.DATA_OFFSET - Event.RING_HEADER_LENGTH;

    final LocalRing ring;
    private final MemorySegment segment;
    private long refusedBefore;

    LocalInlet(Client client, LocalRing ring, Dates dates, SourcePort forwarded, long delayNs, KernelAgent agent) {
        super(client, dates, forwarded, delayNs, agent);
        this.ring = ring;
        segment = ring.segment();
    }

    @Override
    int poll(int limit) {
        return ring.controlledPoll(this, limit);
    }

    @Override
    void drain() {
        while (poll(Integer.MAX_VALUE) > 0) {
            Thread.onSpinWait();
        }
        MessageHandler drop = (type, buffer, index, length) -> agent.drop(DropReason.SENDER_GONE);
        while (ring.poll(drop, Integer.MAX_VALUE) > 0) {
            Thread.onSpinWait();
        }
    }

    @Override
    boolean hasRecords() {
        return !ring.isEmpty();
    }

    @Override
    long refused() {
        return ring.refused();
    }

    @Override
    void addRefused(long[] dropped) {
        long refused = ring.refused();
        dropped[DropReason.SOURCE_FULL.ordinal()] += refused - refusedBefore;
        refusedBefore = refused;
    }

    @Override
    public Action onMessage(int type, MutableDirectBuffer buffer, int index, int length) {
        long timeNs = buffer.getLong(index);
        long word = buffer.getLong(index + WORD_INDEX);
        int offset = index - Event.RING_HEADER_LENGTH;
        if (length != SHORT_PAYLOAD_LENGTH || !EventType.isShort(type)) {
            return onRecord(type, timeNs, word, offset, length + Event.RING_HEADER_LENGTH);
        }
        SourcePort source = forwarded == null ? source(Event.sourceId(word)) : forwarded;
        if (source == null) {
            agent.drop(DropReason.FOREIGN_SOURCE);
        } else {
            take(source, type, timeNs, word, buffer.getLong(index + DATA_INDEX), segment, offset);
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
            return Action.CONTINUE;
        }
        return take(source, type, timeNs, word, segment, offset, lengthBytes) ? Action.CONTINUE : Action.ABORT;
    }
}
