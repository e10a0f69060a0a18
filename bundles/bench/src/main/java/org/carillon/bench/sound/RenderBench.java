package org.carillon.bench.sound;

import java.util.List;
import org.carillon.bench.Benchmark;
import org.carillon.bench.Figure;
import org.carillon.bench.Machine;
import org.carillon.bench.Options;
import org.carillon.bench.Report;
import org.carillon.bench.process.JavaCommand;
import org.carillon.bench.process.Worker;

/** How fast sound is made off line, and how clean. */
public final class RenderBench implements Benchmark {
    private static final String NAME = "render";
    private static final int ROUNDS = 9;
    private static final int WARM_UP_ROUNDS = 3;
    /** Of sound in a round, for each second that the benchmark may take. */
    private static final double ROUND_S = 3;
    private static final int LOW_HZ = 1_000;
    private static final int HZ = 3_000;
    private static final int HIGH_HZ = 6_000;
    private static final double NS_PER_S = 1e9;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "speed of making sound off line into a file, and how clean it is";
    }

    @Override
    public Report run(Options options) {
        long frames = Math.round(options.seconds() * ROUND_S) * Crowd.RATE_HZ;
        try (Worker worker = new Worker(JavaCommand.withVectors(RenderWorker.class))) {
            options.progress().println(NAME + ": " + ROUNDS + " rounds of " + frames / Crowd.RATE_HZ
                    + " s of sound, " + RenderWorker.VOICES + " voices");
            Rounds rounds = Rounds.measure(WARM_UP_ROUNDS, ROUNDS, List.of(() -> worker.ask("render " + frames)));
            double sounding = rounds.median(0, "voices");
            if (sounding != RenderWorker.VOICES) {
                throw new IllegalStateException("all voices must sound: sounding=" + sounding);
            }
            return new Report(NAME, Machine.describe(), ROUNDS, List.of(
                    Figure.of("times_real_time_64_voices", timesRealTime(rounds, "wallNs"), "1"),
                    Figure.of("times_real_time_64_voices_cpu", timesRealTime(rounds, "cpuNs"), "1"),
                    Figure.of("interpolation_snr_db_3k", snrDb(worker, HZ), "dB"),
                    Figure.of("interpolation_snr_db_1k", snrDb(worker, LOW_HZ), "dB"),
                    Figure.of("interpolation_snr_db_6k", snrDb(worker, HIGH_HZ), "dB"),
                    Figure.of("peak_dbfs", SamplerBench.decibels(rounds.median(0, "peak")), "dBFS"),
                    Figure.of("seconds", rounds.sum(0, "frames") / Crowd.RATE_HZ, "s"),
                    Figure.of("file_bytes", rounds.sum(0, "bytes"), "bytes")));
        }
    }

    private static double timesRealTime(Rounds rounds, String time) {
        return rounds.median(0, "frames") / Crowd.RATE_HZ / (rounds.median(0, time) / NS_PER_S);
    }

    private static double snrDb(Worker worker, int hz) {
        return worker.ask("snr " + hz).get("snrDb");
    }
}
