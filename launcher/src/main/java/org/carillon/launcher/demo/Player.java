package org.carillon.launcher.demo;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.carillon.api.port.CarillonException;
import org.carillon.api.session.Source;
import org.carillon.protocol.ServerClock;

/** Sends a score ahead of time, each message with the date on which it is due. */
final class Player {
    /** From here on the next messages are sent; none is sent later than this before its date. */
    private static final long AHEAD_MIN_NS = TimeUnit.MILLISECONDS.toNanos(300);
    /** No message is sent earlier than this before its date. */
    private static final long AHEAD_MAX_NS = TimeUnit.MILLISECONDS.toNanos(400);
    /** How many may wait for their dates; the rings of a session hold more. */
    private static final int PENDING_LIMIT = 1_024;
    private static final long STEP_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long ROOM_LIMIT_NS = TimeUnit.SECONDS.toNanos(2);

    /** Told how far the music is. */
    interface Progress {
        void played(int count, long sinceStartNs);
    }

    private final Source source;
    private final ServerClock clock;
    private final Progress progress;

    Player(Source source, ServerClock clock, Progress progress) {
        this.source = source;
        this.clock = clock;
        this.progress = progress;
    }

    /**
     * Sends everything.
     *
     * @param startNs server time at which the score begins, far enough ahead to be early for the first message.
     */
    void play(List<ScoreEvent> events, long startNs) {
        int due = 0;
        long sendUntilNs = startNs;
        for (int i = 0; i < events.size(); i++) {
            long deadlineNs = startNs + events.get(i).timeNs();
            while (deadlineNs - sendUntilNs > 0 || i - due >= PENDING_LIMIT) {
                source.flush();
                sleepUntil(deadlineNs - AHEAD_MIN_NS);
                long nowNs = clock.nowNs();
                sendUntilNs = nowNs + AHEAD_MAX_NS;
                while (due < i && startNs + events.get(due).timeNs() - nowNs < 0) {
                    due++;
                }
                progress.played(due, nowNs - startNs);
            }
            send(deadlineNs, events.get(i).message());
        }
        source.flush();
    }

    /** Sends one message; waits for room. */
    void send(long deadlineNs, byte[] message) {
        if (!source.sendMessage(deadlineNs, message, ROOM_LIMIT_NS)) {
            throw new CarillonException(CarillonException.Kind.FAILED,
                    "server takes no more events: source=" + source.name());
        }
    }

    /** At least one step, so that waiting for room costs little. */
    private void sleepUntil(long serverNs) {
        LockSupport.parkNanos(Math.max(STEP_NS, serverNs - clock.nowNs()));
    }
}
