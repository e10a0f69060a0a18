package org.carillon.launcher.command.client;

import java.util.ArrayDeque;
import java.util.Queue;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.CarillonException.Kind;
import org.carillon.client.ClientSession;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;

/** Whole system exclusive messages that pass one port, from a session that is there for them. */
final class ReceivedSysex implements AutoCloseable {
    private static final int LIMIT = 64;
    private static final long LOOK_NS = 200_000_000L;

    private final ClientSession session;
    private final SysexPieces pieces = new SysexPieces();
    private final Queue<SeenMessage> whole = new ArrayDeque<>();
    private volatile boolean isWoken;

    private ReceivedSysex(Server server) {
        session = server.open("sysex");
    }

    /** What comes from a source. */
    static ReceivedSysex from(Server server, String source) {
        ReceivedSysex received = new ReceivedSysex(server);
        received.session.connect(source, received.destination());
        return received;
    }

    /** Copies of what goes to a destination. */
    static ReceivedSysex to(Server server, String destination) {
        ReceivedSysex received = new ReceivedSysex(server);
        received.session.tap(true, destination, received.destination(), "");
        return received;
    }

    private String destination() {
        return session.destination("in").name();
    }

    /**
     * The next whole message; those that were cut are left out.
     *
     * @param silenceNs how long to wait while nothing comes at all.
     * @param progress  run now and then.
     * @return null where there was such a silence, or {@link #wake} was called.
     */
    byte[] next(long silenceNs, Runnable progress) {
        long heardNs = System.nanoTime();
        while (whole.isEmpty() && System.nanoTime() - heardNs < silenceNs && !isWoken) {
            if (session.poll(this::onEvent, LIMIT) > 0) {
                heardNs = System.nanoTime();
            } else if (session.isReachable()) {
                session.await(System.nanoTime() + Math.min(LOOK_NS, silenceNs));
            } else {
                throw new CarillonException(Kind.UNREACHABLE, "server has ended");
            }
            progress.run();
        }
        SeenMessage next = whole.poll();
        return next == null ? null : next.bytes();
    }

    /** Ends {@link #next}. Any thread. */
    void wake() {
        isWoken = true;
        session.wake();
    }

    /** Bytes so far, with those of a message that has not ended. */
    int bytes() {
        return pieces.bytes();
    }

    private void onEvent(Event event) {
        SeenMessage seen = event.type() == EventType.SYSEX ? pieces.add(event) : null;
        if (seen != null && seen.isWholeSysex()) {
            whole.add(seen);
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
