package org.carillon.launcher.command;

import com.eclipsesource.json.JsonObject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.carillon.launcher.sound.Orchestra;
import org.carillon.launcher.sound.RenderOptions;
import org.carillon.launcher.sound.Rendered;
import org.carillon.launcher.sound.SongFile;
import org.carillon.launcher.sound.SongRender;
import org.carillon.sampler.format.WavWriter.Encoding;
import org.carillon.sequencer.MidiFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a WAV file of a song. */
@Command(name = "render", description = "Make a WAV file of a MIDI file, as fast as it goes.",
        mixinStandardHelpOptions = true, footer = {"",
            "The file ends when the last voice has died away, at most 10 seconds after the music. It never clips:",
            "where it would, it is made again with less gain, so that its peak is 1 dB below full scale. The same",
            "song, instrument and options give the same bytes.", "", "Example:",
            "  carillon render song.mid -o song.wav --format 24"})
public final class RenderCommand implements Callable<Integer> {
    private static final int SCHEMA = 1;
    private static final double NS_PER_S = 1e9;

    @Parameters(paramLabel = "SONG", description = "MIDI file.")
    private Path song;

    @Option(names = {"-o", "--to"}, paramLabel = "FILE",
            description = "WAV file to make. Default: the name of the song "
                    + "with .wav, in this folder.")
    private Path target;

    @Mixin
    private InstrumentOption instrument;

    @Mixin
    private PerformanceOptions performance;

    @Option(names = "--rate", paramLabel = "HZ", defaultValue = "48000",
            description = "Frames a second, 8000 to 384000; default: ${DEFAULT-VALUE}.")
    private int rateHz;

    @Option(names = "--format", paramLabel = "16|24|float", defaultValue = "16",
            description = "How numbers are written; default: ${DEFAULT-VALUE} bits.")
    private String format;

    @Option(names = "--block", paramLabel = "FRAMES", defaultValue = "64",
            description = "Frames made at once, 16 to 8192; default: ${DEFAULT-VALUE}.")
    private int blockFrames;

    @Option(names = "--gain", paramLabel = "DB", defaultValue = "0",
            description = "Louder, or softer where negative, -60 to 60 dB; default: ${DEFAULT-VALUE}.")
    private double gainDb;

    @Option(names = "--polyphony", paramLabel = "N", defaultValue = "256",
            description = "Voices that sound at once, 1 to 4096; default: ${DEFAULT-VALUE}.")
    private int polyphony;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        RenderOptions options = options();
        Path wav = target == null ? named(song) : target;
        MidiFile file = SongFile.read(song);
        Orchestra orchestra = Orchestra.of(instrument.file(), file.sequence());
        StatusLine status = new StatusLine(spec.commandLine().getErr(), StatusLine.isTerminal());
        Rendered rendered = SongRender.render(file.sequence(), performance.of(file.sequence(), spec.commandLine()),
                orchestra.instrument(), options, wav,
                frames -> status.show(() -> song + ": " + frames / rateHz + " s of music made"));
        status.end();
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? json(file, orchestra, rendered) : text(file, orchestra, rendered));
        out.flush();
        return ExitCodes.DONE;
    }

    private RenderOptions options() {
        require("--rate", rateHz, 8_000, 384_000);
        require("--block", blockFrames, 16, 8_192);
        require("--polyphony", polyphony, 1, 4_096);
        require("--gain", gainDb, -60, 60);
        Encoding encoding = switch (format) {
            case "16" -> Encoding.INT_16;
            case "24" -> Encoding.INT_24;
            case "float" -> Encoding.FLOAT_32;
            default -> throw new ParameterException(spec.commandLine(),
                    "--format must be 16, 24 or float: format=" + format);
        };
        return new RenderOptions(rateHz, encoding, blockFrames, polyphony, gainDb);
    }

    private void require(String option, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new ParameterException(spec.commandLine(), String.format(Locale.ROOT,
                    "%s must be %.0f to %.0f: value=%s", option, least, most, value));
        }
    }

    private static Path named(Path song) {
        String name = String.valueOf(song.getFileName());
        int dot = name.lastIndexOf('.');
        return Path.of((dot > 0 ? name.substring(0, dot) : name) + ".wav");
    }

    static JsonObject json(MidiFile file, Orchestra orchestra, Rendered rendered) {
        return new JsonObject().add("schema", SCHEMA).add("file", file.name())
                .add("wav", rendered.file().toAbsolutePath().toString()).add("instrument", orchestra.name())
                .add("sample_rate_hz", rendered.sampleRateHz()).add("frames", rendered.frames())
                .add("seconds", rendered.seconds()).add("music_seconds", rendered.musicNs() / NS_PER_S)
                .add("times_real_time", Math.round(rendered.timesRealTime() * 10) / 10.0)
                .add("gain_db", Math.round(rendered.gainDb() * 100) / 100.0)
                .add("gain_lowered", rendered.isLowered())
                .add("peak_dbfs", Decibels.json(rendered.meter().peakDbfs()))
                .add("rms_dbfs", Decibels.json(rendered.meter().rmsDbfs())).add("events", rendered.messages())
                .add("voices_peak", rendered.statistics().peakVoices())
                .add("voices_stolen", rendered.statistics().stolenVoices()).add("cut", rendered.isCut())
                .add("damage", file.damage().size()).add("notices", SoundInfo.json(orchestra.notices()));
    }

    static String text(MidiFile file, Orchestra orchestra, Rendered rendered) {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, """
                %s: %.1f seconds of music, %.1f of sound, made %.0f times faster than it sounds
                  peak %s, RMS %s, gain %+.2f dB%s
                  %d events, instrument %s, at most %d voices at once, %d cut short for others""", rendered.file(),
                rendered.musicNs() / NS_PER_S, rendered.seconds(), rendered.timesRealTime(),
                Decibels.text(rendered.meter().peakDbfs()), Decibels.text(rendered.meter().rmsDbfs()),
                rendered.gainDb(), rendered.isLowered() ? ", lowered so that nothing clips" : "",
                rendered.messages(), orchestra.name(), rendered.statistics().peakVoices(),
                rendered.statistics().stolenVoices()));
        if (rendered.isCut()) {
            text.append("\n  voices sounded still 10 seconds after the music, and were cut");
        }
        text.append(InstrumentOption.words(orchestra));
        if (!file.damage().isEmpty()) {
            text.append("\n  the song is damaged, findings=").append(file.damage().size())
                    .append("; carillon info tells where");
        }
        return text.toString();
    }
}
