package org.carillon.it;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.carillon.api.session.EventHandler;
import org.carillon.api.session.Session;
import org.carillon.api.session.Source;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;
import org.carillon.protocol.ServerClock;

/**
 * Some two thousand numbered events a second, each with a date of its own up to half a second ahead, and the book of
 * what became of each of them. The number stands in a poly pressure message: value, key below {@link #KEYS}, channel.
 * One thread sends and one receives; questions are for the test's thread when the sender has stopped.
 */
final class Traffic implements AutoCloseable, EventHandler {
    static final int RING_BYTES = 1 << 20;
    /** What the connection from the sender must transpose by. */
    static final int TRANSPOSED = 2;
    static final String FILTER = "transp " + TRANSPOSED;

    private static final int VALUES = 128;
    private static final int KEYS = 100;
    private static final int CAPACITY = VALUES * KEYS * 16;
    private static final int BATCH = 2;
    private static final int POLL_LIMIT = 256;
    private static final int KEY_PRESS = 0xA0;
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(1);
    /** How far ahead the dates of successive events are: for each of these alone, dates never fall. */
    private static final int[] AHEAD_MS = {5, 500, 20, 300, 50, 400, 100, 200};

    private final ServerClock clock;
    private final long[] dateNs = new long[CAPACITY];
    private final byte[] received = new byte[CAPACITY];
    private final int[] lastOf = new int[AHEAD_MS.length];
    private final Thread sender;
    private final Thread receiver;
    private final Listener listener;
    private volatile Session session;
    private volatile Source out;
    private volatile boolean sending = true;
    private volatile boolean receiving = true;
    private volatile int sent;
    private volatile int come;
    private volatile int noteOns;
    private volatile int noteOffs;
    private volatile int early;
    private volatile int reordered;
    private volatile int foreign;

    /**
     * Starts sending and receiving.
     *
     * @param session  of the sender.
     * @param out      what it sends through.
     * @param listener where events come back.
     */
    Traffic(Session session, Source out, Listener listener) {
        clock = session.clock();
        this.session = session;
        this.out = out;
        this.listener = listener;
        Arrays.fill(lastOf, -1);
        sender = new Thread(this::send, "traffic-out");
        receiver = new Thread(this::receive, "traffic-in");
        sender.start();
        receiver.start();
    }

    /** Goes on with another session: the one before has ended. */
    void goOn(Session next, Source nextOut) {
        out = nextOut;
        session = next;
    }

    private void send() {
        while (sending && sent < CAPACITY) {
            if (session.isOpen()) {
                sendBatch(out);
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    private void sendBatch(Source through) {
        for (int i = 0; i < BATCH && sent < CAPACITY; i++) {
            int number = sent;
            dateNs[number] = clock.nowNs() + TimeUnit.MILLISECONDS.toNanos(AHEAD_MS[number % AHEAD_MS.length]);
            int key = number / VALUES % KEYS;
            if (through.send(dateNs[number], KEY_PRESS | number / (VALUES * KEYS), key, number % VALUES)) {
                sent = number + 1;
            }
        }
        through.flush();
    }

    private void receive() {
        while (receiving) {
            if (listener.poll(this, POLL_LIMIT) == 0) {
                LockSupport.parkNanos(PAUSE_NS);
            }
        }
    }

    @Override
    public void onEvent(Event event) {
        if (event.timeNs() > clock.nowNs()) {
            early++;
        }
        if (event.type() == EventType.KEY_ON) {
            noteOns++;
        } else if (event.type() == EventType.KEY_OFF) {
            noteOffs++;
        } else if (event.type() == EventType.KEY_PRESS) {
            take((event.channel() * KEYS + event.data(1) - TRANSPOSED) * VALUES + event.data(2), event.timeNs());
        }
    }

    private void take(int number, long timeNs) {
        if (number < 0 || number >= CAPACITY || dateNs[number] != timeNs) {
            foreign++;
            return;
        }
        int lead = number % AHEAD_MS.length;
        if (number < lastOf[lead]) {
            reordered++;
        }
        lastOf[lead] = number;
        received[number]++;
        come++;
    }

    /** Events sent so far. Any thread. */
    int sent() {
        return sent;
    }

    /** Events received so far. Any thread. */
    int received() {
        return come;
    }

    /** Note-ons received so far. Any thread. */
    int noteOns() {
        return noteOns;
    }

    /** Note-offs received so far. Any thread. */
    int noteOffs() {
        return noteOffs;
    }

    /** Waits until so many more events have come. Test's thread. */
    void awaitMore(int count) {
        int until = come + count;
        Server.await(count + " more events", () -> come >= until);
    }

    /**
     * Stops sending and waits for a last event whose date is after all others': what has not come before it will not
     * come. Test's thread.
     */
    void finish() throws InterruptedException {
        sending = false;
        sender.join();
        int before = noteOns;
        out.send(clock.nowNs() + 2 * TimeUnit.MILLISECONDS.toNanos(AHEAD_MS[1]), 0x90, 0, 1);
        out.flush();
        Server.await("last event", () -> noteOns > before);
    }

    /** What was sent and has not come, by number. */
    int[] missing() {
        return IntStream.range(0, sent).filter(number -> received[number] == 0).toArray();
    }

    long dateNs(int number) {
        return dateNs[number];
    }

    /** The last date before this one of an event that has come; what is due after it may have been about to come. */
    long lastDateBefore(long limitNs) {
        return IntStream.range(0, sent).filter(number -> received[number] > 0 && dateNs[number] < limitNs)
                .mapToLong(this::dateNs).max().orElse(limitNs);
    }

    /** What is wrong with the events that came, empty where nothing is; losses are another question. */
    String wrong() {
        long twice = IntStream.range(0, sent).filter(number -> received[number] > 1).count();
        return (twice > 0 ? " twice=" + twice : "") + (early > 0 ? " early=" + early : "")
                + (foreign > 0 ? " foreign=" + foreign : "");
    }

    /** Events that came after a later one which was sent after them with a later date. */
    int reordered() {
        return reordered;
    }

    @Override
    public void close() {
        sending = false;
        receiving = false;
        listener.close();
    }
}
