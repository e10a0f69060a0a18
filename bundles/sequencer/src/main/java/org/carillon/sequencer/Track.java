package org.carillon.sequencer;

import java.util.Arrays;

/**
 * Events in order of their ticks; those of one tick in the order in which they were added. Immutable, made by a
 * {@link TrackBuilder}. The bytes of an event are
 * <ul>
 * <li>a channel message: status and one or two data bytes;
 * <li>a system exclusive message: 0xF0 and what follows; where it does not end with 0xF7, packets follow;
 * <li>a packet: 0xF7 and bytes which go on with an unfinished system exclusive message or, where there is none, are
 * sent as they are (the only way in which a file can hold a system common or real-time message);
 * <li>a meta event: 0xFF, type, data.
 * </ul>
 * Lengths as files write them are left out, and the end of the track is no event but {@link #endTick}.
 */
public final class Track {
    private final long[] ticks;
    /** Where each event starts in the bytes, and one more for the end of the last. */
    private final int[] offsets;
    private final byte[] bytes;
    private final long endTick;

    Track(long[] ticks, int[] offsets, byte[] bytes, long endTick) {
        this.ticks = ticks;
        this.offsets = offsets;
        this.bytes = bytes;
        this.endTick = endTick;
    }

    /** How many events there are. */
    public int size() {
        return ticks.length;
    }

    /** Where the track ends: not before its last event. */
    public long endTick() {
        return endTick;
    }

    public long tick(int index) {
        return ticks[index];
    }

    /** The first byte of an event: a channel status, 0xF0, 0xF7 or 0xFF. */
    public int status(int index) {
        return bytes[offsets[index]] & 0xFF;
    }

    /** Bytes of an event. */
    public int lengthBytes(int index) {
        return offsets[index + 1] - offsets[index];
    }

    /** One byte of an event, its status at 0. */
    public int byteAt(int index, int at) {
        return bytes[offsets[index] + at] & 0xFF;
    }

    /** Copies bytes of an event out. */
    public void copy(int index, int from, byte[] target, int targetIndex, int lengthBytes) {
        System.arraycopy(bytes, offsets[index] + from, target, targetIndex, lengthBytes);
    }

    /** A copy of an event. */
    public TrackEvent event(int index) {
        return new TrackEvent(ticks[index], Arrays.copyOfRange(bytes, offsets[index], offsets[index + 1]));
    }

    /** Whether an event is a meta event of this type. */
    public boolean isMeta(int index, int type) {
        return status(index) == Midi.META && byteAt(index, 1) == type;
    }

    /** Whether an event is a note-on that starts a note. */
    public boolean isNoteOn(int index) {
        return (status(index) & 0xF0) == Midi.NOTE_ON && byteAt(index, 2) > 0;
    }

    /** The track's name, empty where it has none. */
    public String name() {
        return text(Midi.META_TRACK_NAME);
    }

    /** The name of the device or cable that the track is for, empty where it has none. */
    public String deviceName() {
        return text(Midi.META_DEVICE_NAME);
    }

    /** The port that the track is for by its first port prefix, 0 to 255, or -1 where it has none. */
    public int portPrefix() {
        int index = firstMeta(Midi.META_PORT_PREFIX);
        return index < 0 || lengthBytes(index) == Midi.META_HEAD ? -1 : byteAt(index, Midi.META_HEAD);
    }

    private String text(int type) {
        int index = firstMeta(type);
        return index < 0
                ? ""
                : Midi.text(bytes, offsets[index] + Midi.META_HEAD, lengthBytes(index) - Midi.META_HEAD);
    }

    private int firstMeta(int type) {
        for (int i = 0; i < ticks.length; i++) {
            if (isMeta(i, type)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Track track && endTick == track.endTick && Arrays.equals(ticks, track.ticks)
                && Arrays.equals(offsets, track.offsets) && Arrays.equals(bytes, track.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(ticks) * 31 + Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "track " + name() + " of " + size() + " events";
    }
}
