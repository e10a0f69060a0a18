package org.carillon.driver.javasound;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.locks.LockSupport;
import javax.sound.midi.MetaMessage;
import javax.sound.midi.MidiMessage;
import javax.sound.midi.Receiver;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.SysexMessage;
import org.carillon.api.ring.LocalRing;
import org.carillon.driver.javasound.Count.Counters;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;
import org.carillon.protocol.ServerClock;

/**
 * The way in: stamps what a device sends with server time, since the time stamps of providers have other clocks or
 * none, and hands it to the kernel. It runs on threads of the provider, of which there may be several though the ring
 * has one producer: hence the monitor, which nobody else ever holds. Short messages are read without allocating.
 */
final class JavaSoundSource implements Receiver {
    private static final long WAIT_LIMIT_NS = 1_000_000_000L;
    private static final long WAIT_STEP_NS = 200_000L;
    private static final int SYSEX = 0xF0;
    private static final int END_OF_SYSEX = 0xF7;
    private static final int FIRST_STATUS = 0x80;

    private final LocalRing ring;
    private final Counters counters;
    private final ServerClock clock;
    private final MemorySegment record = Arena.ofAuto().allocate(Event.MAX_LENGTH, Event.ALIGNMENT);
    private int sourceId;
    private boolean inSysex;
    /** The rest of the message goes no further: a piece of it found no room. */
    private boolean skipsSysex;
    private long sysexTimeNs;
    private int beginFlag;
    private boolean gaveUp;
    private volatile boolean closed = true;

    JavaSoundSource(LocalRing ring, Counters counters, ServerClock clock) {
        this.ring = ring;
        this.counters = counters;
        this.clock = clock;
    }

    /** What comes from now on is from this source. */
    synchronized void begin(int sourceId) {
        this.sourceId = sourceId;
        gaveUp = false;
        closed = false;
    }

    /** Nothing comes any more: what was not complete never will be. Returns when the kernel has all, or in a second. */
    void end() {
        closed = true; // whoever waits for room lets go of the monitor
        synchronized (this) {
            cutSysex();
            ring.flush();
            long untilNs = System.nanoTime() + WAIT_LIMIT_NS;
            while (!ring.isEmpty() && System.nanoTime() - untilNs < 0) {
                LockSupport.parkNanos(WAIT_STEP_NS);
            }
        }
    }

    @Override
    public void send(MidiMessage message, long providersTimeStamp) {
        long timeNs = clock.nowNs();
        synchronized (this) {
            if (!closed) {
                take(message, timeNs);
                ring.flush();
            }
        }
    }

    @Override
    public void close() {
        // the end of the port is the server's business
    }

    private void take(MidiMessage message, long timeNs) {
        if (message instanceof ShortMessage brief) {
            onShort(brief.getStatus(), brief.getData1(), brief.getData2(), brief.getLength(), timeNs);
        } else if (message instanceof SysexMessage) {
            onSysex(message.getMessage(), message.getLength(), timeNs);
        } else if (!(message instanceof MetaMessage)) { // a meta event is for files, and no message
            counters.add(Count.MALFORMED_IN, 1);
        }
    }

    private void onShort(int status, int data1, int data2, int length, long timeNs) {
        int type = EventType.ofStatus(status);
        int messageLength = EventType.messageLength(type);
        if (inSysex && status == END_OF_SYSEX) {
            piece(new byte[]{(byte) END_OF_SYSEX}, 0, 1, true);
        } else if (messageLength == 0 || length < messageLength || (data1 | data2) >= FIRST_STATUS) {
            counters.add(Count.MALFORMED_IN, 1);
        } else {
            if (!EventType.isRealTime(type)) {
                cutSysex();
            }
            awaitRoom(Event.SHORT_LENGTH);
            long data = Event.data(status, messageLength > 1 ? data1 : 0, messageLength > 2 ? data2 : 0);
            boolean taken = ring.offer(type, timeNs, Event.word(sourceId, 0, messageLength, 0), data);
            counters.add(taken ? Count.MESSAGES_IN : Count.NO_ROOM_IN, 1);
        }
    }

    /**
     * A message as a whole, or a piece of one: the first begins with F0, further ones with an F7 that is no byte of the
     * message (javax.sound.midi.SysexMessage, "special system exclusive").
     */
    private void onSysex(byte[] bytes, int length, long timeNs) {
        boolean begins = length > 0 && (bytes[0] & 0xFF) == SYSEX;
        boolean isLoneEnd = length == 1 && (bytes[0] & 0xFF) == END_OF_SYSEX;
        boolean ends = length > 0 && (bytes[length - 1] & 0xFF) == END_OF_SYSEX && (length > 1 || isLoneEnd);
        int from = begins || isLoneEnd ? 0 : 1;
        if (!begins && !inSysex || !isData(bytes, begins ? 1 : from, ends ? length - 1 : length)) {
            counters.add(Count.MALFORMED_IN, 1);
            cutSysex();
            return;
        }
        if (begins) {
            cutSysex();
            inSysex = true;
            skipsSysex = false;
            sysexTimeNs = timeNs;
            beginFlag = Event.BEGIN;
        }
        piece(bytes, from, length, ends);
    }

    private static boolean isData(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] < 0) {
                return false;
            }
        }
        return true;
    }

    private void piece(byte[] bytes, int from, int to, boolean ends) {
        int at = from;
        while (at < to && !skipsSysex) {
            int count = Math.min(Event.MAX_PAYLOAD_LENGTH, to - at);
            MemorySegment.copy(bytes, at, record, ValueLayout.JAVA_BYTE, Event.DATA_OFFSET, count);
            at += count;
            put(count, ends && at == to ? Event.END : 0);
        }
        if (ends) {
            inSysex = false;
            counters.add(skipsSysex ? Count.CUT_SYSEX_IN : Count.MESSAGES_IN, 1);
        }
    }

    private void put(int count, int endFlag) {
        int length = Event.HEADER_LENGTH + count;
        awaitRoom(length);
        if (offer(length, beginFlag | endFlag)) {
            beginFlag = 0;
        } else {
            skipsSysex = true;
            counters.add(Count.NO_ROOM_IN, 1);
            endSkipped();
        }
    }

    private boolean offer(int length, int flags) {
        return ring.offer(record, 0, length, EventType.SYSEX, sysexTimeNs, Event.word(sourceId, 0, 0, flags));
    }

    /** What has gone of a message that goes no further is ended once there is room; the kernel cuts it otherwise. */
    private void endSkipped() {
        if (beginFlag == 0 && ring.freeBytes() > 2 * Event.SHORT_LENGTH) {
            offer(Event.HEADER_LENGTH, Event.END | Event.INCOMPLETE);
        }
    }

    private void cutSysex() {
        if (inSysex) {
            inSysex = false;
            counters.add(Count.CUT_SYSEX_IN, 1);
            if (!skipsSysex) {
                awaitRoom(Event.HEADER_LENGTH);
                endSkipped();
            }
        }
    }

    /**
     * Waits until there is room, so that a long message is held back and not lost; a second at most, and then not again
     * before there was room. The ring counts each refusal as a loss, so it is asked once only.
     */
    private void awaitRoom(int length) {
        int neededBytes = 2 * Event.aligned(length) + Event.ALIGNMENT; // the space before the wrap may be of no use
        if (ring.freeBytes() >= neededBytes) {
            gaveUp = false;
            return;
        }
        ring.flush();
        long untilNs = System.nanoTime() + WAIT_LIMIT_NS;
        while (!gaveUp && ring.freeBytes() < neededBytes) {
            LockSupport.parkNanos(WAIT_STEP_NS);
            gaveUp = closed || System.nanoTime() - untilNs >= 0;
        }
    }
}
