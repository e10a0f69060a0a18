package org.carillon.launcher.command;

import com.eclipsesource.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.Direction;
import org.carillon.api.port.PortInfo;
import org.carillon.api.port.PortSearch;
import org.carillon.launcher.HostOptions;
import org.carillon.launcher.command.client.Interruption;
import org.carillon.launcher.command.client.Server;
import org.carillon.launcher.sound.Recording;
import org.carillon.sequencer.Recorder;
import org.carillon.sequencer.SequenceSummary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Records a port. */
@Command(name = "record", description = "Record ports into a MIDI file.", mixinStandardHelpOptions = true, footer = {
    "",
    "With --port it records ports of the server that runs, each into a track; else in a server of its own, with the",
    "ports of config/. Ctrl-C ends the recording, and the file is written.", "", Server.ADDRESSES, "", "Example:",
    "  carillon record take.mid --from loop --seconds 60", "  carillon record take.mid -p keystation",
    "  carillon record take.mid -p keystation,synth --seconds 60"})
public final class RecordCommand implements Callable<Integer> {
    private static final int SCHEMA = 1;
    private static final double NS_PER_S = 1e9;
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(200);

    @Parameters(paramLabel = "FILE", description = "MIDI file to write; one that is there is replaced at the end.")
    private Path file;

    @Option(names = {"-p", "--port"}, paramLabel = "PORT", split = ",", description = "Source of the server that runs; "
            + "more than one with commas between.")
    private List<String> ports = List.of();

    @Mixin
    private Server server;

    @Option(names = "--from", paramLabel = "PORT", description = "Source to record: its name, or a part of it that no "
            + "other has. Default: the only one there is.")
    private String from;

    @Option(names = "--seconds", paramLabel = "N", description = "How long to record. Default: until Ctrl-C.")
    private Double seconds;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (!ports.isEmpty() && from != null) {
            throw new ParameterException(spec.commandLine(), "--port excludes --from");
        }
        if (seconds != null && !(seconds > 0 && seconds <= TimeUnit.DAYS.toSeconds(1))) {
            throw new ParameterException(spec.commandLine(), "--seconds must be above 0 and at most 86400: seconds="
                    + seconds);
        }
        if (Files.isDirectory(file) || !Files.isDirectory(file.toAbsolutePath().getParent())) {
            throw failed("file must be in a folder that is there, and no folder itself: file=" + file);
        }
        if (ports.isEmpty()) {
            recordHere();
        } else {
            server.run(this::recordServer);
        }
        return ExitCodes.DONE;
    }

    private void recordHere() {
        try (StandingHost standing = new StandingHost(HostOptions.temporary().without(HostOptions.WEB))) {
            String source = source(standing.host().status().ports());
            try (Recording recording = new Recording(standing.host().sessions(), List.of(source))) {
                standing.begin(recording::wake);
                record(standing::isTold, recording, source);
                write(recording, source);
                standing.finish(ExitCodes.DONE);
            }
        }
    }

    private void recordServer() {
        List<String> sources = server.sources(ports);
        String names = String.join(",", sources);
        try (Interruption told = new Interruption();
                Recording recording = new Recording(server.sessions(), sources)) {
            told.wakes(recording::wake);
            record(told::isTold, recording, names);
            write(recording, names);
            told.finish(ExitCodes.DONE);
        }
    }

    private String source(List<PortInfo> ports) {
        if (from != null) {
            return PortSearch.find(from, Direction.SOURCE, ports);
        }
        return PortSearch.find("", Direction.SOURCE, ports);
    }

    /** What was recorded until the server ended is kept. */
    private void record(BooleanSupplier isTold, Recording recording, String source) {
        StatusLine status = new StatusLine(spec.commandLine().getErr(), StatusLine.isTerminal());
        spec.commandLine().getErr().println("carillon: recording " + source
                + (seconds == null ? "; Ctrl-C ends it" : ""));
        spec.commandLine().getErr().flush();
        long startNs = System.nanoTime();
        long untilNs = seconds == null ? Long.MAX_VALUE : startNs + Math.round(seconds * NS_PER_S);
        while (!isTold.getAsBoolean() && recording.isOpen() && untilNs - System.nanoTime() > 0) {
            recording.poll(Math.min(untilNs, System.nanoTime() + LOOK_NS));
            status.show(() -> String.format(Locale.ROOT, "%.1f s, %d events",
                    (System.nanoTime() - startNs) / NS_PER_S, recording.counts().recorded()));
        }
        status.end();
    }

    private void write(Recording recording, String source) {
        SequenceSummary summary;
        try {
            summary = SequenceSummary.of(recording.writeTo(file));
        } catch (IOException e) {
            throw failed("file must be writable: file=" + file + ", reason=" + e);
        }
        Recorder.Counts counts = recording.counts();
        PrintWriter out = spec.commandLine().getOut();
        out.println(json
                ? new JsonObject().add("schema", SCHEMA).add("file", file.toAbsolutePath().toString())
                        .add("from", source).add("seconds", summary.durationNs() / NS_PER_S)
                        .add("events", counts.recorded()).add("notes", summary.notes())
                        .add("ignored", counts.ignored()).add("sysex_cut", counts.cut())
                        .add("not_recorded", counts.full())
                : String.format(Locale.ROOT, "%s: %.1f seconds of %s, %d events, %d notes%s", file,
                        summary.durationNs() / NS_PER_S, source, counts.recorded(), summary.notes(),
                        losses(counts)));
        out.flush();
    }

    private static String losses(Recorder.Counts counts) {
        return counts.ignored() + counts.cut() + counts.full() == 0
                ? ""
                : String.format(Locale.ROOT, "%n  %d events have no place in a file, %d system exclusive messages came "
                        + "without their end, %d events were too many", counts.ignored(), counts.cut(), counts.full());
    }

    private static CarillonException failed(String message) {
        return new CarillonException(CarillonException.Kind.FAILED, message);
    }
}
