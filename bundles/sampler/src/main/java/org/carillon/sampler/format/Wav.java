package org.carillon.sampler.format;

import java.util.List;
import java.util.Optional;
import org.carillon.sampler.instrument.LoopMode;
import org.carillon.sampler.instrument.Region;
import org.carillon.sampler.instrument.Sample;

/**
 * What a WAV file holds.
 *
 * @param root  pitch of the sample, out of chunk {@code smpl}, else {@code inst}.
 * @param loops of chunk {@code smpl}, those that lie in the sample.
 * @param zone  of chunk {@code inst}.
 */
public record Wav(Sample sample, Optional<Root> root, List<Loop> loops, Optional<Zone> zone, List<Notice> notices) {
    /** Keeps its own lists. */
    public Wav {
        loops = List.copyOf(loops);
        notices = List.copyOf(notices);
    }

    /**
     * The pitch that the sample has at its own rate.
     *
     * @param cents above the key; below it where negative.
     */
    public record Root(int key, double cents) {}

    /**
     * A stretch that repeats.
     *
     * @param endFrame the frame after the last; in the file it is the last.
     */
    public record Loop(int startFrame, int endFrame) {}

    /** Where the file wants to be played, both ends inclusive. */
    public record Zone(int loKey, int hiKey, int loVelocity, int hiVelocity, double gainDb) {}

    /** A region over all keys, with the pitch, first loop and gain of the file. */
    public Region.Builder region() {
        Region.Builder region = Region.of(sample);
        root.ifPresent(pitch -> {
            region.rootKey = pitch.key();
            region.tuneCents = -pitch.cents();
        });
        zone.ifPresent(where -> region.volumeDb = where.gainDb());
        if (!loops.isEmpty()) {
            region.loopMode = LoopMode.CONTINUOUS;
            region.loopStartFrame = loops.getFirst().startFrame();
            region.loopEndFrame = loops.getFirst().endFrame();
        }
        return region;
    }
}
