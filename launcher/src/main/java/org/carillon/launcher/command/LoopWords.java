package org.carillon.launcher.command;

import org.carillon.launcher.sound.SongPlay;
import org.carillon.sequencer.BarPosition;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * What is played again and again.
 *
 * @param from first place, or null for the whole song.
 * @param to   the place after the last.
 */
record LoopWords(BarPosition from, BarPosition to) {
    private static final String ALL = "all";
    private static final String RANGE = "..";

    static LoopWords parse(String words, CommandLine command) {
        if (words.equals(ALL)) {
            return new LoopWords(null, null);
        }
        int range = words.indexOf(RANGE);
        if (range < 0) {
            throw new ParameterException(command, "--loop must be FROM..TO, such as 5:1..9:1, or all: loop=" + words);
        }
        return new LoopWords(PerformanceOptions.place(words.substring(0, range), "--loop", command),
                PerformanceOptions.place(words.substring(range + RANGE.length()), "--loop", command));
    }

    /** @throws ParameterException where there is nothing between the places. */
    void apply(SongPlay play, CommandLine command) {
        try {
            if (from == null) {
                play.loop();
            } else {
                play.loop(from, to);
            }
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command, "--loop: " + e.getMessage(), e);
        }
    }
}
