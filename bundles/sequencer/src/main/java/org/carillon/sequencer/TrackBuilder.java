package org.carillon.sequencer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/** Collects the events of a {@link Track}, in any order. One thread. */
public final class TrackBuilder {
    private static final int FIRST_CAPACITY = 64;

    private long[] ticks = new long[FIRST_CAPACITY];
    private int[] offsets = new int[FIRST_CAPACITY + 1];
    private byte[] bytes = new byte[FIRST_CAPACITY * 3];
    private int size;
    private long endTick;
    private boolean inOrder = true;

    /** How many events there are so far. */
    public int size() {
        return size;
    }

    /** Bytes of all events so far. */
    public int lengthBytes() {
        return offsets[size];
    }

    /** Adds a channel message; a second data byte of one that has none is left out. */
    public TrackBuilder add(long tick, int status, int data1, int data2) {
        if (!Midi.isChannel(status) || (data1 | data2) < 0 || data1 > 0x7F || data2 > 0x7F) {
            throw new IllegalArgumentException("channel message must have a status and data bytes below 128: status="
                    + status + ", data1=" + data1 + ", data2=" + data2);
        }
        int length = 1 + Midi.dataLength(status);
        int at = reserve(tick, length);
        bytes[at] = (byte) status;
        bytes[at + 1] = (byte) data1;
        if (length > 2) {
            bytes[at + 2] = (byte) data2;
        }
        return this;
    }

    /**
     * Adds an event.
     *
     * @param event its bytes as {@link Track} describes them.
     */
    public TrackBuilder add(long tick, byte... event) {
        check(event);
        int at = reserve(tick, event.length);
        System.arraycopy(event, 0, bytes, at, event.length);
        return this;
    }

    /** Adds a meta event of any type but that of the end. */
    public TrackBuilder addMeta(long tick, int type, byte... data) {
        byte[] event = new byte[Midi.META_HEAD + data.length];
        event[0] = (byte) Midi.META;
        event[1] = (byte) type;
        System.arraycopy(data, 0, event, Midi.META_HEAD, data.length);
        return add(tick, event);
    }

    /** Adds a text of one of the types 1 to 15: 3 is the track's name, 5 a lyric, 6 a marker. */
    public TrackBuilder addText(long tick, int type, String text) {
        return addMeta(tick, type, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds a tempo. */
    public TrackBuilder addTempo(long tick, int microsecondsPerQuarter) {
        if (microsecondsPerQuarter < 1 || microsecondsPerQuarter > Midi.MAX_TEMPO_US) {
            throw new IllegalArgumentException("tempo must be 1 to " + Midi.MAX_TEMPO_US
                    + " microseconds: microsecondsPerQuarter=" + microsecondsPerQuarter);
        }
        return addMeta(tick, Midi.META_TEMPO, (byte) (microsecondsPerQuarter >> 16),
                (byte) (microsecondsPerQuarter >> 8), (byte) microsecondsPerQuarter);
    }

    /** Adds all events of a track, and its end. */
    public TrackBuilder addAll(Track track) {
        for (int i = 0; i < track.size(); i++) {
            int at = reserve(track.tick(i), track.lengthBytes(i));
            track.copy(i, 0, bytes, at, track.lengthBytes(i));
        }
        return end(track.endTick());
    }

    /** Adds bytes of a file, which its reader has checked: what stands before them and then a part of an array. */
    void addRaw(long tick, int first, int second, byte[] from, int index, int lengthBytes) {
        int head = second < 0 ? 1 : Midi.META_HEAD;
        int at = reserve(tick, head + lengthBytes);
        bytes[at] = (byte) first;
        if (second >= 0) {
            bytes[at + 1] = (byte) second;
        }
        System.arraycopy(from, index, bytes, at + head, lengthBytes);
    }

    /** Says where the track ends; before its last event means with it. */
    public TrackBuilder end(long tick) {
        endTick = Math.max(endTick, tick);
        return this;
    }

    public Track build() {
        if (inOrder) {
            return new Track(Arrays.copyOf(ticks, size), Arrays.copyOf(offsets, size + 1),
                    Arrays.copyOf(bytes, offsets[size]), endTick);
        }
        Integer[] order = new Integer[size];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingLong(i -> ticks[i]));
        TrackBuilder sorted = new TrackBuilder();
        for (int index : order) {
            int length = offsets[index + 1] - offsets[index];
            int at = sorted.reserve(ticks[index], length);
            System.arraycopy(bytes, offsets[index], sorted.bytes, at, length);
        }
        return sorted.end(endTick).build();
    }

    private static void check(byte[] event) {
        int status = event.length == 0 ? 0 : event[0] & 0xFF;
        boolean isEvent = switch (status) {
            case Midi.SYSEX, Midi.ESCAPE -> event.length - 1 <= Midi.MAX_VAR_LENGTH;
            case Midi.META -> event.length >= Midi.META_HEAD && event[1] != Midi.META_END_OF_TRACK
                    && event.length - Midi.META_HEAD <= Midi.MAX_VAR_LENGTH;
            default -> Midi.isChannel(status) && event.length == 1 + Midi.dataLength(status) && event[1] >= 0
                    && event[event.length - 1] >= 0;
        };
        if (!isEvent) {
            throw new IllegalArgumentException("event must be a channel message, 0xF0, 0xF7 or a meta event other than"
                    + " the end: status=" + status + ", lengthBytes=" + event.length);
        }
    }

    /** Makes room for an event at the end and says where its bytes go. */
    private int reserve(long tick, int lengthBytes) {
        if (tick < 0) {
            throw new IllegalArgumentException("tick must be 0 or more: tick=" + tick);
        }
        if (size == ticks.length) {
            ticks = Arrays.copyOf(ticks, size * 2);
            offsets = Arrays.copyOf(offsets, size * 2 + 1);
        }
        int at = offsets[size];
        int end = Math.addExact(at, lengthBytes);
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(end, (int) Math.min(bytes.length * 2L, Integer.MAX_VALUE - 8)));
        }
        inOrder &= size == 0 || tick >= ticks[size - 1];
        ticks[size++] = tick;
        offsets[size] = end;
        endTick = Math.max(endTick, tick);
        return at;
    }
}
