package org.carillon.sampler;

import java.util.Objects;
import org.carillon.sampler.instrument.Instrument;

/**
 * Checks what callers hand to a {@link Sampler}. Apart from it, for the sake of the messages: the Java virtual machine
 * makes all string constants of a class on the heap when its code is first compiled in full, in the thread that runs
 * it, and that is the audio thread. Classes whose code that thread runs have none.
 */
final class Arguments {
    private static final int MAX_CHANNEL = 15;
    private static final int MAX_PRIORITY = 99;
    private static final int BEND_CENTRE = 8_192;
    private static final int MAX_BEND = 16_383;

    private Arguments() {}

    static void instrument(Instrument instrument) {
        Objects.requireNonNull(instrument, "instrument");
    }

    static int channel(int channel) {
        if (channel < 0 || channel > MAX_CHANNEL) {
            throw new IllegalArgumentException("channel must be 0 to 15: channel=" + channel);
        }
        return channel;
    }

    static int priority(int priority) {
        if (priority < 1 || priority > MAX_PRIORITY) {
            throw new IllegalArgumentException("real-time priority must be 1 to 99: priority=" + priority);
        }
        return priority;
    }

    /** The wheel as a message has it, 0 to 16,383. */
    static int rawBend(int value) {
        int raw = value + BEND_CENTRE;
        if (raw < 0 || raw > MAX_BEND) {
            throw new IllegalArgumentException("pitch bend must be -8192 to 8191: value=" + value);
        }
        return raw;
    }
}
