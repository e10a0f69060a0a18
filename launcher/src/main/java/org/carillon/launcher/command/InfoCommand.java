package org.carillon.launcher.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.carillon.api.port.CarillonException;
import org.carillon.launcher.sound.Orchestra;
import org.carillon.launcher.sound.SongFile;
import org.carillon.sampler.format.WavReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what is in a file. */
@Command(name = "info",
        description = "Say what is in a MIDI file, an instrument (.sf2, .sfz, a folder of WAV files) or "
                + "a WAV file, and what is wrong with it.",
        mixinStandardHelpOptions = true,
        footer = {"", "Damage is told with its place, and the rest is read: exit code 0, with --strict 1; 1 where",
            "nothing can be read.", "", "Example:", "  carillon info song.mid --json"})
public final class InfoCommand implements Callable<Integer> {
    private static final int HEAD_LENGTH = 12;
    private static final int FORM_OFFSET = 8;

    @Parameters(paramLabel = "FILE", description = "MIDI file, instrument or WAV file.")
    private Path file;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Option(names = "--strict", description = "End with exit code 1 where anything is wrong with the file.")
    private boolean strict;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        FileInfo info = read();
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? info.json() : info.text());
        out.flush();
        return strict && info.findings() > 0 ? ExitCodes.FAILED : ExitCodes.DONE;
    }

    private FileInfo read() {
        try {
            if (Files.isDirectory(file)) {
                return instrument(0);
            }
            long lengthBytes = Files.size(file);
            return switch (kind()) {
                case "WAVE" -> new WavInfo(file.toString(), lengthBytes, WavReader.read(file));
                case "sfbk", "sfz" -> instrument(lengthBytes);
                default -> new MidiInfo(SongFile.read(file), lengthBytes);
            };
        } catch (NoSuchFileException e) {
            throw failed("file must exist: file=" + file);
        } catch (IOException e) {
            throw failed("file cannot be read: " + e.getMessage());
        }
    }

    private FileInfo instrument(long lengthBytes) {
        Orchestra loaded = Orchestra.of(file);
        return new SoundInfo(file.toString(), lengthBytes, loaded.instrument(), loaded.notices());
    }

    /** By the first bytes; by the name where they say nothing. */
    private String kind() throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            String head = new String(in.readNBytes(HEAD_LENGTH), StandardCharsets.ISO_8859_1);
            if (head.length() == HEAD_LENGTH && (head.startsWith("RIFF") || head.startsWith("RF64"))) {
                return head.substring(FORM_OFFSET);
            }
        }
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "wav", "wave" -> "WAVE";
            case "sf2" -> "sfbk";
            case "sfz" -> "sfz";
            default -> "MIDI";
        };
    }

    private static CarillonException failed(String message) {
        return new CarillonException(CarillonException.Kind.FAILED, message);
    }
}
