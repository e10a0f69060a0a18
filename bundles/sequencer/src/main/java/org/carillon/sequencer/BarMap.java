package org.carillon.sequencer;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Ticks as bars and beats and back. A time signature starts a new bar where it stands; before the first one, bars have
 * four quarter notes. Where ticks are parts of frames, half a second counts as a quarter note. Immutable; any thread.
 */
public final class BarMap {
    private static final int MAX_DENOMINATOR_POWER = 7;
    /** More than any file can hold; what is later counts as this. */
    private static final long MAX_TICK = 1L << 54;

    /** @param bar that starts here, from 0. */
    private record Signature(long tick, int beats, int power, long bar) {}

    private final long quarterNumerator;
    private final long quarterDenominator;
    private final Signature[] signatures;
    private final long[] ticks;

    private BarMap(Division division, List<Track> tracks) {
        quarterNumerator = division.quarterNumerator();
        quarterDenominator = division.quarterDenominator();
        List<Signature> found = tracks.stream().flatMap(BarMap::signatures)
                .sorted((a, b) -> Long.compare(a.tick, b.tick)).toList();
        Signature[] all = new Signature[found.size() + 1];
        all[0] = new Signature(0, 4, 2, 0);
        int last = 0;
        for (Signature next : found) {
            long bar = next.tick == all[last].tick ? all[last].bar : barsUntil(all[last], next.tick);
            last += next.tick == all[last].tick ? 0 : 1;
            all[last] = new Signature(next.tick, next.beats, next.power, bar);
        }
        signatures = Arrays.copyOf(all, last + 1);
        ticks = Arrays.stream(signatures).mapToLong(Signature::tick).toArray();
    }

    /** The time signatures of all tracks of a sequence together; of format 2 those of the first track. */
    public static BarMap of(Sequence sequence) {
        return new BarMap(sequence.division(), sequence.format() == 2
                ? sequence.tracks().subList(0, Math.min(1, sequence.tracks().size()))
                : sequence.tracks());
    }

    /** The time signatures of one track that is a piece of its own. */
    public static BarMap of(Division division, Track track) {
        return new BarMap(division, List.of(track));
    }

    private static Stream<Signature> signatures(Track track) {
        return IntStream.range(0, track.size())
                .filter(i -> track.isMeta(i, Midi.META_TIME_SIGNATURE) && track.lengthBytes(i) >= Midi.META_HEAD + 2)
                .filter(i -> track.byteAt(i, 2) > 0 && track.byteAt(i, 3) <= MAX_DENOMINATOR_POWER)
                .mapToObj(i -> new Signature(track.tick(i), track.byteAt(i, 2), track.byteAt(i, 3), 0));
    }

    /** The bar that a new signature starts: the next one where the last has begun. */
    private long barsUntil(Signature from, long tick) {
        long beats = beats(from, tick);
        boolean onBeat = tickOfBeat(from, beats) == tick;
        return from.bar + beats / from.beats + (beats % from.beats == 0 && onBeat ? 0 : 1);
    }

    /** Whole beats between a signature and a tick. */
    private long beats(Signature from, long tick) {
        return Saturated.scale(tick - from.tick, quarterDenominator << from.power, 4 * quarterNumerator);
    }

    /** The first tick that is not before a beat. */
    private long tickOfBeat(Signature from, long beat) {
        long numerator = 4 * quarterNumerator;
        long denominator = quarterDenominator << from.power;
        return Saturated.add(from.tick,
                Saturated.add(Saturated.multiply(beat / denominator, numerator),
                        (beat % denominator * numerator + denominator - 1) / denominator));
    }

    /** The place of a tick. */
    public BarPosition position(long anyTick) {
        long tick = Math.min(anyTick, MAX_TICK);
        Signature from = signatures[TempoMap.lastNotAfter(ticks, tick)];
        long beats = beats(from, tick);
        return new BarPosition(from.bar + beats / from.beats + 1, (int) (beats % from.beats) + 1,
                Math.max(0, tick - tickOfBeat(from, beats)));
    }

    /** The tick of a place; beats that the bar does not have go on into the next one. */
    public long tick(BarPosition position) {
        int at = signatures.length - 1;
        while (at > 0 && signatures[at].bar > position.bar() - 1) {
            at--;
        }
        Signature from = signatures[at];
        long beat = Saturated.add(Saturated.multiply(position.bar() - 1 - from.bar, from.beats), position.beat() - 1L);
        return Saturated.add(tickOfBeat(from, beat), position.tick());
    }

    /** The time signature at a tick, such as {@code 3/4}. */
    public String signature(long tick) {
        Signature at = signatures[TempoMap.lastNotAfter(ticks, tick)];
        return at.beats + "/" + (1 << at.power);
    }
}
