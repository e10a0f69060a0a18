package org.carillon.sampler.voice;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.carillon.sampler.instrument.Instrument;
import org.carillon.sampler.instrument.LoopMode;
import org.carillon.sampler.instrument.Region;
import org.carillon.sampler.instrument.Sample;

/**
 * Which kernel the voices of this process use. All begin on plain arrays. Vectors are slow and allocate until the
 * compiler is done with them, so a thread in the background plays to itself until they have shown that they are faster
 * here; then everyone changes over, which nobody hears, since both give the same bits.
 * <p>
 * Without vectors it plays too: whichever thread runs code for the first time links it, and whichever first asks the
 * compiler for a class's code makes the string constants of that class. Both take memory from the heap, and neither is
 * for the audio thread.
 */
final class KernelChoice {
    private static final String PROPERTY = "carillon.sampler.kernel";
    private static final String PLAIN = "plain";
    private static final KernelChoice OF_THIS_PROCESS = new KernelChoice();

    private static final int ROUNDS = 1_000;
    private static final int ROUND_BLOCKS = 200;
    /** Rounds that vectors must win; none is won before they are compiled. */
    private static final int WINS = 20;
    /** The compiler is asked for what has run some thousand times. */
    private static final int PLAIN_ROUNDS = 50;
    private static final int RATE_HZ = 48_000;
    private static final int BLOCK_FRAMES = 64;
    private static final int VOICES = 2 * Lanes.WIDTH;
    /** From here the voices reach both sides of their sample's own pitch, slow ones and fast ones. */
    private static final int LOWEST_KEY = 50;
    private static final int NOTE_ON = 0x90;
    private static final int BLOCKS_PER_NOTE = 4;
    /** Without a common factor with the frames of a block, so that notes begin all over it. */
    private static final int FRAMES_PER_NOTE = 7;

    private final CountDownLatch decided = new CountDownLatch(1);
    private volatile BankKernel kernel = new PlainKernel();

    private KernelChoice() {
        Optional<BankKernel> vectors = vectors();
        Thread.Builder.OfPlatform thread = Thread.ofPlatform().daemon().name("carillon-sampler-warm-up");
        thread.priority(Thread.MIN_PRIORITY).start(() -> warmUp(vectors));
    }

    static KernelChoice ofThisProcess() {
        return OF_THIS_PROCESS;
    }

    private static Optional<BankKernel> vectors() {
        if (PLAIN.equals(System.getProperty(PROPERTY))) {
            return Optional.empty();
        }
        try {
            return Optional.of(new VectorKernel());
        } catch (NoClassDefFoundError absent) {
            return Optional.empty(); // the module is not there; name() of the kernel in use says so
        }
    }

    /** The best so far. Any thread. */
    BankKernel kernel() {
        return kernel;
    }

    /** Waits until the choice is made; false when that takes too long. */
    boolean await(long timeoutNs) throws InterruptedException {
        return decided.await(timeoutNs, TimeUnit.NANOSECONDS);
    }

    private void warmUp(Optional<BankKernel> vectors) {
        try {
            if (vectors.isPresent()) {
                compare(vectors.get());
            } else {
                rehearse();
            }
        } finally {
            decided.countDown();
        }
    }

    private void compare(BankKernel vectors) {
        Engine one = crowd(kernel);
        Engine other = crowd(vectors);
        int wins = 0;
        long fastestNs = Long.MAX_VALUE; // of the plain ones: a round that something delayed must not decide
        for (int round = 0; round < ROUNDS && wins < WINS; round++) {
            fastestNs = Math.min(fastestNs, playNs(one));
            wins += playNs(other) < fastestNs ? 1 : 0;
        }
        if (wins == WINS) {
            kernel = vectors;
        }
    }

    private void rehearse() {
        Engine engine = crowd(kernel);
        for (int round = 0; round < PLAIN_ROUNDS; round++) {
            playNs(engine);
        }
    }

    /** A bank with filters and a bank without. */
    private static Engine crowd(BankKernel kernel) {
        float[] values = new float[RATE_HZ];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.sin(i / 10.0);
        }
        Region.Builder region = Region.of(new Sample("warm-up", RATE_HZ, values));
        region.loopMode = LoopMode.CONTINUOUS;
        region.hiKey = LOWEST_KEY + Lanes.WIDTH - 1;
        region.cutoffHz = 1_000;
        Region filtered = region.build();
        region.loKey = region.hiKey + 1;
        region.hiKey = region.loKey + Lanes.WIDTH - 1;
        region.cutoffHz = Double.POSITIVE_INFINITY;
        PatchSet patches = new PatchSet(Instrument.of("warm-up", List.of(filtered, region.build())), RATE_HZ);
        Engine engine = new Engine(RATE_HZ, 2, VOICES, VOICES, patches, kernel);
        for (int i = 0; i < VOICES; i++) {
            engine.offer(NOTE_ON, LOWEST_KEY + i, 1 + i);
        }
        return engine;
    }

    /** With notes that begin within a tick and steal from others: what never happened here, the compiler leaves out. */
    private static long playNs(Engine engine) {
        float[] block = new float[BLOCK_FRAMES * 2];
        long startNs = System.nanoTime();
        for (int i = 0; i < ROUND_BLOCKS; i++) {
            if (i % BLOCKS_PER_NOTE == 0) {
                int note = i / BLOCKS_PER_NOTE;
                int key = LOWEST_KEY + note % VOICES;
                engine.schedule(note * FRAMES_PER_NOTE % BLOCK_FRAMES, NOTE_ON, key, key);
            }
            engine.process(block, BLOCK_FRAMES);
        }
        return System.nanoTime() - startNs;
    }
}
