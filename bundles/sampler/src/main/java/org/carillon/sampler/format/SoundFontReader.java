package org.carillon.sampler.format;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.carillon.sampler.instrument.Instrument;
import org.carillon.sampler.instrument.Program;
import org.carillon.sampler.instrument.Region;

/**
 * Reads sound fonts (SoundFont Technical Specification 2.04): zones and generators of presets and instruments, 16 and
 * 24-bit samples. Every index and length is checked before it is used. The file itself is never in memory as a whole,
 * only its tables and the samples of the programs that are loaded. Not for the audio thread.
 */
public final class SoundFontReader {
    private static final int MAX_REGIONS = 1 << 18;
    /** Pairs of zones that are looked at; a few bytes could ask for billions. */
    private static final int MAX_PAIRS = 1 << 22;
    private static final int MAX_PROGRAM = 127;
    private static final int MAX_BANK = 16_383;
    private static final int MAX_NAME = 256;

    private final RiffFile file;
    private final SoundFontNotices notices;
    private final Map<String, RiffFile.Chunk> chunks = new HashMap<>();
    private final Map<Integer, List<SoundFontZone>> instruments = new HashMap<>();
    private final SoundFontTables tables;
    private int regionCount;
    private int pairs;

    private SoundFontReader(RiffFile file) throws IOException {
        this.file = file;
        notices = new SoundFontNotices(file);
        findChunks();
        tables = new SoundFontTables(file, needed("pdta"));
    }

    /**
     * Names of the programs in a file, in the order of bank and number. Their regions are left empty, and no sample is
     * read.
     *
     * @throws FormatException where the file is no sound font.
     * @throws IOException     where the file system fails.
     */
    public static List<Program> programs(Path file) throws IOException {
        try (RiffFile riff = RiffFile.open(file)) {
            SoundFontReader reader = new SoundFontReader(riff);
            return reader.presets().stream().map(preset -> reader.program(preset, List.of())).toList();
        }
    }

    /**
     * Reads programs.
     *
     * @param programs by {@link InstrumentLoader#program}; empty for all.
     * @throws FormatException where the file is no sound font or no program of it can play.
     * @throws IOException     where the file system fails.
     */
    public static Loaded read(Path file, Set<Integer> programs) throws IOException {
        try (RiffFile riff = RiffFile.open(file)) {
            return new SoundFontReader(riff).read(programs);
        }
    }

    private Loaded read(Set<Integer> wanted) throws IOException {
        SoundFontSamples samples = new SoundFontSamples(tables, needed("smpl"), chunks.get("sm24"), notices);
        if (tables.modulators > 0) {
            notices.add(Notice.Kind.NOT_HONOURED, needed("pdta").start(),
                    "modulators are not honoured: modulators=" + tables.modulators);
        }
        Set<Integer> missing = new HashSet<>(wanted);
        List<Program> programs = new ArrayList<>();
        for (int preset : presets()) {
            int number = InstrumentLoader.program(tables.presetBank(preset), tables.presetNumber(preset));
            missing.remove(number);
            if (wanted.isEmpty() || wanted.contains(number)) {
                List<Region> regions = regions(preset, samples);
                if (!regions.isEmpty()) {
                    programs.add(program(preset, regions));
                }
            }
        }
        missing.stream().sorted().forEach(number -> notices.add(Notice.Kind.MISSING, tables.presets.start(),
                "program is not there: bank=" + number / (MAX_PROGRAM + 1) + ", program="
                        + number % (MAX_PROGRAM + 1)));
        if (programs.isEmpty()) {
            throw file.wrong(tables.presets.start(), "expected a program that can play: first="
                    + notices.all().first());
        }
        return new Loaded(new Instrument(name(), programs), notices.all().list());
    }

    /** Presets by bank and number; of two with the same ones the first. */
    private List<Integer> presets() {
        Map<Integer, Integer> byNumber = new LinkedHashMap<>();
        for (int preset = 0; preset < tables.presets.size() - 1; preset++) {
            int number = tables.presetNumber(preset);
            int bank = tables.presetBank(preset);
            long place = tables.presets.placeOf(preset);
            if (number > MAX_PROGRAM || bank > MAX_BANK) {
                notices.add(Notice.Kind.WRONG, place,
                        "program is left out, expected a bank of 0 to 16383 and a program "
                                + "of 0 to 127: bank=" + bank + ", program=" + number);
            } else if (byNumber.putIfAbsent(InstrumentLoader.program(bank, number), preset) != null) {
                notices.add(Notice.Kind.WRONG, place, "program is left out, another one has its place: bank=" + bank
                        + ", program=" + number);
            }
        }
        return byNumber.entrySet().stream().sorted(Comparator.comparing(Map.Entry::getKey)).map(Map.Entry::getValue)
                .toList();
    }

    private Program program(int preset, List<Region> regions) {
        return new Program(tables.presetBank(preset), tables.presetNumber(preset), tables.presets.name(preset),
                regions);
    }

    private List<Region> regions(int preset, SoundFontSamples samples) throws IOException {
        List<Region> regions = new ArrayList<>();
        long place = tables.presets.placeOf(preset);
        for (SoundFontZone presetZone : SoundFontZone.read(tables.presetZones, tables.presetGenerators,
                tables.presetZone(preset), tables.presetZone(preset + 1), SoundFontGenerator.INSTRUMENT, notices)) {
            int instrument = presetZone.index(SoundFontGenerator.INSTRUMENT);
            if (instrument >= tables.instruments.size() - 1) {
                notices.add(Notice.Kind.WRONG, place, "zone is left out, expected an index into table inst: instrument="
                        + instrument + ", records=" + tables.instruments.size());
                continue;
            }
            for (SoundFontZone zone : zones(instrument)) {
                if (++pairs > MAX_PAIRS || regionCount > MAX_REGIONS) {
                    throw file.wrong(place, "expected at most " + MAX_REGIONS + " regions: regions=" + regionCount
                            + ", zones=" + pairs);
                }
                if (SoundFontRegion.meet(presetZone, zone)) {
                    add(regions, presetZone, zone, samples, tables.instruments.placeOf(instrument));
                }
            }
        }
        return regions;
    }

    private void add(List<Region> regions, SoundFontZone presetZone, SoundFontZone zone, SoundFontSamples samples,
            long place) throws IOException {
        SoundFontSamples.Header header = samples.header(zone.index(SoundFontGenerator.SAMPLE), place);
        Region region = header == null ? null : new SoundFontRegion(presetZone, zone, header, notices).make();
        if (region != null) {
            regions.add(region);
            regionCount++;
        }
    }

    private List<SoundFontZone> zones(int instrument) {
        return instruments.computeIfAbsent(instrument,
                _ -> SoundFontZone.read(tables.instrumentZones, tables.instrumentGenerators,
                        tables.instrumentZone(instrument), tables.instrumentZone(instrument + 1),
                        SoundFontGenerator.SAMPLE, notices));
    }

    private void findChunks() throws IOException {
        boolean isFont = file.size() >= RiffFile.FORM_LENGTH && RiffFile.id(file.read(0, RiffFile.FORM_LENGTH), 0)
                .equals("RIFF") && RiffFile.id(file.read(RiffFile.HEADER_LENGTH, RiffFile.ID_LENGTH), 0).equals("sfbk");
        if (!isFont) {
            throw file.wrong(0, "expected a RIFF file of form sfbk");
        }
        for (RiffFile.Chunk chunk : file.chunks(RiffFile.FORM_LENGTH, file.size())) {
            if (chunk.id().equals("LIST") && chunk.length() >= RiffFile.ID_LENGTH) {
                String form = RiffFile.id(file.read(chunk.start(), RiffFile.ID_LENGTH), 0);
                if (chunks.putIfAbsent(form, chunk) == null && !form.equals("pdta")) {
                    findParts(chunk);
                }
            }
        }
    }

    private void findParts(RiffFile.Chunk list) throws IOException {
        for (RiffFile.Chunk chunk : file.chunks(list.start() + RiffFile.ID_LENGTH, list.start() + list.length())) {
            chunks.putIfAbsent(chunk.id(), chunk);
        }
    }

    private RiffFile.Chunk needed(String id) throws FormatException {
        RiffFile.Chunk chunk = chunks.get(id);
        if (chunk == null) {
            throw file.wrong(RiffFile.FORM_LENGTH, "expected chunk " + id);
        }
        return chunk;
    }

    private String name() throws IOException {
        RiffFile.Chunk chunk = chunks.get("INAM");
        String name = "";
        if (chunk != null) {
            byte[] bytes = file.read(chunk.start(), (int) Math.min(chunk.length(), MAX_NAME)).array();
            String whole = new String(bytes, StandardCharsets.ISO_8859_1);
            int end = whole.indexOf('\0');
            name = SfzOpcode.shown(end < 0 ? whole : whole.substring(0, end)).strip();
        }
        return name.isEmpty() ? file.file().getFileName().toString() : name;
    }
}
