package org.carillon.transport.local;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.locks.LockSupport;
import org.carillon.api.port.Attachment;
import org.carillon.api.ring.LocalRing;
import org.carillon.api.session.Source;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;

/** A source of a session: writes its records into the session's ring to the kernel. */
final class LocalSource implements Source {
    private static final int SYSEX = 0xF0;
    private static final int NOTE_ON = 0x90;
    private static final long RETRY_NS = 50_000;

    private final int id;
    private final String name;
    private final LocalRing ring;
    private final Attachment attachment;
    private final MemorySegment record = Arena.ofAuto().allocate(Event.MAX_LENGTH, Event.ALIGNMENT);
    private final Event event = new Event().wrap(record, 0);

    LocalSource(int id, String name, LocalRing ring, Attachment attachment) {
        this.id = id;
        this.name = name;
        this.ring = ring;
        this.attachment = attachment;
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean send(long deadlineNs, int status, int data1, int data2) {
        int type = EventType.ofStatus(status);
        int length = EventType.messageLength(type);
        if (length == 0) {
            throw new IllegalArgumentException("status must start a message of one to three bytes: status=" + status);
        }
        return attachment.isOpen() && ring.offer(type, deadlineNs, Event.word(id, 0, length, 0),
                Event.data(status, length > 1 ? data1 & 0x7F : 0, length > 2 ? data2 & 0x7F : 0));
    }

    @Override
    public boolean sendNote(long deadlineNs, int channel, int pitch, int velocity, long durationNs) {
        event.data(Event.data(NOTE_ON | channel & 0xF, pitch & 0x7F, velocity & 0x7F)).durationNs(durationNs);
        return attachment.isOpen() && ring.offer(record, 0, Event.NOTE_LENGTH, EventType.NOTE, deadlineNs,
                Event.word(id, 0, 3, 0));
    }

    @Override
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
        while (!send(deadlineNs, status, byteAt(message, 1), byteAt(message, 2))) {
            if (!mayRetry(untilNs)) {
                return false;
            }
        }
        ring.flush();
        return true;
    }

    private static int byteAt(byte[] message, int index) {
        return index < message.length ? message[index] & 0x7F : 0;
    }

    private boolean sendSysex(long deadlineNs, byte[] message, long untilNs) {
        if (message.length > Event.MAX_SYSEX_LENGTH) {
            throw new IllegalArgumentException("system exclusive message is longer than the limit: lengthBytes="
                    + message.length + ", limit=" + Event.MAX_SYSEX_LENGTH);
        }
        for (int from = 0; from < message.length; from += Event.MAX_PAYLOAD_LENGTH) {
            int length = Math.min(Event.MAX_PAYLOAD_LENGTH, message.length - from);
            int flags = (from == 0 ? Event.BEGIN : 0) | (from + length == message.length ? Event.END : 0);
            MemorySegment.copy(message, from, record, ValueLayout.JAVA_BYTE, Event.DATA_OFFSET, length);
            if (!sendPiece(deadlineNs, length, flags, untilNs)) {
                return false;
            }
        }
        ring.flush();
        return true;
    }

    private boolean sendPiece(long deadlineNs, int length, int flags, long untilNs) {
        while (!attachment.isOpen() || !ring.offer(record, 0, Event.HEADER_LENGTH + length, EventType.SYSEX,
                deadlineNs, Event.word(id, 0, 0, flags))) {
            if (!mayRetry(untilNs)) {
                return false;
            }
        }
        return true;
    }

    private boolean mayRetry(long untilNs) {
        ring.flush();
        if (!attachment.isOpen() || System.nanoTime() - untilNs >= 0) {
            return false;
        }
        LockSupport.parkNanos(RETRY_NS);
        return true;
    }

    @Override
    public void flush() {
        ring.flush();
    }
}
