package org.carillon.launcher.command.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.CarillonException.Kind;
import org.carillon.protocol.Event;
import org.carillon.sequencer.MidiFileWriter;
import org.carillon.sequencer.Recorder;
import org.carillon.sequencer.RecorderOptions;

/** What a tap saw, for a file: its name says in which form. Written when the tap ends. */
abstract class TapFile {
    private static final double NS_PER_S = 1e9;

    private final Path path;

    private TapFile(Path path) {
        this.path = path;
    }

    /**
     * A file to be.
     *
     * @param port  what is tapped.
     * @param nowNs server time.
     */
    static TapFile of(Path path, String port, long nowNs) {
        if (Files.isDirectory(path) || !Files.isDirectory(path.toAbsolutePath().getParent())) {
            throw new CarillonException(Kind.FAILED,
                    "file must be in a folder that is there, and no folder itself: file=" + path);
        }
        String name = path.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".mid")) {
            return new Song(path, port, nowNs);
        }
        if (name.endsWith(".syx")) {
            return new Sysex(path);
        }
        if (name.endsWith(".txt")) {
            return new Words(path);
        }
        throw new CarillonException(Kind.WRONG_USAGE, "file must end with .mid, .syx or .txt: file=" + path);
    }

    /** Takes a record: a message, or a piece of one. */
    void record(Event event) {}

    /** Takes a whole message. */
    void add(SeenMessage seen) {}

    abstract byte[] bytes(long nowNs);

    final void write(long nowNs) {
        try {
            Files.write(path, bytes(nowNs));
        } catch (IOException e) {
            throw new CarillonException(Kind.FAILED, "file must be writable: file=" + path + ", reason=" + e);
        }
    }

    /** A Standard MIDI File. */
    private static final class Song extends TapFile {
        private final Recorder recorder;

        Song(Path path, String port, long nowNs) {
            super(path);
            recorder = new Recorder(RecorderOptions.DEFAULTS, List.of(port));
            recorder.start(nowNs);
        }

        @Override
        void record(Event event) {
            recorder.onEvent(event);
        }

        @Override
        byte[] bytes(long nowNs) {
            return MidiFileWriter.toBytes(recorder.sequence(nowNs));
        }
    }

    /** System exclusive messages, one after the other, and nothing else. */
    private static final class Sysex extends TapFile {
        private final ByteArrayOutputStream messages = new ByteArrayOutputStream();

        Sysex(Path path) {
            super(path);
        }

        @Override
        void add(SeenMessage seen) {
            if (seen.isWholeSysex()) {
                messages.writeBytes(seen.bytes());
            }
        }

        @Override
        byte[] bytes(long nowNs) {
            return messages.toByteArray();
        }
    }

    /** Words and dates that {@code carillon send --file} takes. */
    private static final class Words extends TapFile {
        private final StringBuilder lines = new StringBuilder();
        private long firstNs = -1;

        Words(Path path) {
            super(path);
        }

        @Override
        void add(SeenMessage seen) {
            firstNs = firstNs < 0 ? seen.timeNs() : firstNs;
            lines.append(String.format(Locale.ROOT, "at +%.6f %s%n", (seen.timeNs() - firstNs) / NS_PER_S,
                    seen.words()));
        }

        @Override
        byte[] bytes(long nowNs) {
            return lines.toString().getBytes(StandardCharsets.UTF_8);
        }
    }
}
