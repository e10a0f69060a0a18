package org.carillon.launcher.command;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.carillon.launcher.sound.Performance;
import org.carillon.sequencer.BarPosition;
import org.carillon.sequencer.Sequence;
import org.carillon.sequencer.TempoMap;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** How a song is played. */
public final class PerformanceOptions {
    private static final double US_PER_MINUTE = 60e6;

    @Option(names = "--tempo", paramLabel = "BPM|PERCENT", defaultValue = "100%",
            description = "Beats a minute at the song's beginning, such as 120, its changes in proportion; or 1%% to "
                    + "1000%% of its own tempo. Default: its own.")
    private String tempo;

    @Option(names = "--from", paramLabel = "BAR:BEAT", defaultValue = "1:1",
            description = "Where to begin; channels are set as if all before had been played. Default: "
                    + "${DEFAULT-VALUE}.")
    private String from;

    @Option(names = "--mute", paramLabel = "TRACK", split = ",",
            description = "Track that is not heard, from 1; may be "
                    + "given again.")
    private List<Integer> muted = List.of();

    /** Checks what was said against the song. */
    public Performance of(Sequence song, CommandLine command) {
        Set<Integer> tracks = muted.stream().map(track -> track - 1).collect(Collectors.toSet());
        Performance performance = new Performance(percent(song, command), place(from, "--from", command), tracks);
        if (!performance.fits(song)) {
            throw new ParameterException(command, "--mute must name tracks 1 to " + song.tracks().size() + ": mute="
                    + muted);
        }
        return performance;
    }

    private double percent(Sequence song, CommandLine command) {
        double percent;
        try {
            percent = tempo.endsWith("%")
                    ? Double.parseDouble(tempo.substring(0, tempo.length() - 1))
                    : 100 * Double.parseDouble(tempo) * TempoMap.of(song).tempoUs(0) / US_PER_MINUTE;
        } catch (NumberFormatException e) {
            percent = Double.NaN;
        }
        if (!(percent >= 1 && percent <= 1_000)) {
            throw new ParameterException(command, "--tempo must be beats a minute, or 1% to 1000%: tempo=" + tempo);
        }
        return percent;
    }

    static BarPosition place(String words, String option, CommandLine command) {
        try {
            return BarPosition.parse(words);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command, option + ": " + e.getMessage(), e);
        }
    }
}
