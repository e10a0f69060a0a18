package org.carillon.launcher.command.client;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.CarillonException.Kind;
import org.carillon.client.ClientSession;
import org.carillon.client.ClientSource;
import org.carillon.launcher.command.client.SendWords.Message;

/** Messages on their way to one destination, from a session that is there for them. */
final class SentMessages implements AutoCloseable {
    private static final long AHEAD_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(5);

    private final ClientSession session;
    private final ClientSource source;
    private long lastNs;

    SentMessages(Server server, String destination) {
        session = server.open("send");
        source = session.source("out");
        session.connect(source.name(), destination);
    }

    void send(List<Message> messages) {
        long startNs = session.server().clock().nowNs();
        for (Message message : messages) {
            long deadlineNs = message.delayNs() == 0 ? 0 : startNs + message.delayNs();
            sleepUntil(deadlineNs - AHEAD_NS);
            send(deadlineNs, message.bytes());
        }
    }

    /** A server lets only so many messages wait in it for their dates. @param serverNs on the server's clock. */
    private void sleepUntil(long serverNs) {
        long leftNs;
        while ((leftNs = serverNs - session.server().clock().nowNs()) > 0) {
            LockSupport.parkNanos(leftNs);
            if (Thread.currentThread().isInterrupted()) {
                throw new CarillonException(Kind.FAILED, "told to end before the last message was due");
            }
        }
    }

    private void send(long deadlineNs, byte[] bytes) {
        boolean isSent;
        try {
            isSent = source.sendMessage(deadlineNs, bytes, LIMIT_NS);
        } catch (IllegalArgumentException e) {
            throw new CarillonException(Kind.WRONG_USAGE, e.getMessage());
        }
        if (!isSent) {
            throw new CarillonException(session.isReachable() ? Kind.TIMED_OUT : Kind.UNREACHABLE,
                    "message was not taken: lengthBytes=" + bytes.length);
        }
        lastNs = Math.max(lastNs, deadlineNs);
    }

    /** Waits until the last date has come and a time after it. */
    void await(long afterNs) {
        if (afterNs > 0 || lastNs > 0) {
            sleepUntil(Math.max(lastNs, session.server().clock().nowNs()) + afterNs);
        }
    }

    /** Ends the session: what was sent is delivered, notes that still sound are ended. */
    @Override
    public void close() {
        session.close();
    }
}
