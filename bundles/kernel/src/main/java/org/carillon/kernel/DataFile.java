package org.carillon.kernel;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Function;

/** A small text file of the folder that the host may write to: read whole, replaced whole at each change. */
final class DataFile {
    /** Framework property: that folder. */
    static final String FOLDER_PROPERTY = "carillon.data";
    private static final System.Logger LOG = System.getLogger(DataFile.class.getName());

    /** Null where there is no folder: then nothing outlives this run. */
    private final Path file;
    private String written = "";

    /** @param folder value of {@link #FOLDER_PROPERTY}; null for none. */
    static DataFile in(String folder, String name) {
        return new DataFile(folder == null ? null : Path.of(folder), name);
    }

    DataFile(Path folder, String name) {
        file = folder == null ? null : folder.resolve(name);
    }

    /**
     * What the file holds.
     *
     * @param parser throws {@link IllegalArgumentException} for what it does not understand: that is put aside.
     * @param empty  where there is none.
     */
    <T> T read(Function<String, T> parser, T empty) {
        try {
            written = file == null ? "" : Files.readString(file);
            return file == null ? empty : parser.apply(written);
        } catch (NoSuchFileException e) {
            return empty;
        } catch (IOException | IllegalArgumentException e) {
            Path aside = file.resolveSibling(file.getFileName() + ".bad");
            LOG.log(Level.WARNING, "what was remembered cannot be read and is put aside: file={0}, aside={1}, "
                    + "reason={2}", file, aside, e.getMessage());
            move(file, aside);
            return empty;
        }
    }

    void write(String text) {
        if (file == null || text.equals(written)) {
            return;
        }
        written = text; // or told once that it could not be
        Path next = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.writeString(next, text);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "nothing is remembered beyond this run: file={0}, reason={1}", next, e);
            return;
        }
        move(next, file);
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "file cannot be renamed: from={0}, to={1}, reason={2}", from, to, e);
        }
    }
}
