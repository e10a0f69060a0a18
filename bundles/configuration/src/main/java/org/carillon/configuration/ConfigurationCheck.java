package org.carillon.configuration;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks configuration files without a server. One thread. */
public final class ConfigurationCheck {
    private static final String NAMES = "file must be named PID or PID~name, and .cfg.json or .cfg";

    private final Descriptions descriptions;

    /** @param descriptions of the bundles that the files are for. */
    public ConfigurationCheck(Descriptions descriptions) {
        this.descriptions = descriptions;
    }

    /** Whether a file is one of configuration by its name. */
    public static boolean isConfiguration(Path file) {
        return SettingsFile.of(file).isPresent();
    }

    /**
     * Checks one file.
     *
     * @return what is wrong, in the order of the file; empty where nothing is.
     * @throws IOException where it cannot be read.
     */
    public List<Finding> check(Path path) throws IOException {
        SettingsFile file = SettingsFile.of(path).orElse(null);
        if (file == null) {
            return List.of(new Finding(Finding.Kind.ERROR, path, 1, 1, "", NAMES));
        }
        try {
            return Validator.check(file, file.read(), descriptions).findings();
        } catch (SettingsException e) {
            return List.of(new Finding(Finding.Kind.ERROR, path, e.line(), e.column(), e.key(), e.getMessage()));
        }
    }

    /**
     * Reads a file as the server would, with the types that its component wants.
     *
     * @throws IOException       where it cannot be read.
     * @throws SettingsException where it is wrong: with the first thing that is.
     */
    public Settings settings(Path path) throws IOException, SettingsException {
        SettingsFile file = SettingsFile.of(path).orElseThrow(() -> new SettingsException(1, 1, NAMES));
        Validator.Result result = Validator.check(file, file.read(), descriptions);
        for (Finding finding : result.findings()) {
            if (finding.kind() == Finding.Kind.ERROR) {
                throw new SettingsException(finding.line(), finding.column(), finding.key(), finding.message());
            }
        }
        return new Settings(file.pid(), result.values());
    }

    /**
     * Whether a file is, by its name, one of a component that is described here.
     *
     * @return false for files that are none of configuration.
     */
    public boolean isDescribed(Path path) {
        return SettingsFile.of(path).filter(file -> descriptions.of(file.pid()) != null).isPresent();
    }

    /**
     * Finds files that do not count, since another one is of the same component.
     *
     * @param kept folder whose files go before all others.
     */
    public static List<Finding> overruled(List<Path> files, Path kept) {
        List<Finding> findings = new ArrayList<>();
        Map<String, SettingsFile> first = new HashMap<>();
        files.stream().flatMap(file -> SettingsFile.of(file).stream()).sorted(SettingsFolders.precedence(kept))
                .forEach(file -> {
                    SettingsFile counts = first.putIfAbsent(file.pid(), file);
                    if (counts != null) {
                        findings.add(new Finding(Finding.Kind.WARNING, file.path(), 1, 1, "",
                                "another file of this component counts: counts=" + counts.path()));
                    }
                });
        return findings;
    }
}
