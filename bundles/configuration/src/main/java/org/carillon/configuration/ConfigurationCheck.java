package org.carillon.configuration;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Checks configuration files without a server. One thread. */
public final class ConfigurationCheck {
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
            return List.of(new Finding(Finding.Kind.ERROR, path, 1, 1, "",
                    "file must be named PID or PID~name, and .cfg.json or .cfg"));
        }
        try {
            return Validator.check(file, file.read(), descriptions).findings();
        } catch (SettingsException e) {
            return List.of(new Finding(Finding.Kind.ERROR, path, e.line(), e.column(), e.key(), e.getMessage()));
        }
    }
}
