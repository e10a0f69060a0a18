package org.carillon.bench.sound;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.carillon.bench.Benchmark;
import org.carillon.bench.Command;
import org.carillon.bench.Figure;
import org.carillon.bench.Machine;
import org.carillon.bench.Options;
import org.carillon.bench.Peers;
import org.carillon.bench.Report;
import org.carillon.bench.process.CControl;
import org.carillon.bench.process.JavaCommand;
import org.carillon.bench.process.Reading;
import org.carillon.bench.process.Worker;

/** How punctually a sound server's callback comes, beside a client in C, and whether xruns are found. */
public final class CallbackBench implements Benchmark {
    private static final String NAME = "callback";
    private static final int ROUNDS = 21;
    private static final int WARM_UP_ROUNDS = 1;
    private static final double ROUND_S = 0.05;
    private static final int STALLS = 24;
    private static final int NOTES = 50;
    private static final double NS_PER_US = 1_000;
    private static final double XRUN_S = 10;
    private static final String CONTROL = "a client in C";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "punctuality of the sound server's callback, beside a client in C";
    }

    @Override
    public Report run(Options options) {
        Peers.need(options.progress(), "jackd2", "libjack-jackd2-dev");
        try (CControl controls = new CControl(options.progress(), CallbackBench.class, "gcc");
                JackServer server = new JackServer();
                Worker ours = new Worker(JavaCommand.withVectors(CallbackWorker.class), server.environment())) {
            if (!server.isFifo()) {
                options.progress().println(NAME + ": no right to real-time priority, measured without");
            }
            Optional<Path> control = controls.compile("jack_control.c", "-O2", "-ljack");
            List<Figure> figures = new ArrayList<>(wakeUps(options, server, ours, control));
            figures.addAll(stalls(options, ours));
            figures.addAll(notes(options, ours));
            figures.add(Figure.of("fifo", server.isFifo() ? 1 : 0, "1"));
            return new Report(NAME, Machine.describe(), ROUNDS, figures);
        }
    }

    private static List<Figure> wakeUps(Options options, JackServer server, Worker ours, Optional<Path> control) {
        int seconds = Math.max(1, (int) Math.round(options.seconds() * ROUND_S));
        options.progress().println(NAME + ": " + ROUNDS + " rounds of " + seconds + " s for each side");
        List<Supplier<Reading>> sides = new ArrayList<>();
        sides.add(() -> ours.ask("wake " + seconds));
        sides.add(() -> ours.ask("garbage " + seconds));
        control.ifPresent(program -> sides.add(() -> control(program, seconds, server)));
        return figures(Rounds.measure(WARM_UP_ROUNDS, ROUNDS, sides), control.isPresent());
    }

    private static Reading control(Path program, int seconds, JackServer server) {
        Command.Outcome outcome = Command.run(List.of(program.toString(), "" + seconds), server.environment());
        return outcome.output().lines().filter(line -> line.startsWith("{")).findFirst().map(Reading::parse)
                .orElseThrow(() -> new IllegalStateException("control fails: output=" + outcome.output()));
    }

    static List<Figure> figures(Rounds rounds, boolean hasControl) {
        int quiet = 0;
        int garbage = 1;
        int control = hasControl ? 2 : -1;
        List<Figure> figures = new ArrayList<>();
        figures.add(figure("wake_p99_us", us(rounds, quiet, "p99Ns"), "us", us(rounds, control, "p99Ns")));
        figures.add(figure("wake_p99_us_under_garbage", us(rounds, garbage, "p99Ns"), "us",
                us(rounds, control, "p99Ns")));
        figures.add(figure("wake_p50_us", us(rounds, quiet, "p50Ns"), "us", us(rounds, control, "p50Ns")));
        figures.add(figure("xruns_per_10_s", xruns(rounds, quiet), "1", xruns(rounds, control)));
        figures.add(figure("xruns", rounds.sum(quiet, "backendXruns"), "1",
                hasControl ? rounds.sum(control, "backendXruns") : Double.NaN));
        figures.add(figure("wake_ups", rounds.sum(quiet, "count"), "1",
                hasControl ? rounds.sum(control, "count") : Double.NaN));
        figures.add(Figure.of("garbage_mb_per_s", rounds.median(garbage, "garbageMbPerS"), "MB/s"));
        return figures;
    }

    private static Figure figure(String name, double value, String unit, double controlValue) {
        return Double.isNaN(controlValue)
                ? Figure.of(name, value, unit)
                : Figure.of(name, value, unit, CONTROL, controlValue);
    }

    private static double us(Rounds rounds, int side, String name) {
        return side < 0 ? Double.NaN : rounds.median(side, name) / NS_PER_US;
    }

    private static double xruns(Rounds rounds, int side) {
        double wakeUpsPerS = (double) JackServer.RATE_HZ / JackServer.BLOCK_FRAMES;
        return side < 0
                ? Double.NaN
                : rounds.median(side, "backendXruns") * XRUN_S * wakeUpsPerS / rounds.median(side, "count");
    }

    private static List<Figure> stalls(Options options, Worker ours) {
        options.progress().println(NAME + ": " + STALLS + " stalls");
        Reading stalls = ours.ask("stalls " + STALLS);
        return List.of(Figure.of("stalls_injected", stalls.get("injected"), "1"),
                Figure.of("stalls_found", stalls.get("found"), "1"),
                Figure.of("stalls_invented", stalls.get("invented"), "1"));
    }

    private static List<Figure> notes(Options options, Worker ours) {
        options.progress().println(NAME + ": " + NOTES + " notes");
        Reading notes = ours.ask("notes " + NOTES);
        return List.of(Figure.of("note_to_first_sample_frames", notes.get("frames"), "frames"),
                Figure.of("note_to_first_sample_spread", notes.get("spread"), "frames"),
                Figure.of("block_frames", notes.get("block"), "frames"), Figure.of("notes", notes.get("notes"), "1"),
                Figure.of("notes_late", notes.get("late"), "1"));
    }
}
