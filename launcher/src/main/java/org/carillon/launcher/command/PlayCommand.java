package org.carillon.launcher.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.Direction;
import org.carillon.api.port.PortSearch;
import org.carillon.launcher.HostOptions;
import org.carillon.launcher.command.client.Interruption;
import org.carillon.launcher.command.client.Server;
import org.carillon.launcher.sound.LiveSound;
import org.carillon.launcher.sound.Orchestra;
import org.carillon.launcher.sound.OutputChoice;
import org.carillon.launcher.sound.Performance;
import org.carillon.launcher.sound.RenderOptions;
import org.carillon.launcher.sound.Rendered;
import org.carillon.launcher.sound.SongFile;
import org.carillon.launcher.sound.SongPlay;
import org.carillon.launcher.sound.SongRender;
import org.carillon.sequencer.MidiFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Plays a song. */
@Command(name = "play", description = "Play a MIDI file: with the built-in instrument, or to ports.",
        mixinStandardHelpOptions = true, footer = {"",
            "With --port it plays to ports of the server that runs; else in a server of its own, with the ports of",
            "config/. Each message goes to the server 200 ms ahead with its date, and the server keeps the time.",
            "Where there is no sound server or card, it says so and plays all the same. Ctrl-C ends it; no note stays.",
            "", Server.ADDRESSES, "", "Example:", "  carillon play song.mid --tempo 150%% --from 2:1",
            "  carillon play song.mid -p synth --tempo 240", "  carillon play song.mid -p synth,loop --loop 1:1..2:1"})
public final class PlayCommand implements Callable<Integer> {
    private static final double MAX_GAIN_DB = 60;
    private static final Set<String> OF_OWN_SERVER = Set.of("--to", "--instrument", "--output", "--gain",
            "--exit-on-end", "--no-exit-on-end", "--realtime");

    @Parameters(paramLabel = "FILE", description = "MIDI file.")
    private Path file;

    @Option(names = {"-p", "--port"}, paramLabel = "PORT", split = ",", description = "Destination of the server that "
            + "runs; more than one with commas between.")
    private List<String> ports = List.of();

    @Mixin
    private Server server;

    @Option(names = "--to", paramLabel = "PORT", description = "Destination to play to: its name, or a part of it that "
            + "no other has. Then it sounds only if --instrument or --output is given, too.")
    private String to;

    @Mixin
    private PerformanceOptions performance;

    @Option(names = "--loop", paramLabel = "FROM..TO", description = "Play these bars again and again, such as "
            + "5:1..9:1, until Ctrl-C; 'all' for the whole song.")
    private String loop;

    @Mixin
    private InstrumentOption instrument;

    @Option(names = "--output", paramLabel = "WHERE", description = "jack, javasound, none (plays, unheard), or a file "
            + "named .wav, which is made as fast as it goes. Default: a sound server, else a card.")
    private String output;

    @Option(names = "--gain", paramLabel = "DB", defaultValue = "0",
            description = "Louder, or softer where negative, -60 to 60 dB; default: ${DEFAULT-VALUE}.")
    private double gainDb;

    @Option(names = "--exit-on-end", negatable = true, defaultValue = "true", fallbackValue = "true",
            description = "End with the song; with --no-exit-on-end the server stays until Ctrl-C. Default: end.")
    private boolean exitOnEnd;

    @Option(names = "--json", description = "Print one JSON object at the end.")
    private boolean json;

    @Mixin
    private Profile profile;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        OutputChoice choice = choice();
        if (!(Math.abs(gainDb) <= MAX_GAIN_DB)) {
            throw new ParameterException(spec.commandLine(), "--gain must be -60 to 60: gain=" + gainDb);
        }
        MidiFile song = SongFile.read(file);
        Performance wanted = performance.of(song.sequence(), spec.commandLine());
        LoopWords bars = loop == null ? null : LoopWords.parse(loop, spec.commandLine());
        if (!song.damage().isEmpty()) {
            say("the song is damaged and played as far as it can be read; carillon info tells where: findings="
                    + song.damage().size());
        }
        if (!ports.isEmpty()) {
            checkAlone();
            server.run(() -> playToServer(song, wanted, bars));
            return ExitCodes.DONE;
        }
        if (choice.kind() == OutputChoice.Kind.FILE) {
            return render(song, wanted, choice);
        }
        return playHere(song, wanted, bars, choice);
    }

    private int playHere(MidiFile song, Performance wanted, LoopWords bars, OutputChoice choice)
            throws InterruptedException {
        boolean sounds = to == null || output != null || instrument.file() != null;
        Orchestra orchestra = sounds ? Orchestra.of(instrument.file(), song.sequence()) : null;
        HostOptions options = profile.apply(HostOptions.temporary().without(HostOptions.WEB),
                spec.commandLine().getErr());
        try (StandingHost standing = new StandingHost(options)) {
            String port = to == null ? ""
                    : PortSearch.find(to, Direction.DESTINATION,
                            standing.host().status().ports());
            try (LiveSound sound = sounds ? sound(standing, orchestra, choice) : null) {
                play(standing, song, wanted, bars, sound, port);
            }
            standing.finish(ExitCodes.DONE);
            if (!exitOnEnd && !standing.isTold()) {
                standing.stay(Long.MAX_VALUE, ExitCodes.DONE);
            }
        }
        return ExitCodes.DONE;
    }

    /** What makes sound here has no say in a server that runs. */
    private void checkAlone() {
        List<String> others = spec.commandLine().getParseResult().matchedOptionsSet().stream()
                .map(OptionSpec::longestName).filter(OF_OWN_SERVER::contains).sorted().toList();
        if (!others.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--port excludes " + String.join(", ", others));
        }
    }

    private void playToServer(MidiFile song, Performance wanted, LoopWords bars) {
        List<String> names = server.destinations(ports);
        StatusLine status = new StatusLine(spec.commandLine().getErr(), StatusLine.isTerminal());
        try (Interruption told = new Interruption()) {
            SongPlay play = new SongPlay(server.sessions(), song.sequence(), wanted);
            told.wakes(play::wake);
            try (play) {
                names.forEach(play::connect);
                if (bars != null) {
                    bars.apply(play, spec.commandLine());
                }
                play.run(told::isTold, progress -> status.show(() -> PlayWords.line(file, progress, null)));
            } finally {
                status.end();
            }
            if (!play.isComplete() && !told.isTold()) {
                throw new CarillonException(CarillonException.Kind.UNREACHABLE, "server has ended while it played");
            }
            String to = String.join(",", names);
            print(json ? PlayWords.json(song, play, null, to).toString() : PlayWords.text(song, play, null, to));
            told.finish(ExitCodes.DONE);
        }
    }

    private OutputChoice choice() {
        try {
            OutputChoice choice = OutputChoice.parse(output);
            if (choice.kind() == OutputChoice.Kind.FILE && (loop != null || to != null)) {
                throw new ParameterException(spec.commandLine(),
                        "--output FILE.wav goes with neither --loop nor --to: output=" + output);
            }
            return choice;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private Integer render(MidiFile song, Performance wanted, OutputChoice choice) {
        Orchestra orchestra = Orchestra.of(instrument.file(), song.sequence());
        Rendered rendered = SongRender.render(song.sequence(), wanted, orchestra.instrument(),
                RenderOptions.DEFAULTS.withGainDb(gainDb),
                choice.file(), frames -> {});
        print(json
                ? RenderCommand.json(song, orchestra, rendered).toString()
                : RenderCommand.text(song, orchestra, rendered));
        return ExitCodes.DONE;
    }

    private LiveSound sound(StandingHost standing, Orchestra orchestra, OutputChoice choice) {
        OutputChoice.Opened opened = choice.open();
        if (!opened.notice().isEmpty()) {
            say("nothing to hear with here, so the song plays unheard; --output song.wav makes a file of it ("
                    + opened.notice() + ")");
        }
        String notices = InstrumentOption.words(orchestra);
        if (!notices.isEmpty()) {
            say("instrument " + orchestra.name() + ":" + notices);
        }
        return new LiveSound(standing.host().sessions(), orchestra.instrument(), opened.output(), gainDb);
    }

    private void play(StandingHost standing, MidiFile song, Performance wanted, LoopWords bars, LiveSound sound,
            String port) {
        StatusLine status = new StatusLine(spec.commandLine().getErr(), StatusLine.isTerminal());
        SongPlay play = new SongPlay(standing.host().sessions(), song.sequence(), wanted);
        try (play) {
            if (sound != null) {
                play.connect(sound.destination());
            }
            if (!port.isEmpty()) {
                play.connect(port);
            }
            if (bars != null) {
                bars.apply(play, spec.commandLine());
            }
            standing.begin(play::wake);
            play.run(standing::isTold, progress -> status.show(() -> PlayWords.line(file, progress, sound)));
        } finally {
            status.end();
        }
        if (sound != null) {
            sound.awaitSilence(standing.isTold() ? SongPlay.RELEASE_NS : SongPlay.TAIL_NS);
        }
        print(json
                ? PlayWords.json(song, play, sound, port).toString()
                : PlayWords.text(song, play, sound, port));
    }

    private void say(String words) {
        PrintWriter out = spec.commandLine().getErr();
        out.println("carillon: " + words);
        out.flush();
    }

    private void print(String words) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(words);
        out.flush();
    }
}
