package org.carillon.launcher.demo;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.carillon.api.session.EventHandler;
import org.carillon.api.session.Session;
import org.carillon.platform.Platform;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;
import org.carillon.protocol.ServerClock;

/** Receives on a thread of its own and writes down what came when. */
final class Listener implements EventHandler, AutoCloseable {
    private static final int LIMIT = 64;
    private static final long STEP_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long END_LIMIT_MS = 1_000;

    private final Session session;
    private final ServerClock clock;
    private final Thread thread = new Thread(this::listen, "demo-listener");
    private final List<Arrival> arrivals;
    private final ByteArrayOutputStream sysex = new ByteArrayOutputStream();
    /** Release of each arrival; pairs with the acquire of {@link #arrivals}. */
    private volatile int count;
    private volatile boolean ended;

    /** @param expected how many arrivals to have room for from the beginning. */
    Listener(Session session, int expected) {
        this.session = session;
        clock = session.clock();
        arrivals = new ArrayList<>(expected);
        thread.setDaemon(true);
        thread.start();
    }

    private void listen() {
        Platform.current().timerSlack(1);
        while (!ended && session.isOpen()) {
            while (session.poll(this, LIMIT) > 0) {
                // until nothing waits
            }
            session.await(Long.MAX_VALUE);
        }
    }

    @Override
    public void onEvent(Event event) {
        long nowNs = clock.nowNs();
        if (event.type() == EventType.SYSEX) {
            byte[] piece = new byte[event.payloadLength()];
            event.payload(piece, 0, piece.length);
            sysex.writeBytes(piece);
            if ((event.flags() & Event.END) != 0) {
                add(new Arrival(event.timeNs(), nowNs, sysex.toByteArray()));
                sysex.reset();
            }
        } else {
            byte[] message = new byte[event.messageLength()];
            event.payload(message, 0, message.length);
            add(new Arrival(event.timeNs(), nowNs, message));
        }
    }

    private void add(Arrival arrival) {
        arrivals.add(arrival);
        count = arrivals.size();
    }

    int count() {
        return count;
    }

    /** What came from this count on. Any thread. */
    List<Arrival> arrivals(int from) {
        int to = count;
        List<Arrival> copy = new ArrayList<>(to - from);
        for (int i = from; i < to; i++) {
            copy.add(arrivals.get(i));
        }
        return copy;
    }

    /** Waits until this many have come, or the time is over. */
    void await(int expected, long limitNs) {
        long untilNs = System.nanoTime() + limitNs;
        while (count < expected && System.nanoTime() - untilNs < 0) {
            LockSupport.parkNanos(STEP_NS);
        }
    }

    @Override
    public void close() {
        ended = true;
        session.wake();
        try {
            thread.join(END_LIMIT_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
