package org.carillon.bench.hotload;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.carillon.api.session.Session;
import org.carillon.api.session.Source;
import org.carillon.protocol.Event;

/**
 * A thousand numbered events a second from one session through the server's own loop to another, on connections that
 * have nothing to do with the driver, and the book of which of them came.
 */
final class SteadyTraffic implements AutoCloseable {
    static final String LOOP = "loop";
    private static final long PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int KEY_PRESS = 0xA0;
    private static final int VALUE_BITS = 7;
    private static final int CHANNEL_SHIFT = 2 * VALUE_BITS;
    private static final int CAPACITY = 16 << CHANNEL_SHIFT;
    private static final int VALUE_MASK = (1 << VALUE_BITS) - 1;
    private static final int POLL_LIMIT = 64;
    private static final long LAST_NS = TimeUnit.SECONDS.toNanos(2);

    private final Session player;
    private final Session listener;
    private final Source out;
    /** How often each number came. */
    private final AtomicIntegerArray come = new AtomicIntegerArray(CAPACITY);
    private final Thread sender = new Thread(this::send, "bench-sender");
    private final Thread receiver = new Thread(this::receive, "bench-receiver");
    private volatile boolean sending = true;
    private volatile boolean receiving = true;
    private volatile int sent;

    SteadyTraffic(HostMaker.Host host) {
        player = host.sessions().open("player");
        listener = host.sessions().open("listener");
        out = player.source("out");
        listener.destination("in");
        player.wiring().connect("player:out", LOOP);
        player.wiring().connect(LOOP, "listener:in");
        sender.start();
        receiver.start();
    }

    private void send() {
        long nextNs = System.nanoTime();
        while (sending && sent < CAPACITY) {
            int number = sent;
            if (out.send(0, KEY_PRESS | number >> CHANNEL_SHIFT, number >> VALUE_BITS & VALUE_MASK,
                    number & VALUE_MASK)) {
                sent = number + 1;
            }
            out.flush();
            nextNs += PERIOD_NS;
            for (long waitNs = nextNs - System.nanoTime(); waitNs > 0; waitNs = nextNs - System.nanoTime()) {
                LockSupport.parkNanos(waitNs);
            }
        }
    }

    private void receive() {
        while (receiving) {
            listener.await(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100));
            while (listener.poll(this::onEvent, POLL_LIMIT) > 0) {
                Thread.onSpinWait();
            }
        }
    }

    private void onEvent(Event event) {
        come.incrementAndGet(event.channel() << CHANNEL_SHIFT | event.data(1) << VALUE_BITS | event.data(2));
    }

    int sent() {
        return sent;
    }

    /** Stops sending and waits a while for the last; how many never came, or came more than once. */
    int lost() throws InterruptedException {
        sending = false;
        sender.join();
        long untilNs = System.nanoTime() + LAST_NS;
        int wrong = count();
        while (wrong > 0 && System.nanoTime() - untilNs < 0) {
            LockSupport.parkNanos(PERIOD_NS);
            wrong = count();
        }
        return wrong;
    }

    private int count() {
        int wrong = 0;
        for (int number = 0; number < sent; number++) {
            wrong += come.get(number) == 1 ? 0 : 1;
        }
        return wrong;
    }

    @Override
    public void close() {
        sending = false;
        receiving = false;
        listener.wake();
        try {
            sender.join();
            receiver.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        player.close();
        listener.close();
    }
}
