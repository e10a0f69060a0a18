package org.carillon.bench.sound;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.carillon.bench.Interleaved;
import org.carillon.bench.process.Answers;
import org.carillon.sampler.Sampler;
import org.carillon.sampler.SamplerOptions;
import org.carillon.sampler.graph.TimedSampler;
import org.carillon.sampler.instrument.Instrument;
import org.carillon.sampler.instrument.Region;
import org.carillon.sampler.instrument.Sample;
import org.carillon.sampler.output.JackOutput;
import org.carillon.sampler.output.OutputOptions;
import org.carillon.sampler.output.OutputState;
import org.carillon.sampler.output.OutputStatistics;
import org.carillon.sampler.output.StallingSource;

/**
 * The shipped sampler at a sound server, in a process of its own. Questions: {@code wake SECONDS} for the punctuality
 * of the callback, {@code garbage SECONDS} for the same beside a thread that makes garbage, {@code stalls COUNT} for
 * what the xrun detector finds, {@code notes COUNT} for how long a note takes until it sounds.
 */
final class CallbackWorker {
    private static final int VOICES = 16;
    private static final long NS_PER_S = 1_000_000_000L;
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(20);
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long BLOCKS_BETWEEN_STALLS = 25;
    private static final int SHORTEST_PERIODS = 2;
    private static final int LENGTHS = 4;
    private static final long SILENT_BLOCKS = 3;
    private static final long NOTE_STEP_NS = 37_000;

    private final Sampler sampler = new Crowd().sounding(VOICES);

    private CallbackWorker() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        CallbackWorker worker = new CallbackWorker();
        Answers.give(question -> {
            int number = Integer.parseInt(question[1]);
            return switch (question[0]) {
                case "wake" -> worker.wakeUps(number);
                case "garbage" -> worker.wakeUpsBesideGarbage(number);
                case "stalls" -> worker.stalls(number);
                case "notes" -> notes(number);
                default -> throw new IllegalArgumentException("no such question: question=" + question[0]);
            };
        });
    }

    private static JackOutput open() {
        return new JackOutput(OutputOptions.named("java"));
    }

    private Map<String, Double> wakeUps(int seconds) {
        try (JackOutput output = open()) {
            output.start(sampler);
            await("the server to call", () -> output.state() == OutputState.RUNNING);
            long xruns = output.statistics().backendXruns();
            long wanted = (long) seconds * output.sampleRateHz() / output.blockFrames();
            awaitBlocks(output, wanted);
            OutputStatistics statistics = output.statistics();
            Map<String, Double> answer = new LinkedHashMap<>();
            answer.put("count", (double) statistics.wakeUpError().count());
            answer.put("p50Ns", (double) statistics.wakeUpError().p50Ns());
            answer.put("p99Ns", (double) statistics.wakeUpError().p99Ns());
            answer.put("backendXruns", (double) (statistics.backendXruns() - xruns));
            return answer;
        }
    }

    private Map<String, Double> wakeUpsBesideGarbage(int seconds) throws InterruptedException {
        Garbage garbage = new Garbage();
        Map<String, Double> answer = wakeUps(seconds);
        answer.put("garbageMbPerS", garbage.end());
        return answer;
    }

    private Map<String, Double> stalls(int count) {
        try (JackOutput output = open()) {
            long periodNs = output.blockFrames() * NS_PER_S / output.sampleRateHz();
            StallingSource stalling = new StallingSource(sampler);
            StallWatch watch = new StallWatch(stalling, () -> output.statistics().xruns(), periodNs);
            output.start(watch);
            for (int i = 0; i < count; i++) {
                awaitBlocks(watch, BLOCKS_BETWEEN_STALLS);
                int before = stalling.stalls();
                stalling.stall((SHORTEST_PERIODS + i % LENGTHS) * periodNs);
                await("stall", () -> stalling.stalls() > before);
            }
            awaitBlocks(watch, BLOCKS_BETWEEN_STALLS);
            Map<String, Double> answer = new LinkedHashMap<>();
            answer.put("injected", (double) stalling.stalls());
            answer.put("found", (double) watch.found());
            answer.put("invented", (double) watch.invented());
            return answer;
        }
    }

    /** A sample that is loud from its first frame, played by the time of its notes. */
    private static Map<String, Double> notes(int count) {
        try (JackOutput output = open()) {
            Sampler loud = Sampler.create(SamplerOptions.at(output.sampleRateHz()));
            float[] ones = new float[output.sampleRateHz()];
            Arrays.fill(ones, 1);
            loud.setInstrument(Instrument.of("ones",
                    List.of(Region.of(new Sample("ones", output.sampleRateHz(), ones)).build())));
            NoteWatch watch = new NoteWatch(output.sampleRateHz());
            TimedSampler player = TimedSampler.live(loud, watch, output.blockFrames());
            watch.listenTo(player);
            output.start(watch);
            double[] frames = new double[count];
            for (int i = 0; i < count; i++) {
                await("silence", () -> watch.isEmpty() && watch.silentBlocks() > SILENT_BLOCKS);
                LockSupport.parkNanos(i * NOTE_STEP_NS); // not always at the same place of a block
                long before = watch.heard();
                watch.start(System.nanoTime());
                await("note", () -> watch.heard() > before);
                frames[i] = watch.heardFrames();
                watch.end(System.nanoTime());
            }
            Map<String, Double> answer = new LinkedHashMap<>();
            answer.put("notes", (double) count);
            answer.put("frames", Interleaved.median(frames));
            answer.put("spread", Arrays.stream(frames).max().orElse(0) - Arrays.stream(frames).min().orElse(0));
            answer.put("late", (double) player.lateMessages());
            answer.put("block", (double) output.blockFrames());
            return answer;
        }
    }

    private static void awaitBlocks(StallWatch watch, long count) {
        long wanted = watch.blocks() + count;
        await("blocks", () -> watch.blocks() >= wanted);
    }

    private static void awaitBlocks(JackOutput output, long wanted) {
        long seen = -1;
        while (seen < wanted) {
            long before = seen;
            await("blocks", () -> output.statistics().blocks() > before);
            seen = output.statistics().blocks();
        }
    }

    private static void await(String what, BooleanSupplier condition) {
        long startNs = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - startNs > LIMIT_NS) {
                throw new IllegalStateException("waited in vain: what=" + what);
            }
            LockSupport.parkNanos(LOOK_NS);
        }
    }
}
