package org.carillon.bench.sound;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.carillon.sampler.Sampler;
import org.carillon.sampler.SamplerOptions;
import org.carillon.sampler.instrument.Envelope;
import org.carillon.sampler.instrument.Instrument;
import org.carillon.sampler.instrument.LoopMode;
import org.carillon.sampler.instrument.Region;
import org.carillon.sampler.instrument.Sample;

/**
 * Everything that happens to a sampler while it sounds: notes begin in places that others must leave for them, and
 * another thread replaces the instrument all the while. Counts what the audio thread allocates.
 */
final class BusyHour {
    static final int VOICES = 16;
    private static final int NOTE_ON = 0x90;
    private static final int NOTE_OFF = 0x80;
    private static final int BLOCKS_PER_NOTE = 4;
    private static final int KEYS = 60;
    private static final int LOWEST_KEY = 36;
    /** Without a common factor with {@link #KEYS}, so that all keys have their turn. */
    private static final int KEY_STEP = 7;
    /** One note in three is let go, the others must be stolen. */
    private static final int NOTES_PER_RELEASE = 3;
    private static final int VELOCITIES = 80;
    private static final long SWAP_NS = 10_000_000;
    private static final double VOLUME_DB = -12;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Sampler sampler = Sampler
            .create(SamplerOptions.at(Crowd.RATE_HZ).withPolyphony(VOICES).withBlockFrames(Crowd.BLOCK_FRAMES));
    private final Instrument[] instruments = {instrument("one", 0), instrument("other", 1)};
    private final AtomicLong swaps = new AtomicLong();
    private final float[] buffer = new float[Crowd.BLOCK_FRAMES * 2];
    private long notes;
    private double squares;
    private volatile boolean isOver;

    BusyHour() {
        sampler.setInstrument(instruments[0]);
    }

    /** Plays; answers the bytes that this thread allocated meanwhile. */
    long play(long blocks) throws InterruptedException {
        isOver = false;
        Thread swapper = Thread.ofPlatform().daemon().name("swapper").start(this::swap);
        long before = threads.getCurrentThreadAllocatedBytes();
        for (long block = 0; block < blocks; block++) {
            if (block % BLOCKS_PER_NOTE == 0) {
                startNote((int) (block / BLOCKS_PER_NOTE % Crowd.BLOCK_FRAMES));
            }
            sampler.process(buffer, Crowd.BLOCK_FRAMES);
            squares += squares(buffer);
        }
        long allocatedBytes = threads.getCurrentThreadAllocatedBytes() - before;
        isOver = true;
        swapper.join();
        return allocatedBytes;
    }

    private void startNote(int frame) {
        int key = key(notes);
        if (notes % NOTES_PER_RELEASE == 0) {
            sampler.sendAt(0, NOTE_OFF, key(notes - 1), 0);
        }
        sampler.sendAt(frame, NOTE_ON, key, 1 + (int) (40 + notes % VELOCITIES));
        notes++;
    }

    private static int key(long note) {
        return LOWEST_KEY + (int) Math.floorMod(note * KEY_STEP, (long) KEYS);
    }

    private void swap() {
        while (!isOver) {
            LockSupport.parkNanos(SWAP_NS);
            sampler.setInstrument(instruments[(int) (swaps.incrementAndGet() & 1)]);
        }
    }

    /** Sum of squares. */
    static double squares(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value * value;
        }
        return sum;
    }

    long notes() {
        return notes;
    }

    long steals() {
        return sampler.statistics().stolenVoices();
    }

    long swaps() {
        return swaps.get();
    }

    /** Of all that sounded. */
    double rms() {
        return Math.sqrt(squares / (sampler.statistics().frames() * 2.0));
    }

    private static Instrument instrument(String name, int seed) {
        Region.Builder region = Region.of(new Sample(name, Crowd.RATE_HZ, Crowd.noise(Crowd.RATE_HZ, seed)));
        region.loopMode = LoopMode.CONTINUOUS;
        region.volumeDb = VOLUME_DB;
        region.amplitude = new Envelope(0, 0.005, 0.01, 0.5, 0.3, 0.2);
        region.cutoffHz = 2_000;
        return Instrument.of(name, List.of(region.build()));
    }
}
