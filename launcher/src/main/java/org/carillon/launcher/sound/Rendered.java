package org.carillon.launcher.sound;

import java.nio.file.Path;
import org.carillon.sampler.SamplerStatistics;

/**
 * What a file of sound has in it.
 *
 * @param musicNs    length of the music.
 * @param frames     of the file, with what rings on after the music.
 * @param elapsedNs  that it took, a second pass included.
 * @param gainDb     that was applied.
 * @param isLowered  whether that is less than was wished, so that nothing clips.
 * @param meter      of the sound as it is in the file.
 * @param messages   that the sampler played.
 * @param isCut      whether voices sounded still when the time after the music was over.
 * @param statistics of the sampler.
 */
public record Rendered(Path file, int sampleRateHz, long musicNs, long frames, long elapsedNs, double gainDb,
        boolean isLowered, LevelMeter meter, long messages, boolean isCut, SamplerStatistics statistics) {
    private static final double NS_PER_S = 1e9;

    /** Length of the file. */
    public double seconds() {
        return (double) frames / sampleRateHz;
    }

    /** How many times faster than it sounds the file was made. */
    public double timesRealTime() {
        return seconds() / (elapsedNs / NS_PER_S);
    }
}
