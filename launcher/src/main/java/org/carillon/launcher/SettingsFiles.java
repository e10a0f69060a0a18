package org.carillon.launcher;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The folder of configuration files, {@code PID.cfg.json} for a component and {@code PID~name.cfg.json} for an instance
 * of a factory. A wrong file is told of and left out; the others apply.
 */
final class SettingsFiles {
    static final String SUFFIX = ".cfg.json";

    private SettingsFiles() {}

    /** By PID; a folder that is not there has none. */
    static Map<String, Settings> read(Path folder) {
        Map<String, Settings> all = new LinkedHashMap<>();
        for (Path file : files(folder)) {
            String name = file.getFileName().toString();
            String pid = name.substring(0, name.length() - SUFFIX.length());
            try {
                all.put(pid, new Settings(pid, SettingsReader.read(Files.readString(file))));
            } catch (SettingsException e) {
                HostLog.log(Level.ERROR,
                        "configuration file is left out: file=" + file + ", line=" + e.line() + ", column="
                                + e.column() + ": " + e.getMessage());
            } catch (CharacterCodingException e) {
                HostLog.log(Level.ERROR, "configuration file is left out, it must be UTF-8: file=" + file);
            } catch (IOException e) {
                HostLog.log(Level.ERROR, "configuration file is left out: file=" + file + ", reason=" + e);
            }
        }
        return all;
    }

    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX)).sorted().toList();
        } catch (IOException e) {
            HostLog.log(Level.ERROR, "configuration folder cannot be read: folder=" + folder + ", reason=" + e);
            return List.of();
        }
    }
}
