package org.carillon.client.javasound;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.sound.midi.MidiUnavailableException;
import javax.sound.midi.Receiver;
import org.carillon.client.ClientSource;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;

/**
 * A destination of the server: what is sent to any of its receivers goes there, whole messages one after the other.
 * Only real-time messages go between the pieces of a long one, as they may on a cable.
 */
final class DestinationDevice extends PortDevice {
    private final CopyOnWriteArrayList<PortReceiver> receivers = new CopyOnWriteArrayList<>();
    /** Held for a whole message. */
    private final ReentrantLock order = new ReentrantLock();
    private final MemorySegment record = Arena.ofAuto().allocate(Event.MAX_LENGTH, Event.ALIGNMENT);
    private final Event piece = new Event().wrap(record, 0);
    private volatile ClientSource out;

    DestinationDevice(PortInfo info, PortDevices devices) {
        super(info, devices);
    }

    @Override
    void join(ProgramSession joined) {
        out = joined.send(port());
    }

    @Override
    void leave(ProgramSession left) {
        left.stopSending(port(), out);
    }

    @Override
    List<PortReceiver> ends() {
        return receivers;
    }

    @Override
    void closeEnds() {
        receivers.forEach(PortReceiver::end);
        receivers.clear();
    }

    @Override
    public int getMaxReceivers() {
        return -1;
    }

    @Override
    public Receiver getReceiver() throws MidiUnavailableException {
        PortReceiver receiver = new PortReceiver(this);
        if (isCalledBySystem()) {
            keepOpen(receiver);
        }
        receivers.add(receiver);
        return receiver;
    }

    @Override
    public List<Receiver> getReceivers() {
        return List.copyOf(receivers);
    }

    void closed(PortReceiver receiver) {
        receivers.remove(receiver);
        ended(receiver);
    }

    /** The date on {@link System#nanoTime()} that a time stamp stands for; far ones stop at the end of the range. */
    long monoNs(long timeStampUs) {
        long startNs = openedMonoNs();
        long offsetNs = TimeUnit.MICROSECONDS.toNanos(timeStampUs);
        return startNs > Long.MAX_VALUE - offsetNs ? Long.MAX_VALUE : startNs + offsetNs;
    }

    /** Sends a message of one to three bytes. */
    void sendShort(int status, int data1, int data2, long timeStampUs) {
        ProgramSession present = session();
        int type = EventType.ofStatus(status);
        if (present == null || EventType.messageLength(type) == 0) {
            return;
        }
        boolean waits = !EventType.isRealTime(type);
        if (waits) {
            order.lock();
        }
        try {
            present.send(out, deadlineNs(present, timeStampUs), status, data1, data2);
        } finally {
            if (waits) {
                order.unlock();
            }
        }
    }

    /** Sends a whole system exclusive message in pieces of one date. */
    void sendSysex(byte[] bytes, int length, long timeStampUs) {
        ProgramSession present = session();
        if (present == null) {
            return;
        }
        order.lock();
        try {
            long deadlineNs = deadlineNs(present, timeStampUs);
            boolean goesOn = true;
            for (int from = 0; from < length && goesOn; from += Event.MAX_PAYLOAD_LENGTH) {
                int pieceLength = Math.min(Event.MAX_PAYLOAD_LENGTH, length - from);
                int flags = (from == 0 ? Event.BEGIN : 0) | (from + pieceLength == length ? Event.END : 0);
                piece.header(Event.HEADER_LENGTH + pieceLength, EventType.SYSEX).word(Event.word(0, 0, 0, flags));
                MemorySegment.copy(bytes, from, record, ValueLayout.JAVA_BYTE, Event.DATA_OFFSET, pieceLength);
                goesOn = present.send(out, deadlineNs, piece);
            }
        } finally {
            order.unlock();
        }
    }

    private long deadlineNs(ProgramSession present, long timeStampUs) {
        return timeStampUs < 0 ? 0 : present.serverNs(monoNs(timeStampUs));
    }
}
