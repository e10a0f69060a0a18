package org.carillon.launcher.command.client;

import java.io.ByteArrayOutputStream;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.CarillonException.Kind;
import org.carillon.client.ClientSession;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;

/** Whole system exclusive messages from one source, from a session that is there for them. */
final class ReceivedSysex implements AutoCloseable {
    private static final int LIMIT = 64;
    private static final long LOOK_NS = 200_000_000L;

    private final OwnSession own;
    private final ByteArrayOutputStream whole = new ByteArrayOutputStream();
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private final byte[] piece = new byte[Event.MAX_PAYLOAD_LENGTH];
    private int messages;

    ReceivedSysex(Server server, String source) {
        own = new OwnSession(server, "sysex");
        own.connect(source, own.session().destination("in").name());
    }

    /** Waits for so many messages, or until so long a silence. */
    byte[] await(int count, long silenceNs) {
        ClientSession session = own.session();
        long heardNs = System.nanoTime();
        while (messages < count && System.nanoTime() - heardNs < silenceNs) {
            if (session.poll(this::onEvent, LIMIT) > 0) {
                heardNs = System.nanoTime();
            } else if (session.isReachable()) {
                session.await(System.nanoTime() + Math.min(LOOK_NS, silenceNs));
            } else {
                throw new CarillonException(Kind.UNREACHABLE, "server has ended");
            }
        }
        return whole.toByteArray();
    }

    /** How many have come whole. */
    int messages() {
        return messages;
    }

    private void onEvent(Event event) {
        if (event.type() != EventType.SYSEX) {
            return;
        }
        if ((event.flags() & Event.BEGIN) != 0) {
            begun.reset();
        }
        int length = event.payloadLength();
        event.payload(piece, 0, length);
        begun.write(piece, 0, length);
        if ((event.flags() & Event.INCOMPLETE) != 0) {
            begun.reset();
        } else if ((event.flags() & Event.END) != 0) {
            whole.writeBytes(begun.toByteArray());
            begun.reset();
            messages++;
        }
    }

    @Override
    public void close() {
        own.close();
    }
}
