package org.carillon.sequencer;

import org.carillon.api.session.Source;

/**
 * Sends without losing anything: what finds no room is sent again, and only so much waits in the server for its date.
 */
final class Sender {
    /** Longer messages are sent when they are due, or they would fill the server's store. */
    static final int AHEAD_BYTES = 16 * 1024;
    /** It has been sent. */
    static final long GONE = Long.MAX_VALUE;
    static final long RETRY_NS = 1_000_000;
    /** What a record of the server holds of a long message, roughly. */
    private static final int RECORD_BYTES = 1_000;
    private static final long ROOM_LIMIT_NS = 2_000_000_000L;
    /** A byte on the slowest cable takes 320 microseconds. */
    private static final long BYTE_NS = 400_000;

    private final SentWindow window;
    private long lastDeadlineNs;
    private boolean hasSent;
    private long sent;
    private long retries;

    Sender(int pendingLimit) {
        window = new SentWindow(pendingLimit);
    }

    void expire(long nowNs) {
        window.expire(nowNs);
    }

    long sent() {
        return sent;
    }

    long retries() {
        return retries;
    }

    /** From here on nothing is on its way. */
    long horizonNs(long nowNs) {
        return hasSent && lastDeadlineNs - nowNs > 0 ? lastDeadlineNs : nowNs;
    }

    /** Sends the next message of a part; returns when to try again, or {@link #GONE} when it has gone. */
    long send(Part part, long deadlineNs, long nowNs) {
        byte[] longMessage = part.nextLong();
        if (longMessage != null) {
            long againNs = sendLong(part.source(), deadlineNs, longMessage, nowNs);
            if (againNs == GONE) {
                part.pass();
            }
            return againNs;
        }
        if (!window.hasRoom()) {
            return window.firstNs();
        }
        return part.sendNext(deadlineNs) ? gone(deadlineNs, 1) : again(nowNs);
    }

    long sendShort(Source source, long deadlineNs, int message, long nowNs) {
        if (!window.hasRoom()) {
            return window.firstNs();
        }
        return source.send(deadlineNs, message & 0xFF, message >> 8 & 0xFF, message >> 16 & 0xFF)
                ? gone(deadlineNs, 1)
                : again(nowNs);
    }

    long sendLong(Source source, long deadlineNs, byte[] message, long nowNs) {
        if (message.length > AHEAD_BYTES && deadlineNs - nowNs > 0) {
            return deadlineNs;
        }
        if (!window.hasRoom()) {
            return window.firstNs();
        }
        return source.sendMessage(deadlineNs, message, ROOM_LIMIT_NS + message.length * BYTE_NS)
                ? gone(deadlineNs, 1 + message.length / RECORD_BYTES)
                : again(nowNs);
    }

    private long gone(long deadlineNs, int records) {
        window.add(deadlineNs, records);
        lastDeadlineNs = hasSent && lastDeadlineNs - deadlineNs > 0 ? lastDeadlineNs : deadlineNs;
        hasSent = true;
        sent++;
        return GONE;
    }

    private long again(long nowNs) {
        retries++;
        return nowNs + RETRY_NS;
    }
}
