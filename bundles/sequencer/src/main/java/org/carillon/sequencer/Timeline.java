package org.carillon.sequencer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;

/**
 * What of a sequence can be sent, in order of time: channel messages, system exclusive messages put together from their
 * pieces, and what escapes hold. Immutable.
 */
final class Timeline {
    /** A stretch of the music with its own tempo: all of it, or one track of format 2. */
    private record Section(long startNs, TempoMap tempos, BarMap bars) {}

    private static final int FIRST_CAPACITY = 256;
    private static final int[] NO_TRACKS = {};

    private final List<Section> sections = new ArrayList<>();
    private final List<byte[]> longMessages = new ArrayList<>();
    private final long durationNs;
    private long[] timesNs = new long[FIRST_CAPACITY];
    /** Status and data bytes of a short message, or the one's complement of an index of a long one. */
    private int[] messages = new int[FIRST_CAPACITY];
    private int[] tracks = new int[FIRST_CAPACITY];
    private int size;
    private int skipped;

    private Timeline(Sequence sequence, int chosenTrack) {
        if (sequence.format() != 2) {
            durationNs = section(sequence, 0, TempoMap.of(sequence), BarMap.of(sequence), NO_TRACKS);
        } else {
            long endNs = 0;
            for (int i = 0; i < sequence.tracks().size(); i++) {
                if (chosenTrack < 0 || chosenTrack == i) {
                    Track track = sequence.tracks().get(i);
                    endNs = section(sequence, endNs, TempoMap.of(sequence.division(), track),
                            BarMap.of(sequence.division(), track), new int[]{i});
                }
            }
            durationNs = endNs;
        }
        timesNs = Arrays.copyOf(timesNs, size);
        messages = Arrays.copyOf(messages, size);
        tracks = Arrays.copyOf(tracks, size);
    }

    static Timeline of(Sequence sequence) {
        return new Timeline(sequence, -1);
    }

    /** @param chosenTrack from 0; of format 2 only this one is in it. */
    static Timeline of(Sequence sequence, int chosenTrack) {
        return new Timeline(sequence, chosenTrack);
    }

    /** Adds tracks that sound together, all of them where none are named; says when they end. */
    private long section(Sequence sequence, long startNs, TempoMap tempos, BarMap bars, int[] only) {
        sections.add(new Section(startNs, tempos, bars));
        PriorityQueue<TrackCursor> next = new PriorityQueue<>();
        long endTick = 0;
        for (int i = 0; i < sequence.tracks().size(); i++) {
            if (only.length == 0 || only[0] == i) {
                Track track = sequence.tracks().get(i);
                endTick = Math.max(endTick, track.endTick());
                TrackCursor cursor = new TrackCursor(i, track);
                if (cursor.advance()) {
                    next.add(cursor);
                }
                skipped += cursor.takeSkipped();
            }
        }
        while (!next.isEmpty()) {
            TrackCursor cursor = next.poll();
            add(Saturated.add(startNs, tempos.timeNs(cursor.tick())), cursor);
            if (cursor.advance()) {
                next.add(cursor);
            }
            skipped += cursor.takeSkipped();
        }
        return Saturated.add(startNs, tempos.timeNs(endTick));
    }

    private void add(long timeNs, TrackCursor cursor) {
        if (size == messages.length) {
            timesNs = Arrays.copyOf(timesNs, size * 2);
            messages = Arrays.copyOf(messages, size * 2);
            tracks = Arrays.copyOf(tracks, size * 2);
        }
        timesNs[size] = timeNs;
        tracks[size] = cursor.number();
        if (cursor.longMessage() == null) {
            messages[size] = cursor.shortMessage();
        } else {
            messages[size] = ~longMessages.size();
            longMessages.add(cursor.longMessage());
        }
        size++;
    }

    int size() {
        return size;
    }

    /** Events that hold nothing which can be sent: unfinished messages and bytes that are no message. */
    int skipped() {
        return skipped;
    }

    long durationNs() {
        return durationNs;
    }

    long timeNs(int index) {
        return timesNs[index];
    }

    int track(int index) {
        return tracks[index];
    }

    /** Status, first data byte and second one from the lowest byte on; below 0 for a long message. */
    int shortMessage(int index) {
        return messages[index];
    }

    byte[] longMessage(int index) {
        return longMessages.get(~messages[index]);
    }

    /** Index of the first event that is not before a time. */
    int firstAt(long timeNs) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (timesNs[middle] < timeNs) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    BarPosition place(long timeNs) {
        Section section = sections.isEmpty() ? null : sections.getFirst();
        for (Section other : sections) {
            section = other.startNs <= timeNs ? other : section;
        }
        return section == null
                ? new BarPosition(1, 1, 0)
                : section.bars.position(section.tempos.tickAt(timeNs - section.startNs));
    }

    /** The time of a place, in the first of tracks that follow each other. */
    long timeNs(BarPosition place) {
        return sections.isEmpty()
                ? 0
                : sections.getFirst().tempos.timeNs(sections.getFirst().bars.tick(place));
    }
}
