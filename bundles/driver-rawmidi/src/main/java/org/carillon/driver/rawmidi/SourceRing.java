package org.carillon.driver.rawmidi;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.locks.LockSupport;
import org.carillon.api.ring.LocalRing;
import org.carillon.driver.rawmidi.Count.Counters;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;

/**
 * The way of one device's messages to the kernel. Where it is full the reading thread waits, so that a FIFO or a slow
 * destination holds its writer back instead of losing; after a second in vain it drops and counts until there is room.
 * One thread at a time.
 */
public final class SourceRing {
    private static final long WAIT_LIMIT_NS = 1_000_000_000L;
    private static final long WAIT_STEP_NS = 200_000L;

    private final LocalRing ring;
    private final Counters counters;
    private final MemorySegment record = Arena.ofAuto().allocate(Event.MAX_LENGTH, Event.ALIGNMENT);
    private int sourceId;
    private int heldBytes;
    private long sysexTimeNs;
    /** {@link Event#BEGIN} until the first piece of a message has gone. */
    private int beginFlag;
    private boolean skipsSysex;
    private boolean gaveUp;
    private volatile boolean closed;

    /** @param ring from the device's thread to the kernel's. */
    public SourceRing(LocalRing ring, Counters counters) {
        this.ring = ring;
        this.counters = counters;
    }

    /** What comes from now on is from this source. */
    void begin(int sourceId) {
        this.sourceId = sourceId;
        closed = false;
        gaveUp = false;
    }

    /** Nobody waits for room any more. Any thread. */
    void close() {
        closed = true;
    }

    void message(int type, long timeNs, long data) {
        awaitRoom(Event.SHORT_LENGTH);
        boolean taken = ring.offer(type, timeNs, Event.word(sourceId, 0, EventType.messageLength(type), 0), data);
        counters.add(taken ? Count.MESSAGES_IN : Count.NO_ROOM_IN, 1);
    }

    void beginSysex(long timeNs) {
        sysexTimeNs = timeNs;
        beginFlag = Event.BEGIN;
        skipsSysex = false;
        heldBytes = 0;
    }

    /** Adds a byte to the message that has begun. */
    void sysex(int value) {
        if (heldBytes == Event.MAX_PAYLOAD_LENGTH) {
            piece(0);
        }
        record.set(ValueLayout.JAVA_BYTE, Event.DATA_OFFSET + (long) heldBytes++, (byte) value);
    }

    int heldBytes() {
        return heldBytes;
    }

    /** Hands on what is held of the message, which goes on. */
    void passSysex() {
        piece(0);
    }

    /** @param isWhole whether it has come to its end. */
    void endSysex(boolean isWhole) {
        piece(isWhole ? Event.END : Event.END | Event.INCOMPLETE);
        counters.add(isWhole && !skipsSysex ? Count.MESSAGES_IN : Count.CUT_SYSEX_IN, 1);
    }

    private void piece(int endFlags) {
        int length = Event.HEADER_LENGTH + heldBytes;
        heldBytes = 0;
        if (skipsSysex) {
            endSkipped(endFlags);
            return;
        }
        awaitRoom(length);
        if (offer(length, beginFlag | endFlags)) {
            beginFlag = 0;
        } else {
            skipsSysex = true;
            counters.add(Count.NO_ROOM_IN, 1);
            endSkipped(endFlags);
        }
    }

    /** What has gone of a message that goes no further is ended once there is room; the kernel cuts it otherwise. */
    private void endSkipped(int endFlags) {
        if (endFlags != 0 && beginFlag == 0 && ring.freeBytes() > 2 * Event.SHORT_LENGTH) {
            offer(Event.HEADER_LENGTH, Event.END | Event.INCOMPLETE);
        }
    }

    private boolean offer(int length, int flags) {
        return ring.offer(record, 0, length, EventType.SYSEX, sysexTimeNs, Event.word(sourceId, 0, 0, flags));
    }

    /**
     * Waits until there is room, or until that has lasted too long. The ring counts each refusal as a loss, so it is
     * asked once only.
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

    /** Wakes the kernel. */
    void flush() {
        ring.flush();
    }

    /** Waits until the kernel has taken everything, a second at most. */
    void awaitTaken() {
        ring.flush();
        long untilNs = System.nanoTime() + WAIT_LIMIT_NS;
        while (!ring.isEmpty() && System.nanoTime() - untilNs < 0) {
            LockSupport.parkNanos(WAIT_STEP_NS);
        }
    }
}
