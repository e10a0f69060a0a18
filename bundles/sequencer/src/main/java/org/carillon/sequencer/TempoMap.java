package org.carillon.sequencer;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Ticks as time and back, exact to the rounding of one nanosecond wherever in the music: what has gone by is summed in
 * microseconds times ticks, never in rounded times. Times are nanoseconds from the start; beyond 292 years they stay
 * there. Immutable; any thread.
 */
public final class TempoMap {
    private final long numeratorNs;
    private final long denominator;
    /** Where each tempo starts, and how many units have gone by then. */
    private final long[] ticks;
    private final long[] units;
    /** Units of a tick. */
    private final int[] tempos;
    private final boolean hasTempo;

    private TempoMap(Division division, List<Track> tracks) {
        numeratorNs = division.unitNumeratorNs();
        denominator = division.unitDenominator();
        hasTempo = !division.isSmpte();
        long[][] changes = hasTempo ? changes(tracks) : new long[0][];
        long[] tickAt = new long[changes.length + 1];
        int[] tempoAt = new int[changes.length + 1];
        tempoAt[0] = hasTempo ? Midi.DEFAULT_TEMPO_US : 1;
        int last = 0;
        for (long[] change : changes) {
            if (change[0] > tickAt[last]) {
                last++;
            }
            tickAt[last] = change[0];
            tempoAt[last] = (int) change[1];
        }
        ticks = Arrays.copyOf(tickAt, last + 1);
        tempos = Arrays.copyOf(tempoAt, last + 1);
        units = new long[last + 1];
        for (int i = 1; i <= last; i++) {
            units[i] = Saturated.add(units[i - 1], Saturated.multiply(ticks[i] - ticks[i - 1], tempos[i - 1]));
        }
    }

    /** The tempos of all tracks of a sequence together; of format 2 those of the first track. */
    public static TempoMap of(Sequence sequence) {
        return new TempoMap(sequence.division(), sequence.format() == 2
                ? sequence.tracks().subList(0, Math.min(1, sequence.tracks().size()))
                : sequence.tracks());
    }

    /** The tempos of one track that is a piece of its own. */
    public static TempoMap of(Division division, Track track) {
        return new TempoMap(division, List.of(track));
    }

    private static long[][] changes(List<Track> tracks) {
        return tracks.stream().flatMap(track -> IntStream.range(0, track.size())
                .filter(i -> track.isMeta(i, Midi.META_TEMPO) && track.lengthBytes(i) >= Midi.META_HEAD + 3)
                .mapToObj(i -> new long[]{track.tick(i), tempo(track, i)})).filter(change -> change[1] > 0)
                .sorted((a, b) -> Long.compare(a[0], b[0])).toArray(long[][]::new);
    }

    private static long tempo(Track track, int index) {
        return track.byteAt(index, 2) << 16 | track.byteAt(index, 3) << 8 | track.byteAt(index, 4);
    }

    /** The time of a tick, rounded down. */
    public long timeNs(long tick) {
        int at = lastNotAfter(ticks, tick);
        long unit = Saturated.add(units[at], Saturated.multiply(tick - ticks[at], tempos[at]));
        return Saturated.scale(unit, numeratorNs, denominator);
    }

    /** The last tick whose time is not after this one. */
    public long tickAt(long timeNs) {
        long unit = lastUnitAt(timeNs);
        int at = lastNotAfter(units, unit);
        return ticks[at] + (unit - units[at]) / tempos[at];
    }

    /** The largest number of units whose time, rounded down, is not after this one. */
    private long lastUnitAt(long anyTimeNs) {
        long timeNs = Math.min(anyTimeNs, Long.MAX_VALUE - 1);
        long guess = Saturated.add(Saturated.multiply(timeNs / numeratorNs, denominator),
                (timeNs % numeratorNs * denominator + denominator - 1) / numeratorNs);
        while (guess < Long.MAX_VALUE && Saturated.scale(guess + 1, numeratorNs, denominator) <= timeNs) {
            guess++;
        }
        while (Saturated.scale(guess, numeratorNs, denominator) > timeNs) {
            guess--;
        }
        return guess;
    }

    /** Microseconds of a quarter note at a tick; half a second where ticks are parts of frames. */
    public int tempoUs(long tick) {
        return hasTempo ? tempos[lastNotAfter(ticks, tick)] : Midi.DEFAULT_TEMPO_US;
    }

    /** The slowest tempo, beats of a quarter note per minute. */
    public double slowestBpm() {
        return bpm(Arrays.stream(tempos).max().getAsInt());
    }

    /** The fastest tempo. */
    public double fastestBpm() {
        return bpm(Arrays.stream(tempos).min().getAsInt());
    }

    /** How often the tempo changes after the start. */
    public int changes() {
        return ticks.length - 1;
    }

    private double bpm(int tempoUs) {
        return hasTempo ? 60e6 / tempoUs : 60e6 / Midi.DEFAULT_TEMPO_US;
    }

    /** Index of the last entry that is not after a value; the first is 0. */
    static int lastNotAfter(long[] sorted, long value) {
        int low = 0;
        int high = sorted.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (sorted[middle] <= value) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
