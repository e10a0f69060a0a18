package org.carillon.launcher.sound;

import java.util.Set;
import org.carillon.sequencer.BarPosition;
import org.carillon.sequencer.Part;
import org.carillon.sequencer.Player;
import org.carillon.sequencer.Sequence;

/**
 * How a song is to be played.
 *
 * @param tempoPercent of its own tempo, 1 to 1000.
 * @param from         where it starts.
 * @param muted        tracks that are not heard, from 0.
 */
public record Performance(double tempoPercent, BarPosition from, Set<Integer> muted) {
    /** From its beginning, all of it, at its own tempo. */
    public static final Performance PLAIN = new Performance(100, new BarPosition(1, 1, 0), Set.of());

    /** Keeps its own set. */
    public Performance {
        muted = Set.copyOf(muted);
    }

    /** Tells a player, which starts nothing yet. */
    public void prepare(Player player, Part part) {
        player.tempo(tempoPercent);
        muted.forEach(track -> part.mute(track, true));
        player.locate(part.timeNs(from));
    }

    /** How long it takes, nanoseconds. */
    public long durationNs(Part part) {
        return Math.max(0, Math.round((part.durationNs() - part.timeNs(from)) * 100 / tempoPercent));
    }

    /** Whether a sequence has all the tracks that are named. */
    public boolean fits(Sequence sequence) {
        return muted.stream().allMatch(track -> track >= 0 && track < sequence.tracks().size());
    }
}
