package org.carillon.driver.javasound;

import java.util.Arrays;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MidiMessage;
import javax.sound.midi.Receiver;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.SysexMessage;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.carillon.api.ring.LocalRing;
import org.carillon.driver.javasound.Count.Counters;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;

/**
 * The way out: makes messages of the records of a ring and sends them, to be played at once. Each message is a new
 * object, since receivers may keep what they get, and reusing one would change what they have kept. System exclusive
 * messages are put together first: javax.sound.midi has whole ones. One thread at a time.
 */
final class JavaSoundDestination {
    private static final int WORD_INDEX = Event.SOURCE_ID_OFFSET - Event.RING_HEADER_LENGTH;
    private static final int DATA_INDEX = Event.DATA_OFFSET - Event.RING_HEADER_LENGTH;
    private static final int FIRST_CAPACITY = 4 * Event.MAX_LENGTH;
    private static final int POLL_LIMIT = 64;
    /** Of {@link Receiver#send}: now. */
    private static final long AT_ONCE = -1;

    private final LocalRing ring;
    private final Counters counters;
    private final MessageHandler onRecord = this::onRecord;
    private byte[] sysex = new byte[FIRST_CAPACITY];
    private int sysexLength;
    private boolean inSysex;
    /** Null while there is none: what comes is counted and dropped. */
    private Receiver receiver;

    JavaSoundDestination(LocalRing ring, Counters counters) {
        this.ring = ring;
        this.counters = counters;
    }

    void begin(Receiver opened) {
        receiver = opened;
    }

    /** Sends what waits, up to a limit. May throw what the receiver throws: then the device is of no use any more. */
    int send() {
        return ring.poll(onRecord, POLL_LIMIT);
    }

    boolean isIdle() {
        return ring.isEmpty();
    }

    /** Counts what the device will never be given. */
    void discard() {
        receiver = null;
        int count;
        do {
            count = send();
        } while (count > 0);
        inSysex = false;
    }

    private void onRecord(int type, MutableDirectBuffer buffer, int index, int length) {
        if (type == EventType.SYSEX) {
            onSysex(buffer, index, length);
        } else {
            onMessage(type, buffer, index);
        }
    }

    private void onMessage(int type, MutableDirectBuffer buffer, int index) {
        int status = buffer.getByte(index + DATA_INDEX) & 0xFF;
        int length = EventType.messageLength(type);
        if (length == 0 || EventType.ofStatus(status) != type) {
            counters.add(Count.MALFORMED_OUT, 1);
            return;
        }
        int data1 = length > 1 ? buffer.getByte(index + DATA_INDEX + 1) & 0x7F : 0;
        int data2 = length > 2 ? buffer.getByte(index + DATA_INDEX + 2) & 0x7F : 0;
        try {
            send(new ShortMessage(status, data1, data2));
        } catch (InvalidMidiDataException e) {
            counters.add(Count.MALFORMED_OUT, 1);
        }
    }

    private void onSysex(MutableDirectBuffer buffer, int index, int length) {
        int flags = Event.flags(buffer.getLong(index + WORD_INDEX));
        int count = length - DATA_INDEX;
        if ((flags & Event.BEGIN) != 0) {
            cut();
            inSysex = true;
            sysexLength = 0;
        }
        if (!inSysex) {
            counters.add(Count.MALFORMED_OUT, 1);
            return;
        }
        if (sysexLength + count > Event.MAX_SYSEX_LENGTH) {
            cut();
            return;
        }
        if (sysexLength + count > sysex.length) {
            sysex = Arrays.copyOf(sysex, Math.max(2 * sysex.length, sysexLength + count));
        }
        buffer.getBytes(index + DATA_INDEX, sysex, sysexLength, count);
        sysexLength += count;
        if ((flags & Event.INCOMPLETE) != 0) {
            cut();
        } else if ((flags & Event.END) != 0) {
            inSysex = false;
            sendSysex();
        }
    }

    private void cut() {
        if (inSysex) {
            inSysex = false;
            counters.add(Count.CUT_SYSEX_OUT, 1);
        }
    }

    private void sendSysex() {
        try {
            send(new SysexMessage(sysex, sysexLength));
        } catch (InvalidMidiDataException e) {
            counters.add(Count.MALFORMED_OUT, 1);
        }
    }

    private void send(MidiMessage message) {
        Receiver to = receiver;
        if (to == null) {
            counters.add(Count.UNWRITTEN_OUT, 1);
        } else {
            to.send(message, AT_ONCE);
            counters.add(Count.MESSAGES_OUT, 1);
        }
    }
}
