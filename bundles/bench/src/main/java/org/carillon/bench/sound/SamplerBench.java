package org.carillon.bench.sound;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.carillon.bench.Benchmark;
import org.carillon.bench.Figure;
import org.carillon.bench.Machine;
import org.carillon.bench.Options;
import org.carillon.bench.Peers;
import org.carillon.bench.Report;
import org.carillon.bench.process.CControl;
import org.carillon.bench.process.Cores;
import org.carillon.bench.process.JavaCommand;
import org.carillon.bench.process.Reading;
import org.carillon.bench.process.Worker;

/** How many voices a core has room for, beside FluidSynth and beside the same voice in C; each in its own process. */
public final class SamplerBench implements Benchmark {
    private static final String NAME = "sampler";
    private static final int ROUNDS = 11;
    private static final int WARM_UP_ROUNDS = 4;
    private static final int FEW_ROUNDS = 7;
    private static final int FEW_WARM_UP_ROUNDS = 2;
    private static final int VOICES = 256;
    private static final int FEW_VOICES = 16;
    /** Few voices take less time for the same sound, so they get more of it. */
    private static final int FEW_FACTOR = 8;
    /** Of sound in a round, for each second that the benchmark may take. */
    private static final double ROUND_S = 0.15;
    private static final long BLOCKS_PER_SECOND = 50_000;
    private static final double NS_PER_S = 1e9;
    private static final double FULL_SCALE_DB = 20;

    private static final Path FONT = Path.of("/usr/share/sounds/sf2/TimGM6mb.sf2");
    /** Drawbar organ: one voice for each note, as long as the key is held. */
    private static final String FONT_PROGRAM = "16";
    private static final String FLUID = "FluidSynth, 4th order";
    private static final String TWIN = "the same voice in C";

    /** One process, what it is called, and what it has measured. */
    private record Side(String name, Worker worker) {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "finished voices a core has room for, beside FluidSynth and the same voice in C";
    }

    @Override
    public Report run(Options options) {
        Peers.need(options.progress(), "libfluidsynth-dev", "timgm6mb-soundfont");
        List<Side> sides = new ArrayList<>();
        try (CControl controls = new CControl(options.progress(), SamplerBench.class, "gcc")) {
            start(sides, controls, options.progress());
            return new Report(NAME, Machine.describe(), ROUNDS, new Run(sides, options).figures());
        } finally {
            sides.forEach(side -> side.worker().close());
        }
    }

    private static void start(List<Side> sides, CControl controls, PrintStream progress) {
        sides.add(new Side("ours", new Worker(JavaCommand.withVectors(VoiceWorker.class))));
        sides.add(new Side("ours, plain", new Worker(
                JavaCommand.of(VoiceWorker.class, JavaCommand.SAMPLE_HEAP, "-Dcarillon.sampler.kernel=plain"))));
        controls.compile("voice_twin.c", "-O3", "-march=native", "-ffast-math", "-lm")
                .ifPresent(program -> sides.add(new Side(TWIN, new Worker(List.of(program.toString())))));
        Optional<Path> fluid = controls.compile("fluid_voices.c", "-O2", "-lfluidsynth", "-lm");
        if (fluid.isPresent() && !Files.isReadable(FONT)) {
            progress.println("control left out, its sound font is not there: control=" + FLUID + ", file=" + FONT);
        } else {
            fluid.ifPresent(program -> sides
                    .add(new Side(FLUID, new Worker(List.of(program.toString(), FONT.toString(), FONT_PROGRAM)))));
        }
    }

    /** All parts of one run. */
    private static final class Run {
        private static final int OURS = 0;
        private static final int PLAIN = 1;

        private final List<Side> sides;
        private final Options options;
        private final List<Figure> figures = new ArrayList<>();

        Run(List<Side> sides, Options options) {
            this.sides = sides;
            this.options = options;
        }

        List<Figure> figures() {
            warmUp();
            Rounds many = measure(VOICES, frames(1), WARM_UP_ROUNDS, ROUNDS);
            check(many, VOICES);
            figures.add(voicesPerCore("voices_per_core", many, OURS));
            figures.add(voicesPerCore("voices_per_core_plain", many, PLAIN));
            figures.add(voiceNs("voice_sample_ns", many, OURS, TWIN));
            figures.add(voiceNs("voice_sample_plain_ns", many, PLAIN, TWIN));
            Rounds few = measure(FEW_VOICES, frames(FEW_FACTOR), FEW_WARM_UP_ROUNDS, FEW_ROUNDS);
            check(few, FEW_VOICES);
            figures.add(withControl("core_percent_16", corePercent(few, OURS), "%", FLUID, side(FLUID) < 0
                    ? Double.NaN
                    : corePercent(few, side(FLUID))));
            figures.add(Figure.of("voice_samples", many.sum(OURS, "frames") * VOICES, "1"));
            figures.add(Figure.of("rms_dbfs", decibels(many.median(OURS, "rms")), "dBFS"));
            busyHour();
            return figures;
        }

        private long frames(int factor) {
            return Math.round(options.seconds() * ROUND_S * factor * Crowd.RATE_HZ / Crowd.BLOCK_FRAMES)
                    * Crowd.BLOCK_FRAMES;
        }

        /** Each compiles what it needs on all cores; measuring is done on one. */
        private void warmUp() {
            int core = Cores.last();
            for (Side side : sides) {
                options.progress().println(NAME + ": warm-up, " + side.name());
                side.worker().ask(VOICES + " " + frames(1));
                Cores.pin(side.worker(), core, options.progress());
            }
        }

        private Rounds measure(int voices, long frames, int warmUpRounds, int rounds) {
            options.progress().println(NAME + ": " + voices + " voices, " + frames / Crowd.RATE_HZ
                    + " s of sound in each of " + rounds + " rounds");
            List<Supplier<Reading>> asked = new ArrayList<>();
            for (Side side : sides) {
                asked.add(() -> side.worker().ask(voices + " " + frames));
            }
            return Rounds.measure(warmUpRounds, rounds, asked);
        }

        /** A figure is worth something only when all voices sound, and ours run the way they are meant to. */
        private void check(Rounds rounds, int voices) {
            for (int side = 0; side < sides.size(); side++) {
                double sounding = rounds.median(side, "voices");
                if (sounding != voices || rounds.median(side, "rms") == 0) {
                    throw new IllegalStateException("all voices must sound: side=" + sides.get(side).name()
                            + ", wanted=" + voices + ", sounding=" + sounding);
                }
            }
            if (rounds.median(OURS, "hasVectors") == 0) {
                options.progress().println(NAME + ": vectors were not chosen on this machine");
            }
            if (rounds.median(PLAIN, "hasVectors") != 0) {
                throw new IllegalStateException("the plain side must have no vectors");
            }
        }

        private Figure voicesPerCore(String name, Rounds rounds, int side) {
            int fluid = side(FLUID);
            return withControl(name, perCore(rounds, side), "voices", FLUID,
                    fluid < 0 ? Double.NaN : perCore(rounds, fluid));
        }

        private Figure voiceNs(String name, Rounds rounds, int side, String control) {
            int other = side(control);
            return withControl(name, voiceNs(rounds, side), "ns", control,
                    other < 0 ? Double.NaN : voiceNs(rounds, other));
        }

        private static Figure withControl(String name, double value, String unit, String control, double other) {
            return Double.isNaN(other)
                    ? Figure.of(name, value, unit)
                    : Figure.of(name, value, unit, control, other);
        }

        /** The place of a side, or -1. */
        private int side(String name) {
            return sides.stream().map(Side::name).toList().indexOf(name);
        }

        private static double voiceNs(Rounds rounds, int side) {
            return rounds.median(side, "cpuNs") / rounds.median(side, "frames") / rounds.median(side, "voices");
        }

        private static double perCore(Rounds rounds, int side) {
            return NS_PER_S / Crowd.RATE_HZ / voiceNs(rounds, side);
        }

        private static double corePercent(Rounds rounds, int side) {
            return 100 * rounds.median(side, "cpuNs") * Crowd.RATE_HZ / NS_PER_S / rounds.median(side, "frames");
        }

        private void busyHour() {
            long blocks = options.seconds() * BLOCKS_PER_SECOND;
            options.progress().println(NAME + ": " + blocks + " blocks with notes, steals and other instruments");
            Reading busy = sides.get(OURS).worker().ask("blocks " + blocks);
            figures.add(Figure.of("blocks", busy.get("blocks"), "1"));
            figures.add(Figure.of("blocks_note_ons", busy.get("notes"), "1"));
            figures.add(Figure.of("blocks_steals", busy.get("steals"), "1"));
            figures.add(Figure.of("blocks_swaps", busy.get("swaps"), "1"));
            figures.add(Figure.of("blocks_rms_dbfs", decibels(busy.get("rms")), "dBFS"));
            figures.add(Figure.of("allocated_bytes", busy.get("allocatedBytes"), "bytes"));
        }
    }

    /** Of a level, 1 being full scale. */
    static double decibels(double level) {
        return FULL_SCALE_DB * Math.log10(level);
    }
}
