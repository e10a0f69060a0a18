package org.carillon.bench.hotload;

import java.util.concurrent.TimeUnit;
import org.carillon.api.session.Session;
import org.carillon.api.session.Source;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;

/** Notes that sound through the driver when it is swapped: somebody must end each of them. One thread. */
final class HeldNotes implements AutoCloseable {
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(10);
    private static final int POLL_LIMIT = 16;

    private final Session session;
    private final Source out;
    private int begun;
    private int ended;

    HeldNotes(HostMaker.Host host) {
        session = host.sessions().open("holder");
        out = session.source("out");
        session.destination("in");
        session.wiring().connect("holder:out", BellDriver.PORT);
        session.wiring().connect(BellDriver.PORT, "holder:in");
    }

    /** Begins a note and waits until it sounds on the other side of the driver. */
    void begin() {
        int before = begun;
        out.send(0, 0x90, 60, 100);
        out.flush();
        await(() -> begun > before);
        if (begun == before) {
            throw new IllegalStateException("a note does not come through the driver");
        }
    }

    /** Waits until no note sounds, for so long at most; how many sound still. */
    int sounding() {
        await(() -> begun == ended);
        return begun - ended;
    }

    private void await(java.util.function.BooleanSupplier condition) {
        long untilNs = System.nanoTime() + LIMIT_NS;
        session.poll(this::onEvent, POLL_LIMIT);
        while (!condition.getAsBoolean() && System.nanoTime() - untilNs < 0) {
            session.await(untilNs);
            session.poll(this::onEvent, POLL_LIMIT);
        }
    }

    private void onEvent(Event event) {
        if (event.type() == EventType.KEY_ON) {
            begun++;
        } else if (event.type() == EventType.KEY_OFF) {
            ended++;
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
