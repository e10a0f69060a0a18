package org.carillon.launcher.demo;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.carillon.launcher.command.Decibels;

/**
 * What came of the demo.
 *
 * @param transpose semitones by which the filter moved it.
 * @param tally    of the piece of music.
 * @param busyNs   that the time thread worked during the piece.
 * @param released notes that ended because the connection did.
 * @param sounding notes that sound at the end of everything.
 */
record DemoReport(Score score, int transpose, Tally tally, long busyNs, int released, int sounding) {
    private static final int SCHEMA = 1;
    private static final double NS_PER_US = 1e3;
    private static final double NS_PER_S = 1e9;

    /** Nothing lost, nothing out of order, nothing left sounding. */
    boolean isGood() {
        return tally.lost() == 0 && tally.reordered() == 0 && tally.unexpected() == 0 && sounding == 0;
    }

    int sent() {
        return score.events().size();
    }

    int received() {
        return sent() - tally.lost();
    }

    long notes() {
        return score.events().stream().filter(event -> event.kind() == ScoreMessages.NOTE_ON).count();
    }

    double costPerEventUs() {
        return busyNs / NS_PER_US / sent();
    }

    /** None came: nothing to say, so all are 0. */
    Percentiles lateness() {
        return Percentiles.of(tally.latenessNs().length == 0 ? new long[1] : tally.latenessNs());
    }

    /** Nothing wrong, and it was to be heard, if it has notes. */
    boolean isGood(DemoSound sound) {
        return isGood() && (sound.isAudible() || notes() == 0);
    }

    JsonObject json(Path picture, DemoSound sound, Path waveform) {
        Percentiles lateness = lateness();
        return new JsonObject().add("schema", SCHEMA).add("events_sent", sent()).add("events_received", received())
                .add("events_lost", tally.lost()).add("events_reordered", tally.reordered())
                .add("events_unexpected", tally.unexpected()).add("notes_left_sounding", sounding)
                .add("notes_released", released).add("lateness_p50_us", tenths(lateness.p50Ns() / NS_PER_US))
                .add("lateness_p99_us", tenths(lateness.p99Ns() / NS_PER_US))
                .add("lateness_max_us", tenths(lateness.maxNs() / NS_PER_US))
                .add("cost_per_event_us", Math.round(costPerEventUs() * 100) / 100.0)
                .add("seconds", tenths(score.durationNs() / NS_PER_S)).add("notes", notes())
                .add("voices", score.voices().size()).add("tempo_changes", score.tempoChanges())
                .add("picture", picture.toString()).add("sound", sound.where())
                .add("wav", sound.wav() == null ? Json.NULL : Json.value(sound.wav().toString()))
                .add("waveform", waveform.toString()).add("peak_dbfs", Decibels.json(sound.meter().peakDbfs()))
                .add("rms_dbfs", Decibels.json(sound.meter().rmsDbfs()));
    }

    String text(Path picture, DemoSound sound, Path waveform) {
        Percentiles lateness = lateness();
        return String.join("\n", String.format(Locale.ROOT, """
                %s: %d voices, %d notes, %d tempo changes in %.0f seconds.
                A player sent it ahead of time%s into the port "%s";
                a listener compared what came out.
                """, score.name(), score.voices().size(), notes(), score.tempoChanges(),
                score.durationNs() / NS_PER_S,
                transpose == 0 ? "" : " through a filter (two semitones up)", Demo.LOOP),
                row("events sent", sent()), row("events received", received()), row("events lost", tally.lost()),
                row("events out of order", tally.reordered()), row("events doubled or changed", tally.unexpected()),
                row("notes released on disconnect", released), row("notes left sounding", sounding),
                row("lateness, half within", LatencyScale.text(lateness.p50Ns())),
                row("lateness, 99 of 100 within", LatencyScale.text(lateness.p99Ns())),
                row("server time per event", LatencyScale.text(costPerEventUs() * NS_PER_US)), "",
                "  sound: " + (sound.wav() == null ? sound.where() : sound.wav()) + ", " + sound.levels(),
                "", (isGood(sound) ? "All is well" : "Something went wrong") + "; the pictures: " + picture + " "
                        + waveform);
    }

    private static String row(String what, Object value) {
        return String.format(Locale.ROOT, "  %-30s %12s", what, value);
    }

    private static double tenths(double value) {
        return Math.round(value * 10) / 10.0;
    }

    String picture() {
        return HistogramPicture.svg("Lateness of " + score.name(), List.of(
                received() + " of " + sent() + " events arrived, " + tally.reordered() + " out of order; "
                        + String.format(Locale.ROOT, "%.2f µs of the time thread per event", costPerEventUs()),
                "Lateness is the time from an event's date to its arrival in the listening program: player, filter, "
                        + "loop and listener in one process"),
                tally.latenessNs().length == 0 ? new long[1] : tally.latenessNs());
    }
}
