package org.carillon.sampler.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.carillon.sampler.Sampler;
import org.carillon.sampler.SamplerOptions;
import org.carillon.sampler.builtin.BuiltInInstrument;
import org.carillon.sampler.instrument.Instrument;
import org.junit.jupiter.api.Test;

class ChannelMemoryTest {
    private static final Instrument INSTRUMENT = BuiltInInstrument.create();
    /** Program, volume, pan, expression, pedal, bend range, bend. */
    private static final int[][] MESSAGES = {{0xC1, 19, 0}, {0xB1, 7, 90}, {0xB1, 10, 20}, {0xB1, 11, 60},
        {0xB1, 64, 127}, {0xB1, 101, 0}, {0xB1, 100, 0}, {0xB1, 6, 12}, {0xB1, 38, 50}, {0xE1, 3, 100}};

    private static Sampler sampler() {
        Sampler sampler = Sampler.create(SamplerOptions.at(48_000));
        sampler.setInstrument(INSTRUMENT);
        return sampler;
    }

    private static float[] note(Sampler sampler) {
        float[] settling = new float[48_000];
        sampler.process(settling, 24_000);
        sampler.noteOn(1, 60, 100);
        sampler.process(settling, 12_000);
        sampler.noteOff(1, 60);
        sampler.process(settling, 12_000);
        assertTrue(settling[4_001] != 0);
        return settling;
    }

    @Test
    void shouldMakeANewSamplerSoundAsTheOneBefore() {
        Sampler first = sampler();
        ChannelMemory memory = new ChannelMemory();
        for (int[] message : MESSAGES) {
            first.send(message[0], message[1], message[2]);
            memory.note(message[0], message[1], message[2]);
        }
        Sampler second = sampler();
        memory.restore(second);

        float[] expected = note(first);
        assertArrayEquals(expected, note(second));
        assertFalse(Arrays.equals(expected, note(sampler())));
    }

    @Test
    void shouldForgetWhatAResetSetsBack() {
        Sampler first = sampler();
        ChannelMemory memory = new ChannelMemory();
        Random random = new Random(3);
        for (int i = 0; i < 2_000; i++) {
            int status = new int[]{0xB1, 0xB1, 0xB1, 0xC1, 0xE1}[random.nextInt(5)];
            int one = random.nextInt(status == 0xB1 ? 122 : 128);
            int two = random.nextInt(128);
            first.send(status, one, two);
            memory.note(status, one, two);
            if (i % 50 == 0) {
                first.process(new float[256], 128);
            }
        }
        for (int[] message : new int[][]{{0xB1, 7, 100}, {0xB1, 11, 100}, {0xB1, 10, 30}}) { // to be heard
            first.send(message[0], message[1], message[2]);
            memory.note(message[0], message[1], message[2]);
        }
        Sampler second = sampler();
        memory.restore(second);

        assertArrayEquals(note(first), note(second));
    }

    @Test
    void shouldLetOneSeatPlayAtATime() {
        AtomicBoolean isBusy = new AtomicBoolean();
        Seat one = new Seat(isBusy);
        Seat other = new Seat(isBusy);
        float[] inner = {1};
        one.give((buffer, frames, startNs) -> {
            other.render(inner, 1, 0);
            buffer[0] = 1;
        });
        other.give((buffer, frames, startNs) -> buffer[0] = 2);
        float[] block = new float[1];
        one.render(block, 1, 0);
        assertArrayEquals(new float[]{1}, block);
        assertArrayEquals(new float[]{0}, inner, "played while the first one did");

        assertTrue(one.take());
        one.render(block, 1, 0);
        assertArrayEquals(new float[]{0}, block);
        other.render(block, 1, 0);
        assertArrayEquals(new float[]{2}, block);
    }
}
