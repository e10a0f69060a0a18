package org.carillon.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import org.carillon.sampler.instrument.LoopMode;
import org.carillon.sampler.instrument.Region;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamplerTest {
    private static Region.Builder steady() {
        Region.Builder region = Region.of(Waves.constant(0.5f, 4_800));
        region.loopMode = LoopMode.CONTINUOUS;
        return region;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 31, 32, 33, 63})
    void shouldSoundFromTheFrameOfTheMessage(int frame) {
        Rig rig = Rig.mono(steady());
        rig.play(Rig.BLOCK_FRAMES);
        assertTrue(rig.sampler.sendAt(frame, 0x90, 60, 127));
        float[] played = rig.play(Rig.BLOCK_FRAMES);

        for (int i = 0; i < Rig.BLOCK_FRAMES; i++) {
            assertEquals(i >= frame ? 0.5 : 0, played[i], 1e-4, "frame=" + i);
        }
    }

    @Test
    void shouldKeepMessagesForLaterBlocks() {
        Rig rig = Rig.mono(steady());
        rig.sampler.sendAt(1_000, 0x80, 60, 0);
        rig.sampler.sendAt(200, 0x90, 60, 127);
        float[] played = rig.play(4_800);

        assertEquals(0, played[199]);
        assertEquals(0.5, played[200], 1e-4);
        assertEquals(0.5, played[999], 1e-4);
        assertEquals(0, played[4_000]);
    }

    @Test
    void shouldRefuseAndCountWhatFindsNoRoom() {
        Sampler sampler = Sampler.create(SamplerOptions.at(48_000).withEventCapacity(20));
        for (int i = 0; i < 32; i++) { // the next power of two
            assertTrue(sampler.noteOn(0, i, 100));
        }
        assertFalse(sampler.noteOn(0, 60, 100));
        sampler.process(new float[128], 64);
        assertTrue(sampler.noteOn(0, 60, 100));
        for (int i = 0; i < 1_024; i++) {
            assertTrue(sampler.sendAt(i, 0x90, 60, 100));
        }
        assertFalse(sampler.sendAt(0, 0x90, 60, 100));

        assertEquals(2, sampler.statistics().droppedEvents());
    }

    @Test
    @Timeout(60)
    void shouldTakeMessagesFromManyThreadsInTheOrderOfEach() throws InterruptedException {
        int threads = 4;
        int notes = 20_000;
        Rig rig = Rig.mono(steady());
        CountDownLatch running = new CountDownLatch(threads);
        for (int t = 0; t < threads; t++) {
            int channel = t;
            Thread.ofPlatform().daemon().start(() -> {
                for (int i = 0; i < notes; i++) {
                    while (!rig.sampler.send((i % 2 == 0 ? 0x90 : 0x80) | channel, i / 2 % 128, 100)) {
                        Thread.yield();
                    }
                }
                running.countDown();
            });
        }
        double heard = 0;
        while (running.getCount() > 0 && !Thread.currentThread().isInterrupted()) {
            heard += Signal.peak(rig.play(Rig.BLOCK_FRAMES));
        }
        running.await();
        rig.play(48_000);

        assertTrue(heard > 0);
        assertEquals(0, rig.voices(), "a note-off overtook its note-on");
    }

    @Test
    void shouldTellWhatItHasDone() {
        Rig rig = Rig.mono(steady());
        long before = rig.sampler.statistics().frames();
        rig.on(60).on(64).play(1_000);
        rig.off(60).play(4_800);
        rig.sampler.addXruns(3);
        SamplerStatistics statistics = rig.sampler.statistics();

        assertEquals(5_800, statistics.frames() - before);
        assertEquals(3, statistics.xruns());
        assertEquals(1, statistics.activeVoices());
        assertEquals(2, statistics.peakVoices());
        assertEquals(0, statistics.droppedEvents());
    }

    @Test
    void shouldAskForRealTimeOnTheAudioThread() {
        Rig rig = Rig.mono(steady());
        rig.sampler.enableRealTime(10);
        assertTrue(rig.sampler.realTime().isEmpty());
        Thread audio = Thread.ofPlatform().start(() -> rig.play(Rig.BLOCK_FRAMES));
        try {
            audio.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }

        assertFalse(rig.sampler.realTime().orElseThrow().message().isBlank());
    }

    @Test
    void shouldBeSilentAfterItsEnd() {
        Rig rig = Rig.mono(steady()).on(60);
        Signal.audible(rig.play(1_000));
        rig.sampler.close();

        assertFalse(rig.sampler.noteOn(0, 60, 100));
        assertEquals(0, Signal.peak(rig.play(1_000)));
    }

    @Test
    void shouldRefuseWhatMakesNoSense() {
        Sampler sampler = Sampler.create(SamplerOptions.at(48_000));
        assertThrows(IllegalArgumentException.class, () -> sampler.noteOn(16, 60, 100));
        assertThrows(IllegalArgumentException.class, () -> sampler.noteOn(0, 128, 100));
        assertThrows(IllegalArgumentException.class, () -> sampler.send(0x7F, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> sampler.pitchBend(0, 8_192));
        assertThrows(IllegalArgumentException.class, () -> sampler.enableRealTime(0));
        assertThrows(IllegalArgumentException.class, () -> SamplerOptions.at(7_999));
        assertThrows(IndexOutOfBoundsException.class, () -> sampler.process(new float[127], 64));
    }

    @Test
    void shouldPlayAtTheLowestAndTheHighestRate() {
        for (int rateHz : new int[]{8_000, 384_000}) {
            Region.Builder region = Region.of(Waves.sine(440, 48_000));
            Rig rig = new Rig(SamplerOptions.at(rateHz).withChannels(1)).with(region).on(60);

            assertEquals(440, Signal.frequency(Signal.audible(rig.play(rateHz / 2)), rateHz), 0.05);
        }
    }
}
