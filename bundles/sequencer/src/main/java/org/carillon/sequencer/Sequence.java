package org.carillon.sequencer;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Music as a Standard MIDI File holds it. Immutable; any thread.
 *
 * @param format      0: one track; 1: tracks that sound together; 2: tracks that are pieces of their own.
 * @param tracks      at most 65535, in format 0 one at most.
 * @param chunks      that are no tracks, in order.
 * @param headerExtra bytes behind the six that a header has; normally none.
 * @param riff        chunks around the music of a RIFF file ({@code .rmi}), or null for a plain file.
 */
public record Sequence(int format, Division division, List<Track> tracks, List<Chunk> chunks, byte[] headerExtra,
        List<Chunk> riff) {
    static final int MAX_TRACKS = 0xFFFF;
    private static final byte[] NOTHING = {};

    public Sequence {
        if (format < 0 || format > 2 || format == 0 && tracks.size() > 1 || tracks.size() > MAX_TRACKS) {
            throw new IllegalArgumentException("format must be 0 with one track, 1 or 2: format=" + format
                    + ", tracks=" + tracks.size());
        }
        tracks = List.copyOf(tracks);
        chunks = List.copyOf(chunks);
        riff = riff == null ? null : List.copyOf(riff);
    }

    /** A sequence of tracks and nothing else. */
    public Sequence(int format, Division division, List<Track> tracks) {
        this(format, division, tracks, List.of(), NOTHING, null);
    }

    /** Events of all tracks. */
    public int size() {
        return tracks.stream().mapToInt(Track::size).sum();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sequence sequence && format == sequence.format && division.equals(sequence.division)
                && tracks.equals(sequence.tracks) && chunks.equals(sequence.chunks)
                && Arrays.equals(headerExtra, sequence.headerExtra) && Objects.equals(riff, sequence.riff);
    }

    @Override
    public int hashCode() {
        return format * 31 + tracks.hashCode();
    }

    @Override
    public String toString() {
        return "sequence of format " + format + " with " + tracks.size() + " tracks";
    }
}
