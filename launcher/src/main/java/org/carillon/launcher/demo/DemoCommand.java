package org.carillon.launcher.demo;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.carillon.launcher.HostOptions;
import org.carillon.launcher.command.ExitCodes;
import org.carillon.launcher.command.InstrumentOption;
import org.carillon.launcher.command.Profile;
import org.carillon.launcher.command.StandingHost;
import org.carillon.launcher.command.StatusLine;
import org.carillon.launcher.sound.Orchestra;
import org.carillon.launcher.sound.SongFile;
import org.carillon.launcher.sound.SongMessages;
import org.carillon.sequencer.MidiFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows in half a minute what a server does, and proves it. */
@Command(name = "demo", description = "Play a piece through a server of its own, compare what comes out, let it be "
        + "heard, draw how late it was.", mixinStandardHelpOptions = true,
        footer = {"",
            "It sounds at a sound server or card; where there is none, a WAV file is made of what came out.",
            "", "Example:", "  carillon demo --seconds 10 --exit"})
public final class DemoCommand implements Callable<Integer> {
    private static final int MAX_SECONDS = 240;
    private static final int DEFAULT_SECONDS = 20;
    private static final int CANON_TRANSPOSE = 2;
    /** The built-in instrument leaves room for hundreds of voices; the built-in piece has four. */
    private static final double CANON_GAIN_DB = 15;
    private static final long STAY_LIMIT_MS = TimeUnit.SECONDS.toMillis(270);
    private static final String PICTURE = "carillon-demo-lateness.svg";
    private static final String WAVEFORM = "carillon-demo-waveform.svg";

    @Parameters(paramLabel = "SONG", arity = "0..1",
            description = "MIDI file to play as it is, instead of the built-in "
                    + "piece, which is moved up by a filter.")
    private Path song;

    @Option(names = "--exit",
            description = "End after the report. Otherwise, on a terminal, the server stays for a few "
                    + "minutes.")
    private boolean exit;

    @Option(names = "--json", description = "Print one JSON object instead of the table, and end.")
    private boolean json;

    @Option(names = "--seconds", paramLabel = "N", description = "How long the piece is to last, 1 to " + MAX_SECONDS
            + "; default: " + DEFAULT_SECONDS + ". A song of yours ends there; default: its own length.")
    private Integer seconds;

    @Mixin
    private InstrumentOption instrument;

    @Option(names = "--wav", paramLabel = "FILE",
            description = "Make this WAV file, whether there is a sound server or "
                    + "not. Default where there is none: " + DemoStage.WAV + " in this folder.")
    private Path wav;

    @Option(names = "--picture", paramLabel = "FILE", description = "Where to draw the picture. Default: " + PICTURE
            + " in this folder or, where that is read-only, among temporary files.")
    private Path picture;

    @Option(names = "--waveform", paramLabel = "FILE", description = "Where to draw the sound. Default: " + WAVEFORM
            + " as above.")
    private Path waveform;

    @Mixin
    private Profile profile;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (seconds != null && (seconds < 1 || seconds > MAX_SECONDS)) {
            throw new ParameterException(spec.commandLine(),
                    "--seconds must be 1 to " + MAX_SECONDS + ": seconds=" + seconds);
        }
        long startNs = System.nanoTime();
        MidiFile file = song == null ? null : SongFile.read(song);
        Orchestra orchestra = file == null
                ? Orchestra.of(instrument.file())
                : Orchestra.of(instrument.file(), file.sequence());
        Score score = file == null
                ? ScoreReader.readResource("canon.score")
                        .stretchedTo(TimeUnit.SECONDS.toNanos(seconds == null ? DEFAULT_SECONDS : seconds))
                : SongScore.of(file, seconds == null ? SongMessages.WHOLE : TimeUnit.SECONDS.toNanos(seconds));
        HostOptions options = profile.apply(HostOptions.temporary().withoutConfigurationFiles().without(HostOptions.WEB)
                .configuration("org.carillon.driver.loopback~loop", Map.of("name", Demo.LOOP)),
                spec.commandLine().getErr());
        try (StandingHost standing = new StandingHost(options)) {
            int code = perform(standing, score, orchestra);
            if (!exit && !json && StatusLine.isTerminal()) {
                stay(standing, startNs, code);
            }
            return code;
        }
    }

    private int perform(StandingHost standing, Score score, Orchestra orchestra) {
        ProgressLine progress = new ProgressLine(spec.commandLine().getErr(), score, StatusLine.isTerminal());
        Demo demo = new Demo(score, song == null ? CANON_TRANSPOSE : 0, progress);
        try (DemoStage stage = new DemoStage(standing.host().sessions(), orchestra.instrument(), wav,
                song == null && instrument.file() == null ? CANON_GAIN_DB : 0)) {
            DemoReport report = demo.perform(standing.host().sessions(), stage.destination());
            progress.end();
            DemoSound sound = stage.sound(demo.heard());
            print(report, sound, DemoFiles.draw(DemoFiles.place(picture, PICTURE), report.picture()),
                    DemoFiles.draw(DemoFiles.place(waveform, WAVEFORM), sound.picture(score.name())));
            return report.isGood(sound) ? ExitCodes.DONE : ExitCodes.FAILED;
        }
    }

    private void print(DemoReport report, DemoSound sound, Path drawn, Path drawnSound) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? report.json(drawn, sound, drawnSound) : report.text(drawn, sound, drawnSound));
        out.flush();
    }

    private void stay(StandingHost standing, long startNs, int code) throws InterruptedException {
        long leftMs = Math.max(0, STAY_LIMIT_MS - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs));
        PrintWriter out = spec.commandLine().getOut();
        out.println("The server stays for " + TimeUnit.MILLISECONDS.toSeconds(leftMs)
                + " seconds; end it with Ctrl-C. Without waiting: carillon demo --exit");
        out.flush();
        standing.stay(leftMs, code);
    }
}
