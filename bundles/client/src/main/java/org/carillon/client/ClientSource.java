package org.carillon.client;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.locks.LockSupport;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;
import org.carillon.protocol.control.ControlClient;
import org.carillon.protocol.control.NewSource;

/**
 * A session's source. Sending returns false at once when the ring to the server is full or the server is unreachable;
 * nothing was sent then. A deadline of 0 means now; one that is past is routed at once and keeps its date. The
 * session's sending thread only: one at a time for all its sources.
 */
public final class ClientSource extends ClientPort {
    private static final int SYSEX = 0xF0;
    private static final int NOTE_ON = 0x90;
    private static final long RETRY_NS = 50_000;

    private final ClientSession session;
    private final MemorySegment record = Arena.ofAuto().allocate(Event.MAX_LENGTH, Event.ALIGNMENT);
    private final Event event = new Event().wrap(record, 0);

    ClientSource(String name, ClientSession session) {
        super(name);
        this.session = session;
    }

    @Override
    void publish(ControlClient client) throws IOException {
        id(client.addSource(new NewSource(shortName())).portId());
    }

    /** Sends a MIDI 1.0 message of one to three bytes; unused data bytes are 0. */
    public boolean send(long deadlineNs, int status, int data1, int data2) {
        int type = EventType.ofStatus(status);
        int length = EventType.messageLength(type);
        if (length == 0) {
            throw new IllegalArgumentException("status must start a message of one to three bytes: status=" + status);
        }
        SessionLink link = session.link();
        return link != null && link.out.offer(type, deadlineNs, Event.word(id(), 0, length, 0),
                Event.data(status, length > 1 ? data1 & 0x7F : 0, length > 2 ? data2 & 0x7F : 0));
    }

    /**
     * Sends a note that ends by itself.
     *
     * @param channel    0 to 15.
     * @param durationNs 0 or more.
     */
    public boolean sendNote(long deadlineNs, int channel, int pitch, int velocity, long durationNs) {
        event.data(Event.data(NOTE_ON | channel & 0xF, pitch & 0x7F, velocity & 0x7F)).durationNs(durationNs);
        SessionLink link = session.link();
        return link != null && link.out.offer(record, 0, Event.NOTE_LENGTH, EventType.NOTE, deadlineNs,
                Event.word(id(), 0, 3, 0));
    }

    /** Sends a MIDI 2.0 channel voice message: a pair of words, the first in the low half. */
    public boolean sendUmp(long deadlineNs, long words) {
        SessionLink link = session.link();
        return link != null && link.out.offer(EventType.UMP64, deadlineNs, Event.word(id(), 0, Long.BYTES, 0), words);
    }

    /** Sends a copy of an event of any kind, with another date. */
    public boolean sendCopy(long deadlineNs, Event copied) {
        SessionLink link = session.link();
        return link != null && link.out.offer(copied.segment(), copied.offset(), copied.lengthBytes(), copied.type(),
                deadlineNs, Event.word(id(), copied.port(), copied.messageLength(), copied.flags()));
    }

    /**
     * Sends a complete MIDI message, system exclusive ones of up to 16 MiB included. One that does not fit into the
     * ring waits for room, up to the time given.
     *
     * @return false when there was no room in time; what had gone of a system exclusive message is then cut.
     */
    public boolean sendMessage(long deadlineNs, byte[] message, long timeoutNs) {
        long untilNs = System.nanoTime() + timeoutNs;
        int status = message.length == 0 ? 0 : message[0] & 0xFF;
        if (status == SYSEX) {
            return sendSysex(deadlineNs, message, untilNs);
        }
        if (message.length == 0 || message.length != EventType.messageLength(EventType.ofStatus(status))) {
            throw new IllegalArgumentException("message must be one complete MIDI message: status=" + status
                    + ", lengthBytes=" + message.length);
        }
        awaitRoom(2 * Event.SHORT_LENGTH, untilNs);
        boolean isSent = send(deadlineNs, status, byteAt(message, 1), byteAt(message, 2));
        flush();
        return isSent;
    }

    private static int byteAt(byte[] message, int index) {
        return index < message.length ? message[index] & 0x7F : 0;
    }

    private boolean sendSysex(long deadlineNs, byte[] message, long untilNs) {
        if (message.length > Event.MAX_SYSEX_LENGTH) {
            throw new IllegalArgumentException("system exclusive message is longer than the limit: lengthBytes="
                    + message.length + ", limit=" + Event.MAX_SYSEX_LENGTH);
        }
        SessionLink link = session.link();
        for (int from = 0; from < message.length; from += Event.MAX_PAYLOAD_LENGTH) {
            int length = Math.min(Event.MAX_PAYLOAD_LENGTH, message.length - from);
            int flags = (from == 0 ? Event.BEGIN : 0) | (from + length == message.length ? Event.END : 0);
            MemorySegment.copy(message, from, record, ValueLayout.JAVA_BYTE, Event.DATA_OFFSET, length);
            awaitRoom(2 * Event.MAX_LENGTH, untilNs);
            // all pieces go into one life of the session: the rest of a message is nothing to another server
            if (link == null || link != session.link() || !link.out.offer(record, 0, Event.HEADER_LENGTH + length,
                    EventType.SYSEX, deadlineNs, Event.word(id(), 0, 0, flags))) {
                return false;
            }
        }
        flush();
        return true;
    }

    /** Waiting refuses nothing, so nothing is counted as long as there is time. */
    private void awaitRoom(int bytes, long untilNs) {
        while (session.freeBytes() < bytes && session.isReachable() && System.nanoTime() - untilNs < 0) {
            flush();
            LockSupport.parkNanos(RETRY_NS);
        }
    }

    /** Wakes the server after a batch of sends. Forgetting this loses nothing: it only makes the batch late. */
    public void flush() {
        session.flush();
    }
}
