package org.carillon.sampler.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.carillon.sampler.Sampler;
import org.carillon.sampler.SamplerOptions;
import org.carillon.sampler.instrument.Envelope;
import org.carillon.sampler.instrument.Instrument;
import org.carillon.sampler.instrument.LoopMode;
import org.carillon.sampler.instrument.Region;
import org.carillon.sampler.instrument.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimedSamplerTest {
    private static final int RATE_HZ = 48_000;
    private static final int BLOCK_FRAMES = 64;
    private static final long NS_PER_S = 1_000_000_000L;

    private static Sampler sampler(int rateHz) {
        Sampler sampler = Sampler.create(SamplerOptions.at(rateHz).withChannels(1));
        float[] values = new float[4_800];
        Arrays.fill(values, 0.5f);
        Region.Builder region = Region.of(new Sample("constant", rateHz, values));
        region.loopMode = LoopMode.CONTINUOUS;
        region.keyTrackCents = 0;
        region.amplitude = new Envelope(0, 0, 0, 0, 1, 0.05);
        sampler.setInstrument(Instrument.of("constant", List.of(region.build())));
        return sampler;
    }

    private static long timeNs(long frame, int rateHz) {
        return frame / rateHz * NS_PER_S + frame % rateHz * NS_PER_S / rateHz;
    }

    /** What is played from time 0 on, in blocks of that size. */
    private static float[] play(TimedSampler source, int rateHz, int frames, int blockFrames) {
        float[] played = new float[frames];
        float[] block = new float[blockFrames];
        for (int done = 0; done < frames; done += blockFrames) {
            int count = Math.min(blockFrames, frames - done);
            source.render(block, count, timeNs(done, rateHz));
            System.arraycopy(block, 0, played, done, count);
        }
        return played;
    }

    private static int firstSound(float[] played) {
        for (int i = 0; i < played.length; i++) {
            if (played[i] != 0) {
                return i;
            }
        }
        return -1;
    }

    @ParameterizedTest
    @ValueSource(ints = {8_000, 44_100, 48_000, 96_000, 384_000})
    void shouldSoundOffLineAtTheNearestFrame(int rateHz) {
        Random random = new Random(rateHz);
        for (int i = 0; i < 100; i++) {
            long timeNs = random.nextLong(NS_PER_S / 100);
            TimedSampler source = TimedSampler.offLine(sampler(rateHz), new MessageList().add(timeNs, 0x90, 60, 127));

            float[] played = play(source, rateHz, rateHz / 100 + 2, BLOCK_FRAMES);

            assertEquals(Math.round((double) timeNs * rateHz / NS_PER_S), firstSound(played), "timeNs=" + timeNs);
            assertEquals(0, source.lateMessages());
        }
    }

    @Test
    void shouldCountFramesExactlyOverManyYears() {
        long years = 100L * 365 * 86_400;
        for (int frame = 0; frame < RATE_HZ; frame += 7) {
            assertEquals(years * RATE_HZ + frame,
                    TimedSampler.frameAt(years * NS_PER_S + timeNs(frame, RATE_HZ), RATE_HZ));
            assertEquals(frame - RATE_HZ, TimedSampler.frameAt(timeNs(frame, RATE_HZ) - NS_PER_S, RATE_HZ));
        }
    }

    @Test
    void shouldTakeOneBlockFromALiveMessageToItsFirstSample() {
        for (int frame = 0; frame < 3 * BLOCK_FRAMES; frame++) {
            MessageList feed = new MessageList().add(timeNs(frame, RATE_HZ), 0x90, 60, 127);
            TimedSampler source = TimedSampler.live(sampler(RATE_HZ), feed, BLOCK_FRAMES);

            float[] played = play(source, RATE_HZ, 6 * BLOCK_FRAMES, BLOCK_FRAMES);

            assertEquals(BLOCK_FRAMES, firstSound(played) - frame);
            assertEquals(BLOCK_FRAMES, source.latencyFrames());
        }
    }

    @Test
    void shouldKeepTheDistancesOfMessagesAtAnyStart() {
        Random random = new Random(5);
        for (int i = 0; i < 200; i++) {
            long originNs = random.nextLong(1L << 60);
            long noteNs = random.nextLong(timeNs(BLOCK_FRAMES, RATE_HZ));
            MessageList feed = new MessageList();
            TimedSampler source = TimedSampler.live(sampler(RATE_HZ), shifted(feed, originNs), BLOCK_FRAMES);
            feed.add(noteNs, 0x90, 60, 127);
            float[] played = new float[BLOCK_FRAMES];
            source.render(played, BLOCK_FRAMES, originNs + timeNs(BLOCK_FRAMES, RATE_HZ));

            double exact = (double) noteNs * RATE_HZ / NS_PER_S;
            assertTrue(firstSound(played) < 0 && exact > BLOCK_FRAMES - 2
                    || Math.abs(firstSound(played) - exact) <= 1, "originNs=" + originNs + ", noteNs=" + noteNs);
        }
    }

    private static MessageFeed shifted(MessageList feed, long originNs) {
        return new MessageFeed() {
            @Override
            public void offerTo(Taker taker) {
                feed.offerTo((timeNs, status, one, two) -> taker.take(originNs + timeNs, status, one, two));
            }

            @Override
            public boolean isEmpty() {
                return feed.isEmpty();
            }
        };
    }

    @Test
    void shouldPlayAndCountWhatComesTooLateWithTheNextBlock() {
        MessageList feed = new MessageList();
        TimedSampler source = TimedSampler.live(sampler(RATE_HZ), feed, BLOCK_FRAMES);
        play(source, RATE_HZ, 4 * BLOCK_FRAMES, BLOCK_FRAMES);
        feed.add(timeNs(BLOCK_FRAMES, RATE_HZ), 0x90, 60, 127);
        float[] played = new float[BLOCK_FRAMES];
        source.render(played, BLOCK_FRAMES, timeNs(4 * BLOCK_FRAMES, RATE_HZ));

        assertEquals(0, firstSound(played));
        assertEquals(1, source.lateMessages());
        assertEquals(2 * BLOCK_FRAMES, source.latestFrames());
        assertEquals(1, source.messages());
    }

    @Test
    void shouldGiveTheSameBitsForAllBlockSizes() {
        float[] expected = play(TimedSampler.offLine(sampler(RATE_HZ), music()), RATE_HZ, 2 * RATE_HZ, BLOCK_FRAMES);
        assertTrue(firstSound(expected) >= 0);
        for (int blockFrames : new int[]{1, 16, 63, 441, 8_192}) {
            float[] played = play(TimedSampler.offLine(sampler(RATE_HZ), music()), RATE_HZ, 2 * RATE_HZ, blockFrames);
            assertArrayEquals(expected, played, "blockFrames=" + blockFrames);
        }
        MessageList other = music().add(NS_PER_S * 19 / 10, 0x90, 30, 1);
        assertNotEquals(Arrays.hashCode(expected), Arrays.hashCode(
                play(TimedSampler.offLine(sampler(RATE_HZ), other), RATE_HZ, 2 * RATE_HZ, BLOCK_FRAMES)));
    }

    /** Two hundred notes with controllers, at times that fall between frames. */
    private static MessageList music() {
        Random random = new Random(1);
        MessageList list = new MessageList();
        long timeNs = 0;
        for (int i = 0; i < 200; i++) {
            list.add(timeNs, 0x90, 30 + i % 60, 1 + random.nextInt(127));
            list.add(timeNs, 0xB0, 7, random.nextInt(128));
            timeNs += random.nextLong(8_000_000);
            list.add(timeNs, 0xE0, random.nextInt(128), random.nextInt(128));
            list.add(timeNs, 0x80, 30 + random.nextInt(60), 0);
        }
        return list;
    }

    @Test
    void shouldBeSilentWhenTheListIsPlayedAndTheLastVoiceHasDied() {
        MessageList list = new MessageList().add(0, 0x90, 60, 127).add(NS_PER_S / 10, 0x80, 60, 0);
        TimedSampler source = TimedSampler.offLine(sampler(RATE_HZ), list);
        assertFalse(source.isSilent());
        play(source, RATE_HZ, RATE_HZ / 20, BLOCK_FRAMES);
        assertFalse(source.isSilent());

        float[] block = new float[BLOCK_FRAMES];
        int frame = RATE_HZ / 20;
        for (; !source.isSilent() && frame < RATE_HZ; frame += BLOCK_FRAMES) {
            source.render(block, BLOCK_FRAMES, timeNs(frame, RATE_HZ));
        }
        assertTrue(frame > RATE_HZ / 10 && frame < RATE_HZ, "frame=" + frame);
        source.render(block, BLOCK_FRAMES, timeNs(frame, RATE_HZ));
        assertEquals(-1, firstSound(block));
        assertEquals(2, list.played());
    }

    @Test
    void shouldLoseNothingWhenMoreComesThanABlockHolds() {
        MessageList list = new MessageList();
        for (int i = 0; i < 3_000; i++) {
            list.add(0, i % 2 == 0 ? 0x90 : 0x80, i / 2 % 128, 100);
        }
        Sampler sampler = sampler(RATE_HZ);
        TimedSampler source = TimedSampler.offLine(sampler, list);
        play(source, RATE_HZ, RATE_HZ / 2, BLOCK_FRAMES);

        assertEquals(3_000, source.messages());
        assertEquals(0, sampler.statistics().droppedEvents());
        assertTrue(source.isSilent(), "a note-off was lost");
    }

    @Test
    void shouldAllocateNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        MessageList list = new MessageList();
        for (int i = 0; i < 200_000; i++) {
            list.add(i * 50_000L, i % 2 == 0 ? 0x90 : 0x80, 60, 100);
        }
        TimedSampler source = TimedSampler.offLine(sampler(RATE_HZ), list);
        float[] block = new float[BLOCK_FRAMES];
        long before = 0;
        for (int i = 0; i < 7_000; i++) {
            if (i == 2_000) {
                before = threads.getCurrentThreadAllocatedBytes();
            }
            source.render(block, BLOCK_FRAMES, timeNs((long) i * BLOCK_FRAMES, RATE_HZ));
        }
        assertEquals(0, threads.getCurrentThreadAllocatedBytes() - before);
        assertTrue(list.played() > 180_000, "played=" + list.played());
    }

    @Test
    void shouldRefuseMessagesOutOfOrderOrOfNoSense() {
        MessageList list = new MessageList().add(5, 0x90, 60, 1);
        assertThrows(IllegalArgumentException.class, () -> list.add(4, 0x90, 60, 1));
        assertThrows(IllegalArgumentException.class, () -> list.add(5, 0x7F, 60, 1));
        assertThrows(IllegalArgumentException.class, () -> list.add(5, 0x90, 128, 1));
        assertThrows(IllegalArgumentException.class, () -> list.add(5, 0x90, 0, -1));
        assertEquals(1, list.size());
        assertEquals(5, list.endNs());
    }
}
