package org.carillon.configuration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The configuration files at the start of a server, as fast as they can be read: without descriptions. A wrong file is
 * told of and left out; the others apply.
 */
public final class SettingsFiles {
    private SettingsFiles() {}

    /**
     * Reads them.
     *
     * @param installed  folder of the installation; one that is not there has no files.
     * @param data       folder that this process writes to; in its folder {@code config} lie files that go before.
     * @param ours       a file or folder that this process has made.
     * @param complaints hears what is wrong.
     * @return by PID.
     */
    public static Map<String, Settings> read(Path installed, Path data, Path ours, Consumer<String> complaints) {
        Map<String, Settings> all = new LinkedHashMap<>();
        if (Files.isDirectory(installed)) {
            try {
                new SettingsFolders(installed, kept(data), Ownership.of(ours)).look()
                        .forEach((pid, found) -> read(found, all, complaints));
            } catch (IOException e) {
                complaints.accept("configuration folder cannot be used: folder=" + installed + ", reason="
                        + e.getMessage());
            }
        }
        return all;
    }

    /** Where files are that could not be written in the folder of the installation. */
    static Path kept(Path data) {
        return data.resolve("config");
    }

    private static void read(SettingsFolders.Found found, Map<String, Settings> all, Consumer<String> complaints) {
        SettingsFile file = found.file();
        String what = "configuration file is left out";
        try {
            if (found.stamp().objection().isEmpty()) {
                all.put(file.pid(), new Settings(file.pid(), file.read().values()));
            } else {
                complaints.accept(what + ", it " + found.stamp().objection() + ", file=" + file.path());
            }
        } catch (SettingsException e) {
            complaints.accept(new Finding(Finding.Kind.ERROR, file.path(), e.line(), e.column(), e.key(),
                    e.getMessage()).line(what));
        } catch (IOException e) {
            complaints.accept(what + ": file=" + file.path() + ", reason=" + e);
        }
    }
}
