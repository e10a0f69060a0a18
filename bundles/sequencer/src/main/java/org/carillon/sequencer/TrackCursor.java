package org.carillon.sequencer;

import java.io.ByteArrayOutputStream;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;

/** Goes through what of a track can be sent, in order. */
final class TrackCursor implements Comparable<TrackCursor> {
    private final int number;
    private final Track track;
    private int index = -1;
    /** Where in an escape the next message starts; 0 where none is being read. */
    private int escapeAt;
    private final ByteArrayOutputStream pieces = new ByteArrayOutputStream();
    private boolean inSysex;
    private long tick;
    private int shortMessage;
    private byte[] longMessage;
    private int skipped;

    TrackCursor(int number, Track track) {
        this.number = number;
        this.track = track;
    }

    int number() {
        return number;
    }

    long tick() {
        return tick;
    }

    int shortMessage() {
        return shortMessage;
    }

    /** Null where a short message is next. */
    byte[] longMessage() {
        return longMessage;
    }

    int takeSkipped() {
        int taken = skipped;
        skipped = 0;
        return taken;
    }

    @Override
    public int compareTo(TrackCursor other) {
        int byTick = Long.compare(tick, other.tick);
        return byTick != 0 ? byTick : Integer.compare(number, other.number);
    }

    /** Goes to the next message; false at the end. */
    boolean advance() {
        longMessage = null;
        while (escapeAt > 0 || ++index < track.size()) {
            tick = track.tick(index);
            if (escapeAt > 0 ? escape() : event()) {
                return true;
            }
        }
        skipped += inSysex ? 1 : 0;
        inSysex = false;
        return false;
    }

    private boolean event() {
        int status = track.status(index);
        if (Midi.isChannel(status)) {
            shortMessage = status | track.byteAt(index, 1) << 8
                    | (track.lengthBytes(index) > 2 ? track.byteAt(index, 2) << 16 : 0);
            return true;
        }
        if (status == Midi.META) {
            return false;
        }
        if (status == Midi.SYSEX || inSysex && goesOn()) {
            piece(status == Midi.SYSEX);
            return longMessage != null;
        }
        escapeAt = 1;
        return escape();
    }

    /** Whether a packet goes on with a system exclusive message, and is no escape between its pieces. */
    private boolean goesOn() {
        int first = track.lengthBytes(index) > 1 ? track.byteAt(index, 1) : 0;
        return first < 0x80 || first == Midi.SYSEX_END;
    }

    private void piece(boolean isFirst) {
        int from = isFirst ? 0 : 1;
        if (isFirst) {
            skipped += inSysex ? 1 : 0;
            pieces.reset();
        }
        byte[] piece = new byte[track.lengthBytes(index) - from];
        track.copy(index, from, piece, 0, piece.length);
        pieces.writeBytes(piece);
        inSysex = piece.length == 0 || (piece[piece.length - 1] & 0xFF) != Midi.SYSEX_END;
        if (!inSysex) {
            byte[] message = pieces.toByteArray();
            longMessage = isClean(message) ? message : null;
            skipped += longMessage == null ? 1 : 0;
        }
    }

    private static boolean isClean(byte[] sysex) {
        for (int i = 1; i < sysex.length - 1; i++) {
            if (sysex[i] < 0) {
                return false;
            }
        }
        return sysex.length <= Event.MAX_SYSEX_LENGTH;
    }

    /** Takes the next message out of an escape; false when there is none. */
    private boolean escape() {
        int length = track.lengthBytes(index);
        int at = escapeAt;
        escapeAt = 0;
        if (at >= length) {
            return false;
        }
        int status = track.byteAt(index, at);
        if (status == Midi.SYSEX) {
            return escapedSysex(at, length);
        }
        int dataLength = Midi.dataLength(status);
        boolean isWhole = status >= Midi.NOTE_OFF && EventType.ofStatus(status) > 0
                && at + dataLength < length;
        for (int i = at + 1; isWhole && i <= at + dataLength; i++) {
            isWhole = track.byteAt(index, i) < 0x80;
        }
        if (!isWhole) {
            skipped++;
            return false;
        }
        shortMessage = status | (dataLength > 0 ? track.byteAt(index, at + 1) << 8 : 0)
                | (dataLength > 1 ? track.byteAt(index, at + 2) << 16 : 0);
        escapeAt = at + dataLength + 1 < length ? at + dataLength + 1 : 0;
        return true;
    }

    private boolean escapedSysex(int from, int length) {
        int to = from + 1;
        while (to < length && track.byteAt(index, to) < 0x80) {
            to++;
        }
        if (to == length || track.byteAt(index, to) != Midi.SYSEX_END) {
            skipped++;
            return false;
        }
        longMessage = new byte[to + 1 - from];
        track.copy(index, from, longMessage, 0, longMessage.length);
        escapeAt = to + 1 < length ? to + 1 : 0;
        return true;
    }
}
