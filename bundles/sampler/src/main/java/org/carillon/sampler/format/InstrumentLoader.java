package org.carillon.sampler.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/**
 * Loads instruments. Files are told by their extension: a folder of WAV files, {@code .wav}, {@code .sfz},
 * {@code .sf2}; another extension, by the first bytes.
 * <p>
 * Samples become floats in memory, once for all regions that use them: a 16-bit file takes twice its size. Of a large
 * sound font, load the programs that are needed. Not for the audio thread: it reads files and allocates.
 */
public final class InstrumentLoader {
    private static final int PROGRAMS_IN_BANK = 128;

    private InstrumentLoader() {}

    /**
     * Loads everything in a file or folder.
     *
     * @throws FormatException where there is nothing to play.
     * @throws IOException     where the file system fails.
     */
    public static Loaded load(Path path) throws IOException {
        return load(path, Set.of());
    }

    /**
     * Loads some programs of a sound font, and their samples only. Other files have one program, which is loaded.
     *
     * @param programs by {@link #program}; empty for all. One that is not there gives a notice.
     * @throws FormatException where there is nothing to play.
     * @throws IOException     where the file system fails.
     */
    public static Loaded load(Path path, Set<Integer> programs) throws IOException {
        if (Files.isDirectory(path)) {
            return FolderReader.read(path);
        }
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        String extension = name.substring(name.lastIndexOf('.') + 1);
        return switch (extension) {
            case "wav", "wave" -> FolderReader.readFile(path);
            case "sfz" -> SfzReader.read(path);
            case "sf2" -> SoundFontReader.read(path, programs);
            default -> loadByContent(path, programs);
        };
    }

    /**
     * Number of a program among all banks.
     *
     * @param bank   0 to 16,383; {@link org.carillon.sampler.instrument.Program#PERCUSSION_BANK} in sound fonts.
     * @param number 0 to 127.
     */
    public static int program(int bank, int number) {
        return bank * PROGRAMS_IN_BANK + number;
    }

    private static Loaded loadByContent(Path path, Set<Integer> programs) throws IOException {
        String form = "";
        try (RiffFile file = RiffFile.open(path)) {
            if (file.size() >= RiffFile.FORM_LENGTH) {
                ByteBuffer bytes = file.read(0, RiffFile.FORM_LENGTH);
                form = RiffFile.id(bytes, RiffFile.HEADER_LENGTH);
            }
        }
        return switch (form) {
            case "WAVE" -> FolderReader.readFile(path);
            case "sfbk" -> SoundFontReader.read(path, programs);
            default -> throw new FormatException(Place.of(path), "expected a folder, or a .wav, .sfz or .sf2 file");
        };
    }
}
