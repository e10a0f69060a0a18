package org.carillon.driver.rawmidi;

import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;

/**
 * What a configuration says, checked.
 *
 * @param folder  that the files are in.
 * @param pattern name of the file in it, or with {@code *} and {@code ?} the names of all files.
 * @param name    of the ports; empty to take the devices' own.
 */
record RawMidiSettings(Path folder, String pattern, String name, boolean reads, boolean writes, int bytesPerSecond,
        long sysexGapNs, boolean runningStatus) {
    /** What a DIN line carries: 31,250 bits a second, ten a byte (MIDI 1.0 electrical specification). */
    static final int DIN_BYTES_PER_SECOND = 3_125;
    private static final int AUTOMATIC = -1;
    private static final int MIN_BYTES_PER_SECOND = 100;
    private static final int MAX_BYTES_PER_SECOND = 10_000_000;
    private static final int MAX_GAP_MS = 10_000;

    static RawMidiSettings of(RawMidiConfig config) {
        String path = config.path() == null ? "" : config.path();
        String name = config.name() == null ? "" : config.name().strip();
        Path whole = Path.of(path);
        check(whole.isAbsolute() && whole.getFileName() != null, "path must be absolute and name a file", "path", path);
        check(!isPattern(whole.getParent().toString()), "only the last part of a path may be a pattern", "path", path);
        check(name.isEmpty() || !isPattern(path), "a pattern stands for many files, which cannot share a name", "name",
                name);
        check(List.of("in", "out", "both").contains(config.direction()), "direction must be in, out or both",
                "direction", config.direction());
        int rate = config.bytesPerSecond();
        check(rate == AUTOMATIC || rate == 0 || rate >= MIN_BYTES_PER_SECOND && rate <= MAX_BYTES_PER_SECOND,
                "bytes per second must be -1, 0, or " + MIN_BYTES_PER_SECOND + " to " + MAX_BYTES_PER_SECOND,
                "bytesPerSecond", rate);
        check(config.sysexGapMs() >= 0 && config.sysexGapMs() <= MAX_GAP_MS,
                "gap after system exclusive messages must be 0 to " + MAX_GAP_MS + " milliseconds", "sysexGapMs",
                config.sysexGapMs());
        return new RawMidiSettings(whole.getParent(), whole.getFileName().toString(), name,
                !config.direction().equals("out"), !config.direction().equals("in"), rate,
                config.sysexGapMs() * 1_000_000L, config.runningStatus());
    }

    private static void check(boolean holds, String expected, String key, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(expected + ": " + key + "=" + value);
        }
    }

    private static boolean isPattern(String path) {
        return path.indexOf('*') >= 0 || path.indexOf('?') >= 0;
    }

    boolean isPattern() {
        return isPattern(pattern);
    }

    /** Which names of files are meant; only {@code *} and {@code ?} stand for others. */
    PathMatcher matcher() {
        return folder.getFileSystem().getPathMatcher("glob:" + pattern.replaceAll("([\\\\\\[\\]{}])", "\\\\$1"));
    }

    Path path() {
        return folder.resolve(pattern);
    }

    /** Bytes per second for a device, 0 for no limit. */
    int bytesPerSecond(boolean isOnSlowLine) {
        return bytesPerSecond == AUTOMATIC ? isOnSlowLine ? DIN_BYTES_PER_SECOND : 0 : bytesPerSecond;
    }
}
