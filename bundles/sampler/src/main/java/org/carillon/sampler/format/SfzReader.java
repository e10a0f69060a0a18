package org.carillon.sampler.format;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.carillon.sampler.instrument.Instrument;
import org.carillon.sampler.instrument.Region;

/**
 * Reads SFZ files (version 1 of the format, and what of later ones {@code FORMATS.md} names). What is not honoured is
 * said, and the rest plays. Not for the audio thread: it reads files and allocates.
 */
public final class SfzReader {
    private static final int MAX_OPCODES = 512;
    private static final int MAX_SECTIONS = 1 << 17;
    private static final int MAX_REGIONS = 1 << 16;
    private static final int MAX_OFFSET = 127;
    private static final int OCTAVE = 12;
    private static final String GENERATOR = "*";

    /** A header with its opcodes, in their order. */
    private record Section(String header, Place place, Map<String, SfzOpcode> opcodes) {
        static Section empty(String header, Place place) {
            return new Section(header, place, new LinkedHashMap<>());
        }

        /** Adds an opcode; one that was there before moves to the end, since a later one has its way. */
        void put(SfzOpcode opcode) {
            opcodes.remove(opcode.name());
            opcodes.put(opcode.name(), opcode);
        }
    }

    private final Path file;
    private final Notices notices = new Notices();
    private final SfzFiles files;
    private final SfzConditions conditions = new SfzConditions(notices);
    private final SfzValues values = new SfzValues(notices);
    private final Generators generators = new Generators();
    /** Those that could not be read are in it as null. */
    private final Map<Path, Wav> samples = new HashMap<>();
    private final List<Section> sections = new ArrayList<>();
    private final List<Region> regions = new ArrayList<>();
    private String defaultPath = "";
    private int noteOffset;
    private int octaveOffset;
    private Section global;
    private Section master;
    private Section group;

    private SfzReader(Path file) {
        this.file = file;
        files = new SfzFiles(file);
        global = Section.empty("global", Place.of(file));
        master = global;
        group = global;
    }

    /**
     * Reads a file, those that it includes, and their samples.
     *
     * @throws FormatException where no region can play, or files include each other.
     * @throws IOException     where the file system fails.
     */
    public static Loaded read(Path file) throws IOException {
        return new SfzReader(file).read();
    }

    private Loaded read() throws IOException {
        try {
            new SfzScanner(files, notices, new Gatherer()).scan(file);
        } catch (NoSuchFileException | AccessDeniedException e) {
            throw new FormatException(Place.of(file), "expected a file that can be read", e);
        }
        for (Section section : sections) {
            switch (section.header()) {
                case "control" -> control(section);
                case "global" -> {
                    global = section;
                    master = Section.empty("master", section.place());
                    group = master;
                }
                case "master" -> {
                    master = section;
                    group = Section.empty("group", section.place());
                }
                case "group" -> group = section;
                case "region" -> region(section);
                default -> notices.once("<" + section.header(), Notice.Kind.NOT_HONOURED, section.place(),
                        "header is not honoured: header=" + SfzOpcode.shown(section.header()));
            }
        }
        if (regions.isEmpty()) {
            throw new FormatException(Place.of(file), "expected a region that can play: first=" + notices.first());
        }
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return new Loaded(Instrument.of(dot > 0 ? name.substring(0, dot) : name, regions), notices.list());
    }

    private void control(Section section) {
        for (SfzOpcode opcode : section.opcodes().values()) {
            switch (opcode.name()) {
                case "default_path" -> defaultPath = opcode.value();
                case "note_offset" -> noteOffset = values.whole(opcode, -MAX_OFFSET, MAX_OFFSET, 0);
                case "octave_offset" -> octaveOffset = values.whole(opcode, -10, 10, 0);
                default -> {
                    if (!conditions.isCondition(opcode.name())) {
                        notHonoured(opcode);
                    }
                }
            }
        }
    }

    private void region(Section section) throws IOException {
        Section merged = Section.empty("region", section.place());
        for (Section level : List.of(global, master, group, section)) {
            level.opcodes().values().forEach(merged::put);
        }
        if (!conditions.hold(merged.opcodes())) {
            return;
        }
        SfzOpcode sample = merged.opcodes().get("sample");
        SfzOpcode end = merged.opcodes().get("end");
        if (sample == null) {
            notices.add(Notice.Kind.MISSING, section.place(), "region is left out, expected opcode sample");
        } else if (end != null && end.value().equals("-1")) {
            // nothing sounds, but the region may still silence others
            add(merged, "*silence", generators.sound("*silence", 0));
        } else if (sample.value().startsWith(GENERATOR)) {
            generate(merged, sample);
        } else {
            Wav wav = wav(sample);
            if (wav != null) {
                add(merged, sample.value(), wav);
            }
        }
    }

    private void generate(Section section, SfzOpcode sample) throws FormatException {
        String name = sample.value();
        if (!Generators.isKnown(name)) {
            notices.add(Notice.Kind.MISSING, sample.place(),
                    "regions are left out, expected *sine, *saw, *square, *triangle, *noise or *silence"
                            + sample.shown());
            return;
        }
        if (!Generators.isWave(name)) {
            add(section, name, generators.sound(name, 0));
            return;
        }
        Region whole = finish(section, name, generators.sound(name, 0));
        if (whole == null) {
            return;
        }
        for (int loKey = 0; loKey <= NoteNames.MAX_KEY; loKey += Generators.BAND_KEYS) {
            SfzRegion band = begin(section, name, generators.sound(name, loKey));
            int hiKey = loKey + Generators.BAND_KEYS - 1;
            if (band.values.hiKey >= loKey && band.values.loKey <= hiKey) {
                band.values.loKey = Math.max(band.values.loKey, loKey);
                band.values.hiKey = Math.min(band.values.hiKey, hiKey);
                add(band.finish(), section);
            }
        }
    }

    private void add(Section section, String soundName, Wav wav) throws FormatException {
        add(finish(section, soundName, wav), section);
    }

    private Region finish(Section section, String soundName, Wav wav) {
        return begin(section, soundName, wav).finish();
    }

    private void add(Region region, Section section) throws FormatException {
        if (region == null) {
            return;
        }
        if (regions.size() == MAX_REGIONS) {
            throw new FormatException(section.place(), "expected at most " + MAX_REGIONS + " regions");
        }
        regions.add(region);
    }

    private SfzRegion begin(Section section, String soundName, Wav wav) {
        SfzRegion region = new SfzRegion(soundName, wav, notices, section.place());
        for (SfzOpcode opcode : section.opcodes().values()) {
            String name = opcode.name();
            if (!name.equals("sample") && !conditions.isCondition(name)
                    && !values.set(region, opcode, octaveOffset * OCTAVE + noteOffset)) {
                notHonoured(opcode);
            }
        }
        return region;
    }

    private void notHonoured(SfzOpcode opcode) {
        if (!SfzVocabulary.isLabel(opcode.name())) {
            notices.once(SfzVocabulary.topic(opcode.name()), Notice.Kind.NOT_HONOURED, opcode.place(),
                    "opcode is not honoured" + opcode.shown());
        }
    }

    /** The file of an opcode; null if it cannot be read, which is said. */
    private Wav wav(SfzOpcode sample) throws IOException {
        Path path;
        try {
            path = files.find(defaultPath + sample.value(), Path.of(sample.place().file()));
        } catch (InvalidPathException e) {
            path = null;
        }
        if (path == null) {
            notices.add(Notice.Kind.MISSING, sample.place(), "regions are left out, sample is not there: path="
                    + SfzOpcode.shown(defaultPath + sample.value()));
            return null;
        }
        if (!samples.containsKey(path)) {
            samples.put(path, read(path, sample));
        }
        return samples.get(path);
    }

    private Wav read(Path path, SfzOpcode sample) {
        try {
            Wav wav = WavReader.read(path);
            notices.addAll(wav.notices());
            return wav;
        } catch (IOException e) {
            notices.add(Notice.Kind.WRONG, sample.place(), "regions are left out, sample cannot be read: cause="
                    + e.getMessage());
            return null;
        }
    }

    /** Puts opcodes under their headers. */
    private final class Gatherer implements SfzSink {
        @Override
        public void header(String name, Place place) throws FormatException {
            if (sections.size() == MAX_SECTIONS) {
                throw new FormatException(place, "expected at most " + MAX_SECTIONS + " headers");
            }
            sections.add(Section.empty(name, place));
        }

        @Override
        public void opcode(SfzOpcode opcode) throws FormatException {
            if (sections.isEmpty()) {
                notices.once("no header", Notice.Kind.WRONG, opcode.place(),
                        "opcodes before the first header are left out" + opcode.shown());
                return;
            }
            Section section = sections.getLast();
            if (section.opcodes().size() == MAX_OPCODES) {
                throw new FormatException(opcode.place(), "expected at most " + MAX_OPCODES + " opcodes for a header");
            }
            conditions.takeInitial(opcode);
            section.put(opcode);
        }
    }
}
