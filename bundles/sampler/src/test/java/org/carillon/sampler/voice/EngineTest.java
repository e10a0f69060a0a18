package org.carillon.sampler.voice;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.carillon.sampler.instrument.Envelope;
import org.carillon.sampler.instrument.Instrument;
import org.carillon.sampler.instrument.LoopMode;
import org.carillon.sampler.instrument.Program;
import org.carillon.sampler.instrument.Region;
import org.carillon.sampler.instrument.Sample;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A crowd of voices that uses everything: what may differ, what may not, and what it may cost. */
class EngineTest {
    private static final int ATTEMPTS = 20;
    private static final int RATE_HZ = 48_000;
    private static final int POLYPHONY = 24;
    private static final int FRAMES = 96_000;
    private static final int MESSAGES = 1_000;
    private static final int[] CONTROLLERS = {7, 10, 11, 64, 66, 1, 121, 0, 32, 123};

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static Sample sample(int seed, int channels) {
        Random random = new Random(seed);
        float[][] values = new float[channels][2_000 + seed * 37];
        for (float[] side : values) {
            for (int i = 0; i < side.length; i++) {
                side[i] = (float) (Math.sin(i * 0.03 * (seed + 1)) * 0.5 + random.nextDouble() * 0.1);
            }
        }
        return new Sample("sample " + seed, 44_100, values);
    }

    private static Region region(int i) {
        Region.Builder region = Region.of(sample(i, 1 + i % 2));
        region.loKey = i * 8 % 128;
        region.hiKey = Math.min(127, region.loKey + 40);
        region.loopMode = LoopMode.values()[i % 4];
        region.loopStartFrame = 100 * i % 1_000;
        region.loopEndFrame = region.loopStartFrame + 3 + 71 * i;
        region.amplitude = new Envelope(0.001 * (i % 3), 0.01 * (i % 2), 0.02, 0.5, 0.3, 0.1);
        region.cutoffHz = i % 3 == 0 ? Double.POSITIVE_INFINITY : 400 * i;
        region.resonanceDb = i % 7;
        region.filterKeyTrackCents = 50;
        region.pan = (i % 5 - 2) / 2.0;
        region.volumeDb = -12;
        region.group = i % 4;
        region.offBy = i % 6;
        region.offMode = Region.OffMode.values()[i % 2];
        region.trigger = Region.Trigger.values()[i % 8 < 5 ? 0 : i % 8 - 4];
        region.sequenceLength = 1 + i % 2;
        return region.build();
    }

    private static PatchSet patches(int from) {
        List<Program> programs = new ArrayList<>();
        for (int p = 0; p < 4; p++) {
            List<Region> regions = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                regions.add(region(from + p * 5 + i));
            }
            programs.add(new Program(p == 3 ? Program.PERCUSSION_BANK : 0, p % 3, "program " + p, regions));
        }
        return new PatchSet(new Instrument("crowd", programs), RATE_HZ);
    }

    @BeforeAll
    static void warmUp() throws InterruptedException {
        assertTrue(Engine.warmUp(60_000_000_000L));
    }

    private static Engine engine(BankKernel kernel) {
        return new Engine(RATE_HZ, 2, POLYPHONY, 64, patches(0), kernel);
    }

    /** Messages of all kinds: frame, status, two bytes. In the order of their frames. */
    private static int[][] score(int seed, int frames) {
        Random random = new Random(seed);
        int[][] score = new int[MESSAGES][];
        int[] when = random.ints(MESSAGES, 0, frames).sorted().toArray();
        for (int i = 0; i < MESSAGES; i++) {
            int kind = random.nextInt(20);
            int channel = random.nextInt(3) * 3 % 10;
            int one = random.nextInt(128);
            int two = random.nextInt(128);
            int status = kind < 10 ? 0x90 : kind < 14 ? 0x80 : kind < 17 ? 0xB0 : kind < 18 ? 0xC0 : 0xE0;
            if (status == 0xB0) {
                one = CONTROLLERS[one % CONTROLLERS.length];
            } else if (status == 0xC0) {
                one %= 4;
            }
            score[i] = new int[]{when[i], status | channel, one, two};
        }
        return score;
    }

    private static float[] play(Engine engine, int[][] score, int blockFrames) {
        float[] played = new float[FRAMES * 2];
        float[] block = new float[blockFrames * 2];
        int next = 0;
        for (int done = 0; done < FRAMES; done += blockFrames) {
            int count = Math.min(blockFrames, FRAMES - done);
            for (; next < score.length && score[next][0] < done + count; next++) {
                int[] m = score[next];
                assertTrue(engine.schedule(m[0] - done, m[1], m[2], m[3]));
            }
            engine.process(block, count);
            System.arraycopy(block, 0, played, done * 2, count * 2);
        }
        return played;
    }

    private static void assertAudible(float[] played) {
        double sum = 0;
        for (float value : played) {
            assertTrue(Math.abs(value) < 100);
            sum += value * value;
        }
        assertTrue(sum / played.length > 1e-4, "silent");
    }

    @Test
    void shouldGiveTheSameBitsForBlocksOfAnySize() {
        int[][] score = score(1, FRAMES);
        Engine reference = engine(null);
        float[] expected = play(reference, score, 64);

        assertAudible(expected);
        assertTrue(reference.stolenVoices() > 10);
        assertEquals(POLYPHONY, reference.peakVoices());
        for (int blockFrames : new int[]{1, 17, 32, 100, 512, 5_000}) {
            assertArrayEquals(expected, play(engine(null), score, blockFrames),
                    "blocks of " + blockFrames);
        }
        for (int[] message : score) { // one frame later is another piece
            message[0]++;
        }
        assertFalse(Arrays.equals(expected, play(engine(null), score, 64)));
    }

    @Test
    void shouldGiveTheSameBitsOnPlainArrays() {
        int[][] score = score(2, FRAMES);
        float[] expected = play(engine(new PlainKernel()), score, 64);

        assertAudible(expected);
        assertArrayEquals(expected, play(engine(null), score, 64));
    }

    @Test
    void shouldUseVectorsWhereTheyAre() {
        String expected = System.getProperty("sampler.test.kernel");

        assertNotEquals(null, expected);
        assertTrue(engine(null).kernelName().startsWith(expected), engine(null).kernelName());
    }

    @Test
    void shouldNotAllocate() {
        int blocks = 20_000;
        Engine engine = engine(null);
        int[][] score = score(3, blocks);
        PatchSet[] replacements = {patches(2), patches(1)};
        float[] block = new float[128];
        run(engine, score, replacements, block, blocks);

        long allocated = -1;
        double heard = 0;
        // vectors allocate until they are compiled, which takes its time on a busy machine
        for (int attempt = 0; attempt < ATTEMPTS && allocated != 0; attempt++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            heard = run(engine, score, replacements, block, blocks);
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }

        assertTrue(heard > 1);
        assertTrue(engine.stolenVoices() > 10);
        assertEquals(0, allocated);
    }

    /** A message with each block, from this thread and by the ring in turn; another instrument now and then. */
    private static double run(Engine engine, int[][] score, PatchSet[] replacements, float[] block, int blocks) {
        double heard = 0;
        for (int i = 0; i < blocks; i++) {
            int[] m = score[i % score.length];
            if (i % 2 == 0) {
                engine.schedule(i % 64, m[1], m[2], m[3]);
            } else {
                engine.offer(m[1], m[2], m[3]);
            }
            if (i % 500 == 0) {
                engine.play(replacements[i / 500 % 2]);
            }
            engine.process(block, 64);
            heard += Math.abs(block[0]);
        }
        return heard;
    }

    @Test
    void shouldLookUpPowersOfTwo() {
        for (double x = -20; x < 20; x += 0.0137) {
            assertEquals(1, Tables.exp2(x) / Math.pow(2, x), 1e-10);
        }
        assertEquals(0, Tables.exp2(-1e9));
        assertEquals(Math.sqrt(0.5), Tables.quarterSine(0.5f), 1e-6);
    }
}
