package org.carillon.launcher.command;

import java.nio.file.Path;
import org.carillon.launcher.sound.Orchestra;
import picocli.CommandLine.Option;

/** What plays. */
public final class InstrumentOption {
    private static final int SHOWN = 3;

    @Option(names = "--instrument", paramLabel = "X", description = "What plays: .sf2, .sfz, a folder of WAV files, or "
            + ".wav. Default: the built-in instrument. More sounds: carillon fetch-sounds")
    private Path file;

    /** Null where nothing was said. */
    public Path file() {
        return file;
    }

    /** The first notices of an instrument, a line each; empty where there are none. */
    public static String words(Orchestra orchestra) {
        StringBuilder text = new StringBuilder();
        orchestra.notices().stream().limit(SHOWN).forEach(notice -> text.append("\n  ").append(notice));
        if (orchestra.notices().size() > SHOWN) {
            text.append("\n  and ").append(orchestra.notices().size() - SHOWN).append(" more: carillon info ")
                    .append(orchestra.name());
        }
        return text.toString();
    }
}
