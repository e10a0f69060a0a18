package org.carillon.it;

import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.carillon.api.session.Session;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;

/** What a session gets, as words such as {@code keyon 0 60 100}, on the test's own thread. */
final class Receiver {
    private static final int LIMIT = 64;

    private final Session session;
    private final List<String> words = new ArrayList<>();
    private long lastTimeNs;

    Receiver(Session session) {
        this.session = session;
    }

    /** Waits until so many have come since the last call. */
    List<String> await(int count) {
        Server.await(count + " events, got " + words, () -> {
            session.poll(this::onEvent, LIMIT);
            return words.size() >= count;
        });
        List<String> come = List.copyOf(words);
        words.clear();
        return come;
    }

    /** Date of the last event that came. */
    long lastTimeNs() {
        return lastTimeNs;
    }

    private void onEvent(Event event) {
        long nowNs = session.clock().nowNs();
        assertTrue("early: timeNs=" + event.timeNs() + ", nowNs=" + nowNs, event.timeNs() <= nowNs);
        lastTimeNs = event.timeNs();
        words.add(EventType.name(event.type()) + " " + event.channel() + " " + event.data(1) + " " + event.data(2));
    }
}
