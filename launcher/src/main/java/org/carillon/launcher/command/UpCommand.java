package org.carillon.launcher.command;

import com.eclipsesource.json.Json;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.carillon.api.port.CarillonException;
import org.carillon.launcher.CarillonHost;
import org.carillon.launcher.HostOptions;
import org.carillon.launcher.command.client.DetachedServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs a server until it is told to end. */
@Command(name = "up", description = "Start a server; it runs until Ctrl-C or SIGTERM.", mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  carillon up --data /var/lib/carillon", "  carillon up --instrument PIANO.sf2",
            "  carillon up --detach --data /var/lib/carillon"})
public final class UpCommand implements Callable<Integer> {
    private static final Duration REST_LIMIT = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final String TRANSPORT = "org.carillon.transport.shm";
    private static final String SAMPLER = "org.carillon.sampler~up";
    private static final String INSTRUMENT_PORT = "instrument";
    private static final String BUILT_IN = "built-in";

    @Option(names = "--data", paramLabel = "DIR", description = "Folder that the server writes to; one server at a "
            + "time has it. Default: data/ of the distribution or, where that is read-only, of the user.")
    private Path data;

    @Option(names = "--instrument", paramLabel = "X",
            description = "Sounds as port \"instrument\" and is played by the "
                    + "first keyboard that is or comes there: .sf2, .sfz, .wav, a folder of .wav files, or built-in.")
    private String instrument;

    @Option(names = "--on-demand", description = "End two seconds after the last session of another program: so "
            + "libraries start a server that nobody else needs.")
    private boolean onDemand;

    @Option(names = "--detach", description = "Return as soon as the server is ready; it stays until 'carillon down'. "
            + "Other options are the server's.")
    private boolean detach;

    @Option(names = "--json", description = "Print one JSON object when all of it runs.")
    private boolean json;

    @Option(names = "--shell", description = "Read commands from standard input: 'help carillon:connect' explains one. "
            + "The end of the input is not the end of the server.")
    private boolean shell;

    @Mixin
    private Profile profile;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        if (detach) {
            return startDetached(out);
        }
        HostOptions options = HostOptions.defaults();
        if (data != null) {
            options = options.data(data);
        }
        if (instrument != null) {
            options = options.configuration(SAMPLER, Map.of("name", INSTRUMENT_PORT, "instrument", instrument()));
        }
        if (onDemand) {
            options = options.configuration(TRANSPORT, Map.of("endsWithLastSession", true));
        }
        if (shell) {
            options = options.shell();
        }
        options = profile.apply(options, spec.commandLine().getErr());
        try (StandingHost standing = new StandingHost(options)) {
            long readyMs = ProcessTime.sinceStartMs();
            if (!json) {
                print(out, UpReport.firstLine(readyMs));
            }
            Optional<UpReport> report = awaitRest(standing.host(), readyMs,
                    json ? line -> {} : line -> print(out, line));
            if (report.isEmpty()) {
                return ExitCodes.DONE;
            }
            if (json) {
                print(out, report.get().json().toString());
            }
            if (instrument == null) {
                standing.stay(Long.MAX_VALUE, ExitCodes.DONE);
            } else {
                stayWithInstrument(standing, out);
            }
        }
        return ExitCodes.DONE;
    }

    private int startDetached(PrintWriter out) {
        if (onDemand || shell) {
            throw new ParameterException(spec.commandLine(), "--detach excludes --on-demand and --shell");
        }
        if (instrument != null) {
            instrument(); // here it can still be said
        }
        DetachedServer.start(serverOptions(), out, json);
        return ExitCodes.DONE;
    }

    /** What was given that is not for this program but for the server that it starts. */
    private List<String> serverOptions() {
        List<String> options = new ArrayList<>();
        for (OptionSpec option : spec.commandLine().getParseResult().matchedOptionsSet()) {
            if (!List.of("--detach", "--json").contains(option.longestName())) {
                options.add(option.longestName());
                options.addAll(option.arity().max() == 0 ? List.of() : option.stringValues());
            }
        }
        return options;
    }

    /**
     * Tells of ports and of the console as soon as they are there, at last of the drivers; for as long as a person
     * would wait: what takes longer is there later.
     *
     * @return nothing when the server has ended meanwhile.
     */
    private Optional<UpReport> awaitRest(CarillonHost host, long readyMs, Consumer<String> lines)
            throws InterruptedException {
        long untilNs = System.nanoTime() + REST_LIMIT.toNanos();
        Set<Integer> toldPorts = new HashSet<>();
        boolean isConsoleTold = false;
        while (true) {
            UpReport report = UpReport.of(host, readyMs);
            boolean isLast = isAllThere(report) || System.nanoTime() - untilNs >= 0;
            report.ports().stream().filter(port -> toldPorts.add(port.id())).map(UpReport::line).forEach(lines);
            if (!isConsoleTold && (isLast || report.isConsoleKnown())) {
                isConsoleTold = true;
                lines.accept(report.consoleLine());
            }
            if (isLast) {
                report.driverLines().forEach(lines);
                return Optional.of(report);
            }
            if (host.awaitEnd(LOOK)) {
                return Optional.empty();
            }
        }
    }

    private boolean isAllThere(UpReport report) {
        return report.isConsoleKnown() && report.areDriversOpen()
                && (instrument == null || report.hasPort(INSTRUMENT_PORT));
    }

    private void stayWithInstrument(StandingHost standing, PrintWriter out) throws InterruptedException {
        if (!json) {
            print(out, "instrument " + instrument + ": plays with the first keyboard that is or comes there");
        }
        try (KeyboardWatch _ = new KeyboardWatch(standing.host(), INSTRUMENT_PORT, keyboard -> print(out, json
                ? Json.object().add("schema", UpReport.SCHEMA).add("keyboard", keyboard).toString()
                : "keyboard " + keyboard + " plays " + instrument))) {
            standing.stay(Long.MAX_VALUE, ExitCodes.DONE);
        }
    }

    /** As the sampler's configuration has it. */
    private String instrument() {
        if (instrument.equals(BUILT_IN)) {
            return instrument;
        }
        Path file = Path.of(instrument).toAbsolutePath();
        if (!Files.exists(file)) {
            throw new CarillonException(CarillonException.Kind.WRONG_USAGE,
                    "instrument must be " + BUILT_IN + " or a file that exists: file=" + file);
        }
        return file.toString();
    }

    private static void print(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }
}
