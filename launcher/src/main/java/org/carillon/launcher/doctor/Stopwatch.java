package org.carillon.launcher.doctor;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.carillon.sampler.Sampler;
import org.carillon.sampler.SamplerOptions;
import org.carillon.sampler.builtin.BuiltInInstrument;
import org.carillon.sampler.output.NullOutput;
import org.carillon.sampler.output.OutputOptions;
import org.carillon.sampler.output.OutputStatistics;

/**
 * Lets the shipped sampler play to nobody at the speed of sound, in short blocks, and looks how late its audio thread
 * is woken.
 */
final class Stopwatch {
    private static final int PRIORITY = 70;
    private static final int VOICES = 16;
    private static final int LOWEST_KEY = 48;
    private static final int VELOCITY = 90;
    private static final int CHURCH_ORGAN = 19;
    private static final long WARM_UP_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final Duration COMPILED = Duration.ofSeconds(3);
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(50);

    private final int seconds;
    private final boolean isFifo;

    /**
     * @param seconds to measure; it takes some more to get warm.
     * @param isFifo  whether the system gives real-time priority.
     */
    Stopwatch(int seconds, boolean isFifo) {
        this.seconds = seconds;
        this.isFifo = isFifo;
    }

    /** @param progress told of the seconds that are left, about twenty times a second. */
    WakeUps measure(IntConsumer progress) throws InterruptedException {
        try (Sampler sampler = sampler()) {
            sampler.warmUp(COMPILED);
            play(sampler, WARM_UP_NS, left -> progress.accept(seconds)); // what is loaded and compiled late is no news
            OutputStatistics statistics = play(sampler, TimeUnit.SECONDS.toNanos(seconds), progress);
            return new WakeUps(seconds, priority(), sampler.statistics().activeVoices(), statistics.xruns(),
                    statistics.wakeUpError(), statistics.renderTime());
        }
    }

    private static Sampler sampler() {
        Sampler sampler = Sampler.create(SamplerOptions.at(WakeUps.RATE_HZ).withBlockFrames(WakeUps.BLOCK_FRAMES));
        sampler.setInstrument(BuiltInInstrument.create());
        sampler.programChange(0, CHURCH_ORGAN); // sounds as long as its keys are down
        for (int i = 0; i < VOICES; i++) {
            sampler.noteOn(0, LOWEST_KEY + i, VELOCITY);
        }
        return sampler;
    }

    private OutputStatistics play(Sampler sampler, long lengthNs, IntConsumer progress) throws InterruptedException {
        OutputOptions options = OutputOptions.named("doctor").withFormat(WakeUps.RATE_HZ, WakeUps.BLOCK_FRAMES)
                .withFifoPriority(priority()).withAnyCollector();
        try (NullOutput output = new NullOutput(options)) {
            long untilNs = System.nanoTime() + lengthNs;
            output.start(sampler);
            for (long leftNs = lengthNs; leftNs > 0; leftNs = untilNs - System.nanoTime()) {
                progress.accept((int) Math.ceilDiv(leftNs, TimeUnit.SECONDS.toNanos(1)));
                LockSupport.parkNanos(Math.min(LOOK_NS, leftNs));
                if (Thread.interrupted()) {
                    throw new InterruptedException("measurement interrupted");
                }
            }
            return output.statistics();
        }
    }

    private int priority() {
        return isFifo ? PRIORITY : 0;
    }
}
