package org.carillon.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.carillon.sampler.BlockSource;
import org.carillon.sampler.Sampler;
import org.carillon.sampler.SamplerOptions;
import org.carillon.sampler.builtin.BuiltInInstrument;
import org.carillon.sampler.graph.MessageFeed;
import org.carillon.sampler.graph.MessageList;
import org.carillon.sampler.graph.TimedSampler;
import org.carillon.sampler.instrument.Instrument;
import org.carillon.sampler.output.JackOutput;
import org.carillon.sampler.output.OutputOptions;
import org.carillon.sampler.output.WavOutput;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is heard at a real sound server is, bit for bit, what the same events give off line. */
@Timeout(120)
class SamplerJackIT {
    private static final int RATE_HZ = 48_000;
    private static final int BLOCK = 64;
    private static final int OTHER_BLOCK = 441;
    private static final long NS_PER_S = 1_000_000_000L;
    private static final float FULL_SCALE_24 = 0x7F_FFFF;
    private static final int NOTES = 40;
    private static final long NOTE_NS = 31_234_567;
    private static final int RECORDED_S = 5;

    private static final Instrument INSTRUMENT = BuiltInInstrument.create();

    private final Jackd jackd = new Jackd();

    @AfterEach
    void endServer() throws IOException {
        jackd.close();
    }

    /** Keeps when each block began, and what came out of the first that sounds. */
    private static final class Tape implements BlockSource {
        private static final int KEPT = 100_000;
        final long[] startNs = new long[KEPT];
        final int[] frames = new int[KEPT];
        volatile int blocks;
        private final BlockSource source;

        Tape(BlockSource source) {
            this.source = source;
        }

        @Override
        public void render(float[] buffer, int blockFrames, long blockStartNs) {
            startNs[blocks] = blockStartNs;
            frames[blocks] = blockFrames;
            source.render(buffer, blockFrames, blockStartNs);
            blocks++;
        }

        /** Frame, counted from the first of all, at which a live event of that time is to be heard. */
        long frameOf(long timeNs) {
            long first = 0;
            for (int block = 0; block < blocks; block++) {
                long frame = frameAt(timeNs) - frameAt(startNs[block]) + BLOCK;
                if (frame < frames[block]) {
                    return first + Math.max(0, frame);
                }
                first += frames[block];
            }
            throw new AssertionError("event was not played: timeNs=" + timeNs);
        }

        private static long frameAt(long timeNs) {
            long seconds = Math.floorDiv(timeNs, NS_PER_S);
            return seconds * RATE_HZ + Math.round((double) (timeNs - seconds * NS_PER_S) * RATE_HZ / NS_PER_S);
        }
    }

    /** A list that begins when it is told. */
    private static final class LiveFeed implements MessageFeed {
        private final MessageList list;
        private volatile long originNs = Long.MAX_VALUE;
        private Taker taker;
        private final Taker shifting = (timeNs, status, one, two) -> taker.take(originNs + timeNs, status, one, two);

        LiveFeed(MessageList list) {
            this.list = list;
        }

        @Override
        public void offerTo(Taker newTaker) {
            if (originNs != Long.MAX_VALUE) {
                taker = newTaker;
                list.offerTo(shifting);
            }
        }

        @Override
        public boolean isEmpty() {
            return list.isEmpty();
        }
    }

    /** One event: its time, and its bytes. */
    private record Timed(long timeNs, int status, int one, int two) {}

    private static Timed[] music(int lastVelocity) {
        Timed[] events = new Timed[2 * NOTES];
        for (int i = 0; i < NOTES; i++) {
            int channel = i % 3;
            int key = 48 + i * 7 % 36;
            events[2 * i] = new Timed(i * NOTE_NS, 0x90 | channel, key, i == NOTES - 1 ? lastVelocity : 60 + i);
            events[2 * i + 1] = new Timed(i * NOTE_NS + NOTE_NS / 2, 0x80 | channel, key, 0);
        }
        return events;
    }

    private static Sampler sampler() {
        Sampler sampler = Sampler.create(SamplerOptions.at(RATE_HZ));
        sampler.setInstrument(INSTRUMENT);
        sampler.programChange(1, 40);
        sampler.programChange(2, 16);
        return sampler;
    }

    @Test
    void shouldBeHeardBitForBitAsOffLine() throws Exception {
        jackd.start(RATE_HZ, BLOCK, true);
        MessageList list = new MessageList();
        Timed[] events = music(100);
        for (Timed event : events) {
            list.add(event.timeNs, event.status, event.one, event.two);
        }
        LiveFeed feed = new LiveFeed(list);
        Sampler sampler = sampler();
        Tape tape = new Tape(TimedSampler.live(sampler, feed, BLOCK));
        int[] recorded;
        try (JackOutput output = new JackOutput(
                OutputOptions.named("sampler").withServer(jackd.name).withAnyCollector())) {
            output.start(tape);
            Server.await("sound", () -> tape.blocks > 50);
            CompletableFuture<int[]> recording = CompletableFuture.supplyAsync(this::record);
            Server.await("recorder", () -> jackd.connections("sampler:out_1").size() == 2);
            feed.originNs = System.nanoTime() + NS_PER_S / 10;
            recorded = await(recording);
            assertTrue(list.isEmpty(), "played=" + list.played());
        }

        int[] expected = offLine(tape, feed.originNs, events);
        assertSame(expected, recorded);
        int[] other = offLine(tape, feed.originNs, music(101));
        assertNotEquals(-1, mismatch(other, recorded), "one velocity differs, and nobody hears it");
    }

    private int[] record() {
        try {
            return jackd.record(RECORDED_S, "sampler:out_1", "sampler:out_2");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static int[] await(CompletableFuture<int[]> recording) throws InterruptedException, ExecutionException {
        try {
            return recording.get(RECORDED_S + 30, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("jack_rec does not end", e);
        }
    }

    /** The same events at the same frames, in blocks of another length, as the recorder rounds them. */
    private static int[] offLine(Tape tape, long originNs, Timed[] events) {
        MessageList list = new MessageList();
        for (Timed event : events) {
            long frame = tape.frameOf(originNs + event.timeNs);
            list.add(Math.ceilDiv(frame * NS_PER_S, RATE_HZ), event.status, event.one, event.two);
        }
        int frames = (int) (tape.frameOf(originNs) + (RECORDED_S + 1L) * RATE_HZ);
        int[] samples = new int[2 * frames];
        int[] next = {0};
        try (WavOutput output = new WavOutput(OutputOptions.named("expected").withFormat(RATE_HZ, OTHER_BLOCK),
                (buffer, count) -> {
                    for (int i = 0; i < 2 * count; i++) {
                        samples[next[0]++] = (int) Math.rint(buffer[i] * FULL_SCALE_24);
                    }
                })) {
            output.start(TimedSampler.offLine(sampler(), list));
            output.pull(frames);
        }
        return samples;
    }

    private static void assertSame(int[] expected, int[] recorded) {
        int mismatch = mismatch(expected, recorded);
        int heard = recorded.length - first(recorded);
        assertTrue(heard > 2 * NOTES * NOTE_NS / NS_PER_S * RATE_HZ, "sound is missing: samples=" + heard);
        assertEquals(-1, mismatch, () -> "differs from its first sound on at sample " + mismatch + ": expected="
                + expected[first(expected) + mismatch] + ", recorded=" + recorded[first(recorded) + mismatch]);
    }

    /** From the first sound of each on, over all that was recorded; -1 where they are the same. */
    private static int mismatch(int[] expected, int[] recorded) {
        int from = first(recorded);
        int length = recorded.length - from;
        assertTrue(length > 0, "recording is silent");
        int begin = first(expected);
        return Arrays.mismatch(Arrays.copyOfRange(expected, begin, begin + length),
                Arrays.copyOfRange(recorded, from, recorded.length));
    }

    /** The frame of the first sound, as an index. */
    private static int first(int[] samples) {
        int first = 0;
        while (first < samples.length && samples[first] == 0) {
            first++;
        }
        return first & ~1;
    }
}
