package org.carillon.sampler;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.carillon.sampler.instrument.Envelope;
import org.carillon.sampler.instrument.Instrument;
import org.carillon.sampler.instrument.LoopMode;
import org.carillon.sampler.instrument.Region;
import org.carillon.sampler.instrument.Sample;

/**
 * What a finished voice costs: sustained, looped, filtered, each of another sample at another pitch, in stereo, by the
 * processor time of the thread. Arguments: voices, then {@code nofilter} if wished. Not a test: run it by hand.
 */
final class VoiceCostMain {
    private static final int RATE_HZ = 48_000;
    private static final int BLOCK_FRAMES = 64;
    private static final int SAMPLES = 16;
    private static final int SAMPLE_FRAMES = 192_000;
    private static final int LOWEST = -24;
    private static final int HIGHEST = 36;
    private static final int RUNS = 9;
    private static final int SECONDS = 4;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private VoiceCostMain() {}

    public static void main(String[] args) throws InterruptedException {
        int voices = args.length > 0 ? Integer.parseInt(args[0]) : SamplerOptions.DEFAULT_POLYPHONY;
        boolean isFiltered = args.length < 2;
        Sampler sampler = Sampler.create(SamplerOptions.at(RATE_HZ).withPolyphony(voices));
        long startNs = System.nanoTime();
        sampler.warmUp(Duration.ofMinutes(1));
        System.out.printf("warm after %d ms%n", (System.nanoTime() - startNs) / 1_000_000);
        sampler.setInstrument(instrument(voices, isFiltered));
        for (int i = 0; i < voices; i++) {
            sampler.noteOn(i / 128, i % 128, 100);
        }
        float[] buffer = new float[BLOCK_FRAMES * 2];
        long blocks = (long) SECONDS * RATE_HZ / BLOCK_FRAMES;
        double[] costs = new double[RUNS];
        for (int run = 0; run < RUNS; run++) {
            long before = THREADS.getCurrentThreadCpuTime();
            for (long block = 0; block < blocks; block++) {
                sampler.process(buffer, BLOCK_FRAMES);
            }
            long spentNs = THREADS.getCurrentThreadCpuTime() - before;
            costs[run] = (double) spentNs / (blocks * BLOCK_FRAMES);
        }
        Arrays.sort(costs);
        double median = costs[RUNS / 2];
        System.out.printf("%s, %d voices (%d sound): %.2f ns for each frame of a voice, %.3f %% of a core%n",
                sampler.describe(), voices, sampler.statistics().activeVoices(), median / voices,
                median * RATE_HZ / 1e7);
    }

    private static Instrument instrument(int voices, boolean isFiltered) {
        List<Sample> samples = IntStream.range(0, SAMPLES).mapToObj(i -> Waves.noise(SAMPLE_FRAMES, i)).toList();
        List<Region> regions = new ArrayList<>();
        for (int i = 0; i < voices; i++) {
            Region.Builder region = Region.of(samples.get(i % SAMPLES));
            region.loKey = region.hiKey = region.rootKey = i % 128;
            region.loChannel = region.hiChannel = i / 128;
            region.tuneCents = 100.0 * LOWEST + 100.0 * (HIGHEST - LOWEST) * i / voices;
            region.loopMode = LoopMode.CONTINUOUS;
            region.loopStartFrame = 1_000;
            region.loopEndFrame = SAMPLE_FRAMES - 100;
            region.pan = 2.0 * i / voices - 1;
            region.volumeDb = -40;
            region.amplitude = new Envelope(0, 0.01, 0.01, 1, 0.5, 0.5);
            region.cutoffHz = isFiltered ? 500 + 20 * i : Double.POSITIVE_INFINITY;
            region.resonanceDb = 3;
            regions.add(region.build());
        }
        return Instrument.of("cost", regions);
    }
}
