package org.carillon.launcher.command;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.carillon.sequencer.BarMap;
import org.carillon.sequencer.Damage;
import org.carillon.sequencer.MidiFile;
import org.carillon.sequencer.Sequence;
import org.carillon.sequencer.SequenceSummary;
import org.carillon.sequencer.SequenceSummary.TrackSummary;
import org.carillon.sequencer.Track;

/** What a MIDI file has in it, for people and as JSON. */
final class MidiInfo implements FileInfo {
    private static final int META_TIME_SIGNATURE = 0x58;
    private static final double NS_PER_S = 1e9;
    private static final int SHOWN = 20;

    private final MidiFile file;
    private final long lengthBytes;
    private final SequenceSummary summary;
    private final List<Signature> signatures;

    /** @param bar where it begins, from 1. */
    private record Signature(String bar, String words) {}

    MidiInfo(MidiFile file, long lengthBytes) {
        this.file = file;
        this.lengthBytes = lengthBytes;
        summary = SequenceSummary.of(file.sequence());
        signatures = signatures(file.sequence());
    }

    private static List<Signature> signatures(Sequence sequence) {
        BarMap bars = BarMap.of(sequence);
        Map<Long, Signature> byTick = new TreeMap<>();
        byTick.put(0L, new Signature("1:1", bars.signature(0)));
        List<Track> tracks = sequence.format() == 2
                ? sequence.tracks().subList(0, Math.min(1, sequence.tracks().size()))
                : sequence.tracks();
        for (Track track : tracks) {
            for (int i = 0; i < track.size(); i++) {
                if (track.isMeta(i, META_TIME_SIGNATURE)) {
                    long tick = track.tick(i);
                    byTick.put(tick, new Signature(bars.position(tick).toString(), bars.signature(tick)));
                }
            }
        }
        return List.copyOf(byTick.values());
    }

    @Override
    public int findings() {
        return file.damage().size();
    }

    @Override
    public JsonObject json() {
        JsonArray tracks = new JsonArray();
        summary.tracks().forEach(track -> tracks.add(json(track)));
        JsonArray times = new JsonArray();
        signatures.forEach(time -> times.add(new JsonObject().add("at", time.bar).add("signature", time.words)));
        JsonArray damage = new JsonArray();
        file.damage().forEach(each -> damage.add(new JsonObject().add("offset", each.offset())
                .add("kind", kind(each)).add("message", each.message())));
        return new JsonObject().add("schema", SCHEMA).add("kind", "midi").add("file", file.name())
                .add("bytes", lengthBytes).add("format", summary.format()).add("division", summary.division())
                .add("seconds", seconds()).add("end", summary.end()).add("events", summary.events())
                .add("notes", summary.notes()).add("channels", numbers(summary.channels()))
                .add("programs", numbers(summary.programs())).add("slowest_bpm", thousandths(summary.slowestBpm()))
                .add("fastest_bpm", thousandths(summary.fastestBpm())).add("tempo_changes", summary.tempoChanges())
                .add("time_signatures", times).add("tracks", tracks).add("damage", damage);
    }

    private static JsonObject json(TrackSummary track) {
        return new JsonObject().add("number", track.number()).add("name", track.name()).add("device", track.device())
                .add("port", track.port()).add("events", track.events()).add("notes", track.notes())
                .add("sysex", track.sysex()).add("channels", numbers(track.channels()))
                .add("programs", numbers(track.programs())).add("end_tick", track.endTick());
    }

    private static JsonArray numbers(Collection<Integer> numbers) {
        JsonArray array = Json.array().asArray();
        numbers.forEach(array::add);
        return array;
    }

    private static String kind(Damage damage) {
        return damage.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private double seconds() {
        return thousandths(summary.durationNs() / NS_PER_S);
    }

    private static double thousandths(double value) {
        return Math.round(value * 1_000) / 1_000.0;
    }

    @Override
    public String text() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "%s: MIDI file of format %d, %s, %d tracks, %.1f seconds, to bar %s",
                file.name(), summary.format(), summary.division(), summary.tracks().size(), seconds(), summary.end()));
        lines.add(String.format(Locale.ROOT, "  %d events, %d notes, channels %s, programs %s", summary.events(),
                summary.notes(), words(summary.channels(), 0), words(summary.programs(), 1)));
        lines.add(String.format(Locale.ROOT, "  tempo %s, changes %d; time %s", tempo(), summary.tempoChanges(),
                signatures.stream().limit(SHOWN).map(time -> time.words + " from " + time.bar)
                        .collect(Collectors.joining(", "))));
        summary.tracks().forEach(track -> lines.add(line(track)));
        lines.add(file.damage().isEmpty() ? "no damage" : "damage, " + file.damage().size() + " findings:");
        file.damage().forEach(each -> lines.add(String.format(Locale.ROOT, "  %s: %s", kind(each),
                each.message())));
        return String.join("\n", lines);
    }

    private String tempo() {
        return summary.slowestBpm() == summary.fastestBpm()
                ? String.format(Locale.ROOT, "%.1f", summary.slowestBpm())
                : String.format(Locale.ROOT, "%.1f to %.1f", summary.slowestBpm(), summary.fastestBpm());
    }

    private static String line(TrackSummary track) {
        String name = track.name().isEmpty() ? "" : ", \"" + track.name() + "\"";
        String port = track.port() < 0 ? "" : ", port " + track.port();
        String sysex = track.sysex() == 0 ? "" : ", " + track.sysex() + " system exclusive";
        return String.format(Locale.ROOT, "  track %d%s: %d events, %d notes%s, channels %s, programs %s%s",
                track.number(), name, track.events(), track.notes(), sysex, words(track.channels(), 0),
                words(track.programs(), 1), port);
    }

    /** @param offset people count programs from 1. */
    private static String words(Collection<Integer> numbers, int offset) {
        return numbers.isEmpty()
                ? "-"
                : numbers.stream().map(number -> Integer.toString(number + offset)).collect(Collectors.joining(" "));
    }
}
