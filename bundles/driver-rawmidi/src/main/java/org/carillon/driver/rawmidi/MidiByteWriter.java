package org.carillon.driver.rawmidi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.carillon.api.ring.LocalRing;
import org.carillon.driver.rawmidi.Count.Counters;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;

/**
 * Makes bytes out of the records of a ring and writes them at a pace. Records are taken only as far as they can be
 * written soon, so that a full ring holds a long message back; real-time messages are looked for ahead of that and go
 * at once. A system exclusive message is interrupted by nothing else. Allocates nothing. One thread at a time; times
 * are of {@link System#nanoTime()}.
 */
final class MidiByteWriter {
    private static final int WORD_INDEX = Event.SOURCE_ID_OFFSET - Event.RING_HEADER_LENGTH;
    private static final int DATA_INDEX = Event.DATA_OFFSET - Event.RING_HEADER_LENGTH;
    private static final int CAPACITY = 4 * Event.MAX_LENGTH;
    private static final int REAL_TIME_CAPACITY = 4 * Event.MAX_LENGTH;
    private static final int SYSEX = 0xF0;
    private static final int END_OF_SYSEX = 0xF7;
    private static final int FIRST_STATUS = 0x80;

    /** What is under way of a system exclusive message. */
    private enum Sysex {
        NONE, PASSING, SKIPPING
    }

    private final LocalRing ring;
    private final LinePace pace;
    private final Counters counters;
    private final MessageHandler onAhead = this::onAhead;
    private final MessageHandler onRecord = this::onRecord;
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(CAPACITY);
    private final ByteBuffer realTime = ByteBuffer.allocateDirect(REAL_TIME_CAPACITY);
    /** Bytes from here to {@link #end} are to be written. */
    private int start;
    private int end;
    private long aheadPosition;
    /** Real-time records that were written and still lie in the ring. */
    private int aheadCount;
    private Sysex sysex = Sysex.NONE;
    private int runningStatus;
    private boolean gapIsDue;
    /** When the line is free again. */
    private long freeNs;

    MidiByteWriter(LocalRing ring, LinePace pace, Counters counters, long nowNs) {
        this.ring = ring;
        this.pace = pace;
        this.counters = counters;
        freeNs = nowNs;
    }

    /**
     * Writes what may be written now.
     *
     * @return false when there is nothing to do before {@link #nextNs} unless something comes.
     */
    boolean write(WritableByteChannel device, long nowNs) throws IOException {
        aheadPosition = ring.peek(onAhead, aheadPosition);
        writeRealTime(device, nowNs);
        if (freeNs - nowNs > 0) {
            return false;
        }
        fill();
        writeRealTime(device, nowNs);
        if (start == end) {
            return false;
        }
        int count = Math.min(pace.sliceBytes(), end - start);
        write(device, bytes.limit(start + count).position(start));
        start += count;
        busyFor(count, nowNs);
        if (start == end) {
            start = 0;
            end = 0;
            freeNs += gapIsDue ? pace.sysexGapNs() : 0;
            gapIsDue = false;
        }
        return true;
    }

    /** Real-time bytes go at once; the line is busy with them all the same. */
    private void writeRealTime(WritableByteChannel device, long nowNs) throws IOException {
        int count = realTime.position();
        if (count > 0) {
            try {
                write(device, realTime.flip());
            } finally {
                realTime.compact();
            }
            busyFor(count, nowNs);
        }
    }

    /** The line is busy with so many bytes more. A slice that was late may be made up for, one that was idle not. */
    private void busyFor(int count, long nowNs) {
        long earliestNs = nowNs - pace.durationNs(pace.sliceBytes());
        freeNs = (freeNs - earliestNs > 0 ? freeNs : earliestNs) + pace.durationNs(count);
    }

    private void write(WritableByteChannel device, ByteBuffer from) throws IOException {
        counters.add(Count.BYTES_OUT, from.remaining());
        while (from.hasRemaining()) {
            device.write(from);
        }
    }

    /** Whether something has come that was not looked at; writes nothing. */
    boolean hasNews() {
        long before = aheadPosition;
        aheadPosition = ring.peek(onAhead, before);
        return aheadPosition != before && (realTime.position() > 0 || start == end);
    }

    /** When to go on though nothing comes. */
    long nextNs() {
        return start == end && ring.isEmpty() ? Long.MAX_VALUE : freeNs;
    }

    /** Whether all is written that there was. */
    boolean isIdle() {
        return start == end && realTime.position() == 0 && ring.isEmpty();
    }

    /** Counts what will never be written. */
    void discard() {
        long before = counters.get(Count.MESSAGES_OUT) - realTime.position();
        int unwritten = start == end || sysex == Sysex.PASSING ? 0 : 1;
        int taken;
        do {
            start = 0;
            end = 0;
            gapIsDue = false;
            bytes.clear();
            taken = ring.poll(onRecord, 1);
        } while (taken > 0);
        realTime.clear();
        long messages = counters.get(Count.MESSAGES_OUT) - before;
        counters.add(Count.MESSAGES_OUT, -messages);
        counters.add(Count.UNWRITTEN_OUT, messages + unwritten);
        if (sysex == Sysex.PASSING) {
            counters.add(Count.CUT_SYSEX_OUT, 1);
            sysex = Sysex.NONE;
        }
    }

    private void onAhead(int type, MutableDirectBuffer buffer, int index, int length) {
        if (EventType.isRealTime(type) && realTime.hasRemaining()) {
            aheadCount++;
            putRealTime(type, buffer, index);
        }
    }

    private void putRealTime(int type, MutableDirectBuffer buffer, int index) {
        int status = buffer.getByte(index + DATA_INDEX) & 0xFF;
        if (EventType.ofStatus(status) == type) {
            realTime.put((byte) status);
            counters.add(Count.MESSAGES_OUT, 1);
        } else {
            counters.add(Count.MALFORMED_OUT, 1);
        }
    }

    private void fill() {
        if (CAPACITY - end < Event.MAX_LENGTH && start > 0) {
            bytes.limit(end).position(start).compact();
            end -= start;
            start = 0;
        }
        bytes.clear();
        int taken = 1;
        while (taken > 0 && !gapIsDue && CAPACITY - end >= Event.MAX_LENGTH && realTime.hasRemaining()) {
            taken = ring.poll(onRecord, 1);
        }
    }

    private void onRecord(int type, MutableDirectBuffer buffer, int index, int length) {
        if (type == EventType.SYSEX) {
            onSysex(buffer, index, length);
        } else if (!EventType.isRealTime(type)) {
            onMessage(type, buffer, index);
        } else if (aheadCount > 0) {
            aheadCount--;
        } else if (realTime.hasRemaining()) {
            putRealTime(type, buffer, index);
        }
    }

    private void onMessage(int type, MutableDirectBuffer buffer, int index) {
        int status = buffer.getByte(index + DATA_INDEX) & 0xFF;
        int length = EventType.messageLength(type);
        if (length == 0 || EventType.ofStatus(status) != type) {
            counters.add(Count.MALFORMED_OUT, 1);
            return;
        }
        leaveSysex();
        if (!pace.runningStatus() || status != runningStatus) {
            put(status);
        }
        runningStatus = status < SYSEX ? status : 0;
        for (int i = 1; i < length; i++) {
            put(buffer.getByte(index + DATA_INDEX + i) & 0x7F);
        }
        counters.add(Count.MESSAGES_OUT, 1);
    }

    private void put(int value) {
        bytes.put(end, (byte) value);
        end++;
    }

    /**
     * A message that was cut stays without its end: closing it would make it look whole, and the next status byte ends
     * it anyway (MIDI 1.0 detailed specification, "System exclusive").
     */
    private void leaveSysex() {
        if (sysex == Sysex.PASSING) {
            counters.add(Count.CUT_SYSEX_OUT, 1);
        }
        sysex = Sysex.NONE;
    }

    private void onSysex(MutableDirectBuffer buffer, int index, int length) {
        int flags = Event.flags(buffer.getLong(index + WORD_INDEX));
        int payloadLength = length - DATA_INDEX;
        int from = 0;
        if ((flags & Event.BEGIN) != 0) {
            leaveSysex();
            boolean begins = payloadLength > 0 && (buffer.getByte(index + DATA_INDEX) & 0xFF) == SYSEX;
            sysex = begins ? Sysex.PASSING : Sysex.SKIPPING;
            runningStatus = 0;
            if (begins) {
                put(SYSEX);
                from = 1;
            } else {
                counters.add(Count.MALFORMED_OUT, 1);
            }
        }
        if (sysex == Sysex.PASSING) {
            putSysex(buffer, index + DATA_INDEX, from, payloadLength, flags);
        } else if (sysex == Sysex.NONE) {
            counters.add(Count.MALFORMED_OUT, 1);
        }
        if ((flags & Event.END) != 0) {
            leaveSysex();
        }
    }

    private void putSysex(MutableDirectBuffer buffer, int index, int from, int length, int flags) {
        for (int i = from; i < length; i++) {
            int value = buffer.getByte(index + i) & 0xFF;
            if (value < FIRST_STATUS) {
                put(value);
            } else if (value == END_OF_SYSEX && i == length - 1 && (flags & Event.END) != 0) {
                put(value);
                counters.add(Count.MESSAGES_OUT, 1);
                sysex = Sysex.NONE;
                gapIsDue = pace.sysexGapNs() > 0;
            } else {
                counters.add(Count.MALFORMED_OUT, 1);
            }
        }
    }
}
