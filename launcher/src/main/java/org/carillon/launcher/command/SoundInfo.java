package org.carillon.launcher.command;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.carillon.sampler.format.Notice;
import org.carillon.sampler.instrument.Instrument;
import org.carillon.sampler.instrument.Program;
import org.carillon.sampler.instrument.Region;
import org.carillon.sampler.instrument.Sample;

/** What an instrument has in it, for people and as JSON. */
final class SoundInfo implements FileInfo {
    private static final int SHOWN = 30;
    private static final double MIB = 1024 * 1024;

    private final String name;
    private final long lengthBytes;
    private final Instrument instrument;
    private final List<Notice> notices;
    private final Set<Sample> samples;

    SoundInfo(String name, long lengthBytes, Instrument instrument, List<Notice> notices) {
        this.name = name;
        this.lengthBytes = lengthBytes;
        this.instrument = instrument;
        this.notices = notices;
        // a sample is the same one only if it is the same object: comparing their contents would take long
        samples = instrument.programs().stream().map(Program::regions).flatMap(Collection::stream).map(Region::with)
                .map(region -> region.sample).collect(Collectors.toCollection(
                        () -> java.util.Collections.newSetFromMap(new java.util.IdentityHashMap<>())));
    }

    @Override
    public int findings() {
        return notices.size();
    }

    private int regions() {
        return instrument.programs().stream().mapToInt(program -> program.regions().size()).sum();
    }

    private long memoryBytes() {
        return samples.stream().mapToLong(sample -> (long) sample.frames() * sample.channels().length * Float.BYTES)
                .sum();
    }

    @Override
    public JsonObject json() {
        JsonArray programs = new JsonArray();
        instrument.programs().forEach(program -> programs.add(new JsonObject().add("bank", program.bank())
                .add("number", program.number()).add("name", program.name())
                .add("regions", program.regions().size())));
        return new JsonObject().add("schema", SCHEMA).add("kind", "instrument").add("file", name)
                .add("bytes", lengthBytes).add("name", instrument.name()).add("regions", regions())
                .add("samples", samples.size()).add("memory_bytes", memoryBytes()).add("programs", programs)
                .add("notices", json(notices));
    }

    static JsonArray json(List<Notice> notices) {
        JsonArray array = new JsonArray();
        notices.forEach(notice -> array.add(new JsonObject().add("kind", kind(notice))
                .add("file", notice.place().file()).add("line", notice.place().line())
                .add("offset", notice.place().offset()).add("text", notice.text())));
        return array;
    }

    private static String kind(Notice notice) {
        return notice.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public String text() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "%s: instrument \"%s\", %d programs, %d regions, %d samples, %.1f MiB in "
                + "memory", name, instrument.name(), instrument.programs().size(), regions(), samples.size(),
                memoryBytes() / MIB));
        instrument.programs().forEach(program -> lines.add(String.format(Locale.ROOT,
                "  bank %d, program %d: %s, %d regions", program.bank(), program.number() + 1, program.name(),
                program.regions().size())));
        lines.addAll(lines(notices));
        return String.join("\n", lines);
    }

    static List<String> lines(List<Notice> notices) {
        List<String> lines = new ArrayList<>();
        lines.add(notices.isEmpty() ? "no notices" : notices.size() + " notices:");
        notices.stream().limit(SHOWN).forEach(notice -> lines.add("  " + kind(notice) + ", " + notice));
        if (notices.size() > SHOWN) {
            lines.add("  and " + (notices.size() - SHOWN) + " more; --json tells all");
        }
        return lines;
    }
}
