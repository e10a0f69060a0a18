package org.carillon.bench.sound;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.carillon.bench.process.Answers;
import org.carillon.sampler.Sampler;

/**
 * The shipped sampler in a process of its own. Questions: {@code VOICES FRAMES} for the processor time of sustained
 * voices, {@code blocks COUNT} for a busy hour.
 */
final class VoiceWorker {
    private static final Duration WARM_UP_LIMIT = Duration.ofMinutes(2);
    private static final int BUSY_WARM_UP_BLOCKS = 50_000;
    /** The compiler shares the core; until it is done with vectors, they are objects. */
    private static final int BUSY_WARM_UPS = 40;
    private static final int BUSY_QUIET_WARM_UPS = 3;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Crowd crowd = new Crowd();
    private final Map<Integer, Sampler> samplers = new HashMap<>();
    private final float[] buffer = new float[Crowd.BLOCK_FRAMES * 2];

    private VoiceWorker() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        VoiceWorker worker = new VoiceWorker();
        Answers.give(question -> question[0].equals("blocks")
                ? busy(Long.parseLong(question[1]))
                : worker.cost(Integer.parseInt(question[0]), Long.parseLong(question[1])));
    }

    private Map<String, Double> cost(int voices, long frames) throws InterruptedException {
        Sampler sampler = samplers.get(voices);
        if (sampler == null) {
            sampler = crowd.sounding(voices);
            sampler.warmUp(WARM_UP_LIMIT);
            samplers.put(voices, sampler);
        }
        double squares = 0;
        long startNs = THREADS.getCurrentThreadCpuTime();
        for (long done = 0; done < frames; done += Crowd.BLOCK_FRAMES) {
            sampler.process(buffer, Crowd.BLOCK_FRAMES);
            squares += BusyHour.squares(buffer);
        }
        long spentNs = THREADS.getCurrentThreadCpuTime() - startNs;
        Map<String, Double> answer = new LinkedHashMap<>();
        answer.put("cpuNs", (double) spentNs);
        answer.put("voices", (double) sampler.statistics().activeVoices());
        answer.put("frames", (double) frames);
        answer.put("rms", Math.sqrt(squares / (2.0 * frames)));
        answer.put("hasVectors", sampler.describe().contains("vector") ? 1.0 : 0.0);
        return answer;
    }

    private static Map<String, Double> busy(long blocks) throws InterruptedException {
        BusyHour hour = new BusyHour();
        int quiet = 0;
        for (int i = 0; i < BUSY_WARM_UPS && quiet < BUSY_QUIET_WARM_UPS; i++) {
            quiet = hour.play(BUSY_WARM_UP_BLOCKS) == 0 ? quiet + 1 : 0;
        }
        long notes = hour.notes();
        long steals = hour.steals();
        long swaps = hour.swaps();
        long allocatedBytes = hour.play(blocks);
        Map<String, Double> answer = new LinkedHashMap<>();
        answer.put("blocks", (double) blocks);
        answer.put("notes", (double) (hour.notes() - notes));
        answer.put("steals", (double) (hour.steals() - steals));
        answer.put("swaps", (double) (hour.swaps() - swaps));
        answer.put("allocatedBytes", (double) allocatedBytes);
        answer.put("rms", hour.rms());
        return answer;
    }
}
