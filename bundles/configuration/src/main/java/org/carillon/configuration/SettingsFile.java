package org.carillon.configuration;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One configuration file, by its name: {@code PID.cfg.json}, {@code PID~name.cfg.json}, or the same with {@code .cfg}.
 *
 * @param pid of the component, or {@code factoryPid~name}.
 */
record SettingsFile(Path path, String pid, Format format) {
    static final char NAME_SEPARATOR = '~';
    private static final Pattern PID = Pattern.compile("[^~]+(~[^~]+)?");
    /** Far more than people write. */
    private static final long MAX_BYTES = 1 << 20;

    /** Empty where a file of this name is none; what begins with a dot is still being made. */
    static Optional<SettingsFile> of(Path path) {
        String name = path.getFileName().toString();
        for (Format format : Format.values()) {
            if (name.endsWith(format.suffix()) && name.length() > format.suffix().length() && !name.startsWith(".")) {
                return Optional.of(new SettingsFile(path, name.substring(0, name.length() - format.suffix().length()),
                        format));
            }
        }
        return Optional.empty();
    }

    /**
     * Reads it.
     *
     * @throws SettingsException where it means nothing.
     */
    SettingsText read() throws IOException, SettingsException {
        if (!PID.matcher(pid).matches()) {
            throw new SettingsException(1, 1, "file must be named PID or PID~name, and " + format.suffix());
        }
        if (Files.size(path) > MAX_BYTES) {
            throw new SettingsException(1, 1, "file is too large: limitBytes=" + MAX_BYTES);
        }
        try {
            return format.read(Files.readString(path));
        } catch (CharacterCodingException e) {
            throw new SettingsException(1, 1, "file must be UTF-8");
        }
    }
}
