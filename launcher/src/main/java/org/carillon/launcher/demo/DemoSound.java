package org.carillon.launcher.demo;

import java.nio.file.Path;
import org.carillon.launcher.command.Decibels;
import org.carillon.launcher.sound.LevelMeter;

/**
 * What was heard.
 *
 * @param where where the sound went, in a few words.
 * @param wav   the file that was made of it, or null where it was played.
 */
record DemoSound(String where, Path wav, LevelMeter meter, int sampleRateHz) {
    /** Softer than this nobody hears it. */
    private static final double SILENCE_DBFS = -60;

    boolean isAudible() {
        return meter.peakDbfs() > SILENCE_DBFS;
    }

    String picture(String name) {
        return WaveformPicture.svg("Sound of " + name, where, meter, (double) meter.frames() / sampleRateHz);
    }

    String levels() {
        return "peak " + Decibels.text(meter.peakDbfs()) + ", RMS " + Decibels.text(meter.rmsDbfs());
    }
}
