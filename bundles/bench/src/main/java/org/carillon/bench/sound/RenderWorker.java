package org.carillon.bench.sound;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.carillon.bench.process.Answers;
import org.carillon.sampler.Sampler;
import org.carillon.sampler.SamplerOptions;
import org.carillon.sampler.format.WavWriter;
import org.carillon.sampler.instrument.Instrument;
import org.carillon.sampler.instrument.Region;
import org.carillon.sampler.instrument.Sample;
import org.carillon.sampler.output.FrameSink;
import org.carillon.sampler.output.OutputOptions;
import org.carillon.sampler.output.WavOutput;

/**
 * Renders off line into a file, in a process of its own. Questions: {@code render FRAMES} for the time that 64 voices
 * take, {@code snr HZ} for how clean a sine stays that is played five semitones lower.
 */
final class RenderWorker {
    static final int VOICES = 64;
    private static final int KEY = 60;
    private static final int INTERVAL = -5;
    private static final int VELOCITY = 127;
    private static final double OCTAVE = 12;
    private static final float AMPLITUDE = 0.5f;
    private static final Duration WARM_UP_LIMIT = Duration.ofMinutes(2);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private Sampler sampler;

    private RenderWorker() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        RenderWorker worker = new RenderWorker();
        Answers.give(question -> question[0].equals("snr")
                ? Map.of("snrDb", snrDb(Integer.parseInt(question[1])))
                : worker.render(Long.parseLong(question[1])));
    }

    /** Writes a file of 16 bits, and remembers the loudest frame that went into it. */
    private static final class PeakSink implements FrameSink {
        private final WavWriter writer;
        private float peak;

        PeakSink(Path file) throws IOException {
            writer = new WavWriter(file, Crowd.RATE_HZ, 2, WavWriter.Encoding.INT_16);
        }

        @Override
        public void write(float[] buffer, int frames) throws IOException {
            for (int i = 0; i < 2 * frames; i++) {
                peak = Math.max(peak, Math.abs(buffer[i]));
            }
            writer.write(buffer, frames);
        }

        @Override
        public void close() throws IOException {
            writer.close();
        }
    }

    private Map<String, Double> render(long frames) throws IOException, InterruptedException {
        if (sampler == null) {
            sampler = new Crowd().sounding(VOICES);
            sampler.warmUp(WARM_UP_LIMIT);
        }
        Path file = Files.createTempFile("carillon-bench", ".wav");
        try {
            PeakSink sink = new PeakSink(file);
            long startNs = System.nanoTime();
            long startCpuNs = THREADS.getCurrentThreadCpuTime();
            try (WavOutput output = new WavOutput(
                    OutputOptions.named("render").withFormat(Crowd.RATE_HZ, Crowd.BLOCK_FRAMES), sink)) {
                output.start(sampler);
                output.pull(frames);
            }
            Map<String, Double> answer = new LinkedHashMap<>();
            answer.put("wallNs", (double) (System.nanoTime() - startNs));
            answer.put("cpuNs", (double) (THREADS.getCurrentThreadCpuTime() - startCpuNs));
            answer.put("frames", (double) frames);
            answer.put("bytes", (double) Files.size(file));
            answer.put("peak", (double) sink.peak);
            answer.put("voices", (double) sampler.statistics().activeVoices());
            return answer;
        } finally {
            Files.delete(file);
        }
    }

    /** Of the second second of a sine. */
    private static double snrDb(int hz) {
        float[] sine = new float[4 * Crowd.RATE_HZ];
        for (int i = 0; i < sine.length; i++) {
            sine[i] = (float) (AMPLITUDE * Math.sin(2 * Math.PI * hz * i / Crowd.RATE_HZ));
        }
        Region.Builder region = Region.of(new Sample("sine", Crowd.RATE_HZ, sine));
        region.rootKey = KEY;
        Sampler mono = Sampler.create(SamplerOptions.at(Crowd.RATE_HZ).withChannels(1));
        mono.setInstrument(Instrument.of("sine", List.of(region.build())));
        mono.noteOn(0, KEY + INTERVAL, VELOCITY);
        float[] played = new float[2 * Crowd.RATE_HZ];
        mono.process(played, played.length);
        double ratio = Math.pow(2, INTERVAL / OCTAVE);
        return SineFit.snrDb(played, Crowd.RATE_HZ, played.length, ratio * hz / Crowd.RATE_HZ);
    }
}
