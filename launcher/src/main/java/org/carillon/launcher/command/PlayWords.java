package org.carillon.launcher.command;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import java.nio.file.Path;
import java.util.Locale;
import org.carillon.launcher.sound.LiveSound;
import org.carillon.launcher.sound.SongPlay;
import org.carillon.sequencer.MidiFile;
import org.carillon.sequencer.PlayerProgress;

/** What {@code carillon play} says, while and after. */
final class PlayWords {
    private static final int SCHEMA = 1;
    private static final double NS_PER_S = 1e9;

    private PlayWords() {}

    /** @param sound null for none. */
    static String line(Path file, PlayerProgress progress, LiveSound sound) {
        return String.format(Locale.ROOT, "%s  %d:%d  %s of %s  %d%%%s", file.getFileName(), progress.place().bar(),
                progress.place().beat(), time(progress.positionNs()), time(progress.durationNs()),
                percent(progress), sound == null ? "" : "  " + sound.statistics().activeVoices() + " voices");
    }

    private static long percent(PlayerProgress progress) {
        return progress.durationNs() == 0 ? 100 : Math.round(100.0 * progress.positionNs() / progress.durationNs());
    }

    private static String time(long timeNs) {
        long seconds = Math.round(timeNs / NS_PER_S);
        return String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
    }

    static JsonObject json(MidiFile song, SongPlay play, LiveSound sound, String port) {
        PlayerProgress progress = play.progress();
        JsonObject json = new JsonObject().add("schema", SCHEMA).add("file", song.name())
                .add("to", port.isEmpty() ? Json.NULL : Json.value(port))
                .add("complete", play.isComplete()).add("messages_sent", progress.sent())
                .add("seconds", progress.positionNs() / NS_PER_S).add("loops", progress.loops())
                .add("retries", progress.retries()).add("slips", progress.slips()).add("skipped", progress.skipped())
                .add("damage", song.damage().size());
        if (sound != null) {
            json.add("sound", sound.outputName()).add("voices_peak", sound.statistics().peakVoices())
                    .add("voices_stolen", sound.statistics().stolenVoices())
                    .add("late_messages", sound.lateMessages()).add("xruns", sound.outputStatistics().xruns());
        }
        return json;
    }

    static String text(MidiFile song, SongPlay play, LiveSound sound, String port) {
        PlayerProgress progress = play.progress();
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%s: %s%s, %d messages%s", song.name(),
                play.isComplete() ? "played to its end, " : "ended at bar " + progress.place() + ", ",
                time(progress.positionNs()), progress.sent(), port.isEmpty() ? "" : " to " + port));
        if (sound != null) {
            text.append(String.format(Locale.ROOT, "%n  sound: %s; at most %d voices at once, %d cut short for others; "
                    + "%d interruptions", sound.outputName(), sound.statistics().peakVoices(),
                    sound.statistics().stolenVoices(), sound.outputStatistics().xruns()));
        }
        return text.toString();
    }
}
