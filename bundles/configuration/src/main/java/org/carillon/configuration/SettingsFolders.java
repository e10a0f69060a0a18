package org.carillon.configuration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The folders of configuration files, and which file of a PID counts: the one that was kept apart before the one of the
 * installation, and in one folder {@code .cfg.json} before {@code .cfg}. One thread.
 *
 * @param installed folder of the installation, which may be there for reading only.
 * @param kept      folder for what cannot be written there; it need not be there.
 */
record SettingsFolders(Path installed, Path kept, Ownership ownership) {
    /** Behind the name of a file that was put out of use. In the kept folder it hides that of the installation. */
    static final String DISABLED = ".disabled";

    /**
     * The file that counts.
     *
     * @param overruled other files of the same PID, which do not count.
     */
    record Found(SettingsFile file, FileStamp stamp, List<Path> overruled) {}

    /**
     * Looks at all files.
     *
     * @return by PID.
     * @throws IOException where a folder cannot or must not be used.
     */
    Map<String, Found> look() throws IOException {
        Map<String, List<SettingsFile>> files = new TreeMap<>();
        TreeSet<String> hidden = new TreeSet<>();
        for (Path path : Files.isDirectory(kept) ? list(kept) : List.<Path>of()) {
            add(path, files);
            if (path.toString().endsWith(DISABLED)) {
                String name = path.getFileName().toString();
                SettingsFile.of(Path.of(name.substring(0, name.length() - DISABLED.length())))
                        .ifPresent(file -> hidden.add(file.pid()));
            }
        }
        hidden.removeAll(files.keySet());
        for (Path path : list(installed)) {
            add(path, files);
        }
        files.keySet().removeAll(hidden);
        Map<String, Found> found = new TreeMap<>();
        for (Map.Entry<String, List<SettingsFile>> each : files.entrySet()) {
            SettingsFile first = each.getValue().getFirst();
            try {
                FileStamp stamp = ownership.stamp(first.path());
                found.put(each.getKey(), new Found(first, stamp,
                        each.getValue().stream().skip(1).map(SettingsFile::path).toList()));
            } catch (NoSuchFileException e) {
                // it went meanwhile
            }
        }
        return found;
    }

    private List<Path> list(Path folder) throws IOException {
        String objection = ownership.stamp(folder).objection();
        if (!objection.isEmpty()) {
            throw new IOException("folder " + objection);
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private void add(Path path, Map<String, List<SettingsFile>> files) {
        SettingsFile.of(path).ifPresent(file -> {
            List<SettingsFile> ofPid = files.computeIfAbsent(file.pid(), pid -> new ArrayList<>());
            ofPid.add(file);
            ofPid.sort(precedence(kept));
        });
    }

    /** The file that counts comes first. */
    static Comparator<SettingsFile> precedence(Path kept) {
        return Comparator.comparing((SettingsFile file) -> !file.path().startsWith(kept))
                .thenComparing(SettingsFile::format);
    }
}
