package org.carillon.driver.rawmidi;

import java.nio.ByteBuffer;
import org.carillon.driver.rawmidi.Count.Counters;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;

/**
 * Makes messages out of a stream of bytes, however the stream is cut into reads (MIDI 1.0 detailed specification,
 * "Data format" and appendix "Additional explanations": running status, real-time bytes anywhere). Allocates nothing.
 * One thread at a time.
 */
public final class MidiByteParser {
    private static final int SYSEX = 0xF0;
    private static final int END_OF_SYSEX = 0xF7;
    private static final int FIRST_SYSTEM = 0xF0;
    private static final int FIRST_REAL_TIME = 0xF8;
    /** How long bytes of a message of which more is to come are gathered, so that slow lines make few records. */
    private static final long HOLD_NS = 10_000_000L;

    private final SourceRing out;
    private final Counters counters;
    /** The status that data bytes belong to, or 0. */
    private int status;
    private int type;
    private int dataLength;
    private int dataCount;
    private int data1;
    /** Whether bytes of a message have come that is not complete. */
    private boolean isUnfinished;
    private boolean inSysex;
    private long heldSinceNs;

    public MidiByteParser(SourceRing out, Counters counters) {
        this.out = out;
        this.counters = counters;
    }

    /**
     * Takes the bytes of one read.
     *
     * @param timeNs server time of the read: the time stamp of what it completes.
     */
    public void parse(ByteBuffer bytes, long timeNs) {
        counters.add(Count.BYTES_IN, bytes.remaining());
        while (bytes.hasRemaining()) {
            int value = bytes.get() & 0xFF;
            if (value < 0x80) {
                onData(value, timeNs);
            } else if (value < FIRST_REAL_TIME) {
                onStatus(value, timeNs);
            } else {
                onRealTime(value, timeNs);
            }
        }
        if (inSysex && out.heldBytes() > 0 && timeNs - heldSinceNs >= HOLD_NS) {
            out.passSysex();
        }
    }

    /** The stream has ended: what was not complete never will be. */
    public void end() {
        giveUpUnfinished();
        status = 0;
    }

    private void onRealTime(int value, long timeNs) {
        int realTime = EventType.ofStatus(value);
        if (realTime < 0) {
            counters.add(Count.UNDEFINED_BYTES_IN, 1);
        } else {
            out.message(realTime, timeNs, Event.data(value, 0, 0));
        }
    }

    private void onStatus(int value, long timeNs) {
        if (inSysex && value == END_OF_SYSEX) {
            out.sysex(value);
            out.endSysex(true);
            inSysex = false;
            return;
        }
        giveUpUnfinished();
        status = 0;
        type = EventType.ofStatus(value);
        if (value == END_OF_SYSEX) {
            counters.add(Count.STRAY_BYTES_IN, 1);
        } else if (type < 0) {
            counters.add(Count.UNDEFINED_BYTES_IN, 1);
        } else if (value == SYSEX) {
            inSysex = true;
            out.beginSysex(timeNs);
            onSysexByte(value, timeNs);
        } else if (EventType.messageLength(type) == 1) {
            out.message(type, timeNs, Event.data(value, 0, 0));
        } else {
            status = value;
            dataLength = EventType.messageLength(type) - 1;
            dataCount = 0;
            isUnfinished = true;
        }
    }

    private void giveUpUnfinished() {
        if (inSysex) {
            out.endSysex(false);
            inSysex = false;
        } else if (isUnfinished) {
            counters.add(Count.UNFINISHED_IN, 1);
        }
        isUnfinished = false;
    }

    private void onData(int value, long timeNs) {
        if (inSysex) {
            onSysexByte(value, timeNs);
        } else if (status == 0) {
            counters.add(Count.STRAY_BYTES_IN, 1);
        } else if (++dataCount < dataLength) {
            data1 = value;
            isUnfinished = true;
        } else {
            out.message(type, timeNs,
                    dataLength == 1 ? Event.data(status, value, 0) : Event.data(status, data1, value));
            dataCount = 0;
            isUnfinished = false;
            status = status < FIRST_SYSTEM ? status : 0; // only channel messages run on
        }
    }

    private void onSysexByte(int value, long timeNs) {
        if (out.heldBytes() == 0) {
            heldSinceNs = timeNs;
        }
        out.sysex(value);
    }
}
