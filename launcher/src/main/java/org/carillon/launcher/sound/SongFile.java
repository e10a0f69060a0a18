package org.carillon.launcher.sound;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.carillon.api.port.CarillonException;
import org.carillon.sequencer.MidiFile;
import org.carillon.sequencer.MidiFileException;
import org.carillon.sequencer.MidiFileReader;

/** Reads Standard MIDI Files for the verbs. */
public final class SongFile {
    private SongFile() {}

    /**
     * Reads a file as far as it can be read.
     *
     * @throws CarillonException where there is nothing in it.
     */
    public static MidiFile read(Path file) {
        if (Files.isDirectory(file)) {
            throw failed("file to play must be a file: folder=" + file);
        }
        try {
            return MidiFileReader.read(file);
        } catch (NoSuchFileException e) {
            throw failed("file must exist: file=" + file);
        } catch (MidiFileException e) {
            throw failed(e.getMessage());
        } catch (IOException e) {
            throw failed("file must be readable: file=" + file + ", reason=" + e.getMessage());
        }
    }

    private static CarillonException failed(String message) {
        return new CarillonException(CarillonException.Kind.FAILED, message);
    }
}
