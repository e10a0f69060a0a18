package org.carillon.sequencer;

import org.carillon.sequencer.Damage.Kind;

/**
 * Reads the events of one track after the other out of a file's bytes. Every turn takes at least one byte, and nothing
 * is made that is longer than the bytes which are there.
 */
final class TrackReader {
    private static final int VAR_LENGTH_BYTES = 4;
    private static final int MAX_DENOMINATOR_POWER = 7;
    private static final int NONE = -1;

    private final byte[] bytes;
    private final int fileEnd;
    private final DamageLog damage;
    /** The last channel status of all tracks so far, which some files let hold in the next track. */
    private int lastStatus;

    private TrackBuilder track;
    private int at;
    private int limit;
    private long tick;
    private long lastEventTick;
    /** What a message without a status byte is read by; 0 for none. */
    private int running;
    /** Why it should not hold any more, or null while it does. */
    private String cancelledBy;
    private int endOffset;
    private boolean hasEnd;
    private int openSysexOffset;

    TrackReader(byte[] bytes, int fileEnd, DamageLog damage) {
        this.bytes = bytes;
        this.fileEnd = fileEnd;
        this.damage = damage;
    }

    /** Where the last track ended in the file. */
    int end() {
        return at;
    }

    /**
     * Reads one track.
     *
     * @param declaredEnd where its chunk says that it ends.
     * @param trusted     whether something stands there that makes this likely.
     */
    Track read(int from, long declaredEnd, boolean trusted) {
        track = new TrackBuilder();
        at = from;
        limit = trusted ? (int) declaredEnd : fileEnd;
        tick = 0;
        lastEventTick = 0;
        running = lastStatus;
        cancelledBy = "the start of a track";
        endOffset = NONE;
        hasEnd = false;
        openSysexOffset = NONE;
        while (at < limit && !isEnd(declaredEnd, trusted)) {
            oneEvent();
        }
        finishSysex();
        if (!hasEnd) {
            damage.add(at, Kind.NO_END_OF_TRACK, "track must have an end");
        }
        return track.build();
    }

    private boolean isEnd(long declaredEnd, boolean trusted) {
        if (isTrackChunk(bytes, at, fileEnd) && (endOffset != NONE || !trusted)) {
            return true;
        }
        if (trusted) {
            return false;
        }
        return endOffset == NONE
                ? at == declaredEnd && track.size() > 0
                : at >= declaredEnd || declaredEnd > fileEnd;
    }

    /** Whether a track's chunk starts here. */
    static boolean isTrackChunk(byte[] bytes, int at, int end) {
        return at + 8 <= end && bytes[at] == 'M' && bytes[at + 1] == 'T' && bytes[at + 2] == 'r'
                && bytes[at + 3] == 'k';
    }

    private void oneEvent() {
        if (endOffset != NONE) {
            damage.add(endOffset, Kind.EARLY_END_OF_TRACK, "end of track must be last, what follows is kept");
            endOffset = NONE;
        }
        int eventOffset = at;
        long delta = varLength();
        if (at == limit) {
            damage.add(eventOffset, Kind.TRUNCATED_EVENT, "event must follow a delta time: lengthBytes="
                    + (at - eventOffset));
            return;
        }
        long furthest = lastEventTick + Midi.MAX_VAR_LENGTH;
        if (delta > furthest - tick) {
            damage.add(eventOffset, Kind.VAR_LENGTH, "time between two events must fit into four bytes, the longest is"
                    + " taken: deltaTicks=" + delta);
        }
        tick = Math.min(Saturated.add(tick, delta), furthest);
        int before = track.size();
        event();
        if (track.size() > before) {
            lastEventTick = tick;
        }
    }

    private void event() {
        int first = bytes[at] & 0xFF;
        if (first >= Midi.NOTE_OFF) {
            at++;
            if (Midi.isChannel(first)) {
                channelMessage(first);
            } else {
                systemEvent(first);
            }
        } else if (running == 0) {
            bytesWithoutStatus();
        } else {
            if (cancelledBy != null) {
                damage.add(at, Kind.RUNNING_STATUS, "running status does not hold after " + cancelledBy
                        + ", it is taken all the same: status=0x" + Integer.toHexString(running));
            }
            channelMessage(running);
        }
    }

    private void bytesWithoutStatus() {
        int from = at;
        while (at < limit && bytes[at] >= 0 && !isTrackChunk(bytes, at, fileEnd)) {
            at++;
        }
        damage.add(from, Kind.NO_STATUS, "status byte must come first, data bytes are skipped: lengthBytes="
                + (at - from));
        if (at < limit && bytes[at] < 0) {
            event();
        }
    }

    private void channelMessage(int status) {
        int offset = at;
        int length = Midi.dataLength(status);
        if (length > limit - at) {
            damage.add(at, Kind.TRUNCATED_EVENT,
                    "message must have " + length + " data bytes, it is left out: status=0x"
                            + Integer.toHexString(status) + ", there=" + (limit - at));
            at = limit;
            return;
        }
        int data1 = bytes[at++] & 0xFF;
        int data2 = length > 1 ? bytes[at++] & 0xFF : 0;
        if ((data1 | data2) > 0x7F) {
            damage.add(offset, Kind.DATA_BYTE, "data must be below 128, the low seven bits are taken: status=0x"
                    + Integer.toHexString(status) + ", data1=" + data1 + ", data2=" + data2);
        }
        track.add(tick, status, data1 & 0x7F, data2 & 0x7F);
        running = status;
        lastStatus = status;
        cancelledBy = null;
    }

    private void systemEvent(int status) {
        switch (status) {
            case Midi.META -> {
                cancelledBy = "a meta event";
                metaEvent();
            }
            case Midi.SYSEX, Midi.ESCAPE -> {
                cancelledBy = "a system exclusive event";
                sysexEvent(status);
            }
            default -> {
                cancelledBy = "a system message";
                systemMessage(status);
            }
        }
    }

    /** What has no place in a file as it is, is kept as it should have been: packed. */
    private void systemMessage(int status) {
        int offset = at - 1;
        int length = Math.min(Midi.dataLength(status), limit - at);
        damage.add(offset, Kind.SYSTEM_MESSAGE, "system message must be packed, it is kept so: status=0x"
                + Integer.toHexString(status));
        track.addRaw(tick, Midi.ESCAPE, NONE, bytes, offset, 1 + length);
        at += length;
    }

    private void sysexEvent(int status) {
        int offset = at - 1;
        int length = eventLength(offset);
        boolean goesOn = openSysexOffset != NONE && status == Midi.ESCAPE
                && (length == 0 || bytes[at] >= 0 || (bytes[at] & 0xFF) == Midi.SYSEX_END);
        if (status == Midi.SYSEX) {
            finishSysex();
            openSysexOffset = offset;
        }
        if (status == Midi.SYSEX || goesOn) {
            checkSysexData(length);
            if (length > 0 && (bytes[at + length - 1] & 0xFF) == Midi.SYSEX_END) {
                openSysexOffset = NONE;
            }
        }
        track.addRaw(tick, status, NONE, bytes, at, length);
        at += length;
    }

    private void checkSysexData(int length) {
        for (int i = at; i < at + length - 1; i++) {
            if (bytes[i] < 0) {
                damage.add(i, Kind.DATA_BYTE, "data of a system exclusive message must be below 128, it is kept and"
                        + " not played: byte=" + (bytes[i] & 0xFF));
                return;
            }
        }
    }

    private void finishSysex() {
        if (openSysexOffset != NONE) {
            damage.add(openSysexOffset, Kind.SYSEX_UNFINISHED, "system exclusive message must end with 0xF7, it is kept"
                    + " and not played");
            openSysexOffset = NONE;
        }
    }

    private void metaEvent() {
        int offset = at - 1;
        if (at == limit) {
            damage.add(offset, Kind.TRUNCATED_EVENT, "meta event must have a type and a length");
            return;
        }
        int type = bytes[at++] & 0xFF;
        int length = eventLength(offset);
        if (type == Midi.META_END_OF_TRACK) {
            checkMetaLength(offset, type, length, 0);
            track.end(tick);
            endOffset = offset;
            hasEnd = true;
            running = 0;
            at += length;
            return;
        }
        if (type > 0x7F) {
            damage.add(offset + 1, Kind.DATA_BYTE, "type of a meta event must be below 128, it is kept: type=" + type);
        }
        checkMeta(offset, type, length);
        track.addRaw(tick, Midi.META, type, bytes, at, length);
        at += length;
    }

    private void checkMeta(int offset, int type, int length) {
        switch (type) {
            case Midi.META_SEQUENCE_NUMBER -> checkMetaLength(offset, type, length, length == 0 ? 0 : 2);
            case Midi.META_CHANNEL_PREFIX, Midi.META_PORT_PREFIX -> checkMetaLength(offset, type, length, 1);
            case Midi.META_KEY_SIGNATURE -> checkMetaLength(offset, type, length, 2);
            case Midi.META_SMPTE_OFFSET -> checkMetaLength(offset, type, length, 5);
            case Midi.META_TEMPO -> {
                checkMetaLength(offset, type, length, 3);
                if (length >= 3 && (bytes[at] | bytes[at + 1] | bytes[at + 2]) == 0) {
                    damage.add(offset, Kind.META_VALUE, "tempo must be above 0, it has no effect");
                }
            }
            case Midi.META_TIME_SIGNATURE -> {
                checkMetaLength(offset, type, length, 4);
                if (length >= 2 && (bytes[at] == 0 || bytes[at + 1] < 0 || bytes[at + 1] > MAX_DENOMINATOR_POWER)) {
                    damage.add(offset, Kind.META_VALUE, "time signature must have beats and a note value, it has no"
                            + " effect: beats=" + (bytes[at] & 0xFF) + ", power=" + (bytes[at + 1] & 0xFF));
                }
            }
            default -> {
                // any length will do
            }
        }
    }

    private void checkMetaLength(int offset, int type, int length, int expected) {
        if (length != expected) {
            damage.add(offset, Kind.META_LENGTH, "meta event must have " + expected + " bytes: type=0x"
                    + Integer.toHexString(type) + ", lengthBytes=" + length);
        }
    }

    /** The length of what follows, never more than is there. */
    private int eventLength(int eventOffset) {
        long length = varLength();
        if (length > limit - at) {
            damage.add(eventOffset, Kind.TRUNCATED_EVENT, "event must not be longer than its track, what is there is"
                    + " taken: lengthBytes=" + length + ", there=" + (limit - at));
        }
        return (int) Math.min(length, limit - at);
    }

    private long varLength() {
        int offset = at;
        long value = 0;
        while (at < limit) {
            int next = bytes[at++];
            value = Math.min(value << 7 | next & 0x7F, Long.MAX_VALUE >> 8);
            if (next >= 0) {
                break;
            }
        }
        if (at - offset > VAR_LENGTH_BYTES) {
            damage.add(offset, Kind.VAR_LENGTH, "number must have at most four bytes: lengthBytes=" + (at - offset)
                    + ", value=" + value);
        }
        return value;
    }
}
