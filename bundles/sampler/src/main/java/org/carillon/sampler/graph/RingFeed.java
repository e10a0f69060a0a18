package org.carillon.sampler.graph;

import java.util.concurrent.atomic.AtomicLong;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.ControlledMessageHandler;
import org.carillon.api.ring.LocalRing;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;
import org.carillon.protocol.ServerClock;

/** What the server sends to a sampler, straight out of the ring. Read by one audio thread at a time. */
final class RingFeed implements MessageFeed, ControlledMessageHandler {
    private static final int LIMIT = 256;
    private static final int MIN_STATUS = 0x80;
    private static final int MAX_DATA = 0x7F;

    private final LocalRing ring;
    private final ServerClock clock;
    private final ChannelMemory memory;
    private final AtomicLong ignored = new AtomicLong();
    private final Event event = new Event();
    private Taker taker;
    private boolean isLeft;

    /** @param clock of the server, whose time the records have. */
    RingFeed(LocalRing ring, ServerClock clock, ChannelMemory memory) {
        this.ring = ring;
        this.clock = clock;
        this.memory = memory;
    }

    @Override
    public void offerTo(Taker newTaker) {
        taker = newTaker;
        isLeft = false;
        int count = LIMIT;
        while (count > 0 && !isLeft) {
            count = ring.controlledPoll(this, LIMIT);
        }
    }

    @Override
    public Action onMessage(int type, MutableDirectBuffer buffer, int index, int length) {
        event.wrap(ring.segment(), index - (long) Event.RING_HEADER_LENGTH);
        if (!isForSamplers(type)) {
            ignored.setOpaque(ignored.getPlain() + 1);
            return Action.CONTINUE;
        }
        int status = event.status();
        int one = event.data(1);
        int two = event.data(2);
        if (status < MIN_STATUS || (one | two) > MAX_DATA) {
            ignored.setOpaque(ignored.getPlain() + 1);
            return Action.CONTINUE;
        }
        if (!taker.take(clock.monoNs(event.timeNs()), status, one, two)) {
            isLeft = true;
            return Action.ABORT;
        }
        memory.note(status, one, two);
        return Action.CONTINUE;
    }

    private static boolean isForSamplers(int type) {
        return type >= EventType.KEY_ON && type <= EventType.PITCH_WHEEL || type == EventType.RESET;
    }

    @Override
    public boolean isEmpty() {
        return ring.isEmpty();
    }

    /** Records of kinds that a sampler has no use for. Any thread. */
    long ignored() {
        return ignored.getOpaque();
    }
}
