package org.carillon.client.javasound;

import java.util.Arrays;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;

/**
 * Bytes as they would go over a cable (MIDI 1.0 detailed specification), read as messages: system exclusive ones, which
 * Java may hand over in pieces, and whatever else a continuation holds. A message goes when it is whole, with the time
 * stamp of its first piece; one that another status byte ends is dropped, and so are data bytes without a status. There
 * is no running status. One thread at a time.
 */
final class ByteStream {
    private static final int SYSEX = 0xF0;
    private static final int END_OF_SYSEX = 0xF7;
    private static final int FIRST_REAL_TIME = 0xF8;
    private static final int FIRST_STATUS = 0x80;
    private static final int SMALL_BYTES = 256;
    private static final byte[] NONE = {};

    private final DestinationDevice device;
    private byte[] sysex = NONE;
    private int sysexLength;
    private boolean inSysex;
    private long sysexTimeStampUs;
    /** Status of the short message that is coming; 0 for none. */
    private int status;
    private int needed;
    private int data1;

    ByteStream(DestinationDevice device) {
        this.device = device;
    }

    /** Takes bytes from an index on. */
    void take(byte[] bytes, int from, long timeStampUs) {
        status = 0; // a short message does not go on in the next one
        for (int i = from; i < bytes.length; i++) {
            int value = bytes[i] & 0xFF;
            if (value >= FIRST_REAL_TIME) {
                device.sendShort(value, 0, 0, timeStampUs);
            } else if (value >= FIRST_STATUS) {
                onStatus(value, bytes.length - i, timeStampUs);
            } else {
                onData(value, timeStampUs);
            }
        }
    }

    private void onStatus(int value, int rest, long timeStampUs) {
        if (value == END_OF_SYSEX) {
            endSysex(value);
            return;
        }
        inSysex = value == SYSEX;
        status = 0;
        if (inSysex) {
            sysexTimeStampUs = timeStampUs;
            sysexLength = 0;
            room(Math.max(rest, SMALL_BYTES));
            sysex[sysexLength++] = (byte) value;
            return;
        }
        needed = EventType.messageLength(EventType.ofStatus(value)) - 1;
        if (needed == 0) {
            device.sendShort(value, 0, 0, timeStampUs);
        } else if (needed > 0) {
            status = value;
            data1 = -1;
        }
    }

    private void onData(int value, long timeStampUs) {
        if (inSysex) {
            append(value);
        } else if (status != 0 && needed == 2 && data1 < 0) {
            data1 = value;
        } else if (status != 0) {
            device.sendShort(status, needed == 2 ? data1 : value, needed == 2 ? value : 0, timeStampUs);
            status = 0;
        }
    }

    private void endSysex(int value) {
        status = 0;
        if (inSysex) {
            append(value);
        }
        if (inSysex) {
            inSysex = false;
            device.sendSysex(sysex, sysexLength, sysexTimeStampUs);
        }
        sysex = NONE;
    }

    private void append(int value) {
        if (sysexLength == Event.MAX_SYSEX_LENGTH) {
            inSysex = false; // longer than the server takes
            sysex = NONE;
            return;
        }
        room(sysexLength + 1);
        sysex[sysexLength++] = (byte) value;
    }

    private void room(int length) {
        if (length > sysex.length) {
            sysex = Arrays.copyOf(sysex, Math.max(length, Math.min(2 * sysex.length, Event.MAX_SYSEX_LENGTH)));
        }
    }
}
