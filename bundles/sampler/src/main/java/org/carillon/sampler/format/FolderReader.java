package org.carillon.sampler.format;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.carillon.sampler.instrument.Instrument;
import org.carillon.sampler.instrument.Region;

/** Makes an instrument of a folder of WAV files by the rules that {@code FORMATS.md} states. */
final class FolderReader {
    private static final int MAX_FILES = 16_384;
    private static final Set<String> OTHER_SOUND = Set.of("aif", "aiff", "flac", "ogg", "mp3", "opus", "au", "wv");

    /** A file whose key is known. */
    private record Member(Path file, SampleName name, int key, Wav wav) {
        int sequence() {
            return name.sequence();
        }
    }

    private final Path folder;
    private final Notices notices = new Notices();

    private FolderReader(Path folder) {
        this.folder = folder;
    }

    static Loaded read(Path folder) throws IOException {
        return new FolderReader(folder).read();
    }

    /** One file over all keys; a note in its name counts more than what the file says. */
    static Loaded readFile(Path file) throws IOException {
        Wav wav = WavReader.read(file);
        Region.Builder region = wav.region();
        SampleName name = SampleName.of(file.getFileName().toString());
        if (name.hasNote()) {
            rootAt(region, name.key(), wav);
        }
        wav.zone().ifPresent(zone -> {
            region.loKey = zone.loKey();
            region.hiKey = zone.hiKey();
            region.loVelocity = zone.loVelocity();
            region.hiVelocity = zone.hiVelocity();
        });
        return new Loaded(Instrument.of(name.plain(), List.of(region.build())), wav.notices());
    }

    /** Puts a sample onto a key; its fine tune holds only where the file means the same key. */
    private static void rootAt(Region.Builder region, int key, Wav wav) {
        if (wav.root().isEmpty() || wav.root().get().key() != key) {
            region.tuneCents = 0;
        }
        region.rootKey = key;
    }

    private Loaded read() throws IOException {
        List<Member> members = new ArrayList<>();
        for (Path file : files()) {
            Member member = member(file);
            if (member != null) {
                members.add(member);
            }
        }
        if (members.isEmpty()) {
            throw new FormatException(Place.of(folder),
                    "expected at least one WAV file with a key in its name: first=" + notices.first());
        }
        return new Loaded(Instrument.of(String.valueOf(folder.toAbsolutePath().normalize().getFileName()),
                regions(members)), notices.list());
    }

    private List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
                if (name.startsWith(".")) {
                    continue;
                }
                if (SampleName.isWav(name)) {
                    files.add(entry);
                } else if (OTHER_SOUND.contains(extension)) {
                    notices.add(Notice.Kind.NOT_HONOURED, Place.of(entry), "only WAV files are read: extension="
                            + extension);
                } else if (extension.equals("sfz")) {
                    notices.add(Notice.Kind.ASSUMED, Place.of(entry),
                            "keys come from the names of the WAV files; load the SFZ file to use what it says");
                }
            }
        }
        if (files.size() > MAX_FILES) {
            throw new FormatException(Place.of(folder), "expected at most 16384 WAV files: files=" + files.size());
        }
        // the order of a folder is the file system's whim
        files.sort(Comparator.comparing(file -> file.getFileName().toString()));
        return files;
    }

    /** The file with its key; null where it has none. */
    private Member member(Path file) {
        SampleName name = SampleName.of(file.getFileName().toString());
        if (!name.problem().isEmpty()) {
            notices.add(Notice.Kind.WRONG, Place.of(file), "file is left out, " + name.problem());
            return null;
        }
        try {
            Wav wav = WavReader.read(file);
            notices.addAll(wav.notices());
            if (name.key() == NoteNames.NO_KEY && wav.root().isEmpty()) {
                notices.add(Notice.Kind.WRONG, Place.of(file),
                        "file is left out, expected a key in its name, such as C4 or 60, or in chunk \"smpl\"");
                return null;
            }
            int key = name.key() == NoteNames.NO_KEY ? wav.root().get().key() : name.key();
            return new Member(file, name, key, wav);
        } catch (IOException e) {
            notices.add(Notice.Kind.WRONG, Place.of(file), "file is left out: cause=" + e.getMessage());
            return null;
        }
    }

    private List<Region> regions(List<Member> members) {
        Map<Integer, List<Member>> byKey = new TreeMap<>();
        Set<String> stems = new TreeSet<>();
        for (Member member : members) {
            byKey.computeIfAbsent(member.key(), _ -> new ArrayList<>()).add(member);
            stems.add(member.name().stem());
        }
        boolean isKit = stems.size() > 1;
        if (isKit) {
            notices.add(Notice.Kind.ASSUMED, Place.of(folder),
                    "names differ, so each file sounds at its own key only: names=" + stems.size());
        }
        List<Integer> keys = List.copyOf(byKey.keySet());
        List<Region> regions = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            int key = keys.get(i);
            // half way to the neighbours, the middle itself to the lower one
            int loKey = isKit ? key : i == 0 ? 0 : (keys.get(i - 1) + key) / 2 + 1;
            int hiKey = isKit ? key : i + 1 == keys.size() ? NoteNames.MAX_KEY : (key + keys.get(i + 1)) / 2;
            new KeyLayers(byKey.get(key)).add(regions, loKey, hiKey);
        }
        return regions;
    }

    /** The files of one key: velocities one above the other, round robin within. */
    private final class KeyLayers {
        private final List<Member> members;
        /** The tops of layers that give only one velocity. */
        private final TreeSet<Integer> tops = new TreeSet<>();
        private final Map<String, TreeSet<Integer>> sequences = new TreeMap<>();
        private final Set<String> seen = new TreeSet<>();

        KeyLayers(List<Member> members) {
            this.members = members;
            for (Member member : members) {
                if (member.name().hasOneVelocity()) {
                    tops.add(member.name().hiVelocity());
                }
                if (member.sequence() != 0) {
                    sequences.computeIfAbsent(layer(member), _ -> new TreeSet<>()).add(member.sequence());
                }
            }
        }

        void add(List<Region> regions, int loKey, int hiKey) {
            for (Member member : members) {
                Region.Builder region = member.wav().region();
                rootAt(region, member.key(), member.wav());
                region.loKey = loKey;
                region.hiKey = hiKey;
                region.loVelocity = loVelocity(member.name());
                region.hiVelocity = hiVelocity(member.name());
                if (member.sequence() != 0) {
                    TreeSet<Integer> turns = sequences.get(layer(member));
                    region.sequenceLength = turns.size();
                    region.sequencePosition = turns.headSet(member.sequence(), true).size();
                }
                if (!seen.add(layer(member) + ' ' + member.sequence())) {
                    notices.add(Notice.Kind.ASSUMED, Place.of(member.file()),
                            "another file has the same key and velocities, both sound: key=" + member.key());
                }
                regions.add(region.build());
            }
        }

        private String layer(Member member) {
            return loVelocity(member.name()) + ".." + hiVelocity(member.name());
        }

        private int loVelocity(SampleName name) {
            if (!name.hasOneVelocity()) {
                return name.loVelocity();
            }
            Integer below = tops.lower(name.hiVelocity());
            return below == null ? 0 : below + 1;
        }

        private int hiVelocity(SampleName name) {
            return name.hasOneVelocity() && name.hiVelocity() == tops.last() ? NoteNames.MAX_KEY : name.hiVelocity();
        }
    }
}
