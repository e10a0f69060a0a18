package org.carillon.launcher.sound;

import org.carillon.api.session.EventHandler;
import org.carillon.api.session.Session;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;
import org.carillon.protocol.ServerClock;
import org.carillon.sampler.graph.MessageFeed;

/**
 * What comes to a session, for an audio thread: it is the session's receiving thread. Neither waits nor allocates.
 * Messages that a sampler has no use for are left out: system exclusive, MIDI 2.0.
 */
final class SessionFeed implements MessageFeed, EventHandler {
    private static final int CAPACITY = 256;

    private final Session session;
    private final ServerClock clock;
    private final long[] timesNs = new long[CAPACITY];
    private final int[] messages = new int[CAPACITY];
    private int first;
    private int end;

    SessionFeed(Session session) {
        this.session = session;
        clock = session.clock();
    }

    @Override
    public void offerTo(Taker taker) {
        do {
            while (first < end) {
                int message = messages[first];
                if (!taker.take(timesNs[first], message >> 16, message >> 8 & 0xFF, message & 0xFF)) {
                    return;
                }
                first++;
            }
            first = 0;
            end = 0;
        } while (session.poll(this, CAPACITY) > 0);
    }

    @Override
    public void onEvent(Event event) {
        if (EventType.messageLength(event.type()) > 0) {
            timesNs[end] = clock.monoNs(event.timeNs());
            messages[end++] = event.status() << 16 | event.data(1) << 8 | event.data(2);
        }
    }

    @Override
    public boolean isEmpty() {
        return first == end;
    }
}
