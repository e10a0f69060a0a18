package org.carillon.sampler.graph;

import java.util.Arrays;
import org.carillon.sampler.Sampler;

/**
 * How the sixteen channels stand, so that a sampler made anew for another sample rate goes on as the one before.
 * Sounding notes are not kept. The audio thread writes; whoever restores does it while no block is made.
 */
final class ChannelMemory {
    private static final int CHANNELS = 16;
    private static final int VALUES = 128;
    private static final byte UNSET = -1;
    private static final int CONTROL_CHANGE = 0xB0;
    private static final int PROGRAM_CHANGE = 0xC0;
    private static final int PITCH_BEND = 0xE0;
    private static final int SYSTEM_RESET = 0xFF;
    private static final int DATA_HIGH = 6;
    private static final int DATA_LOW = 38;
    private static final int FIRST_PARAMETER = 98;
    private static final int REGISTERED_LOW = 100;
    private static final int REGISTERED_HIGH = 101;
    private static final int FIRST_MODE = 120;
    private static final int RESET_CONTROLLERS = 121;
    private static final int NO_PARAMETER = 127;
    /** What controller 121 sets back, of what a sampler listens to: expression and pedals. */
    private static final int[] RESET = {1, 11, 64, 65, 66, 67};

    private final byte[] controllers = new byte[CHANNELS * VALUES];
    private final byte[] programs = new byte[CHANNELS];
    private final int[] bends = new int[CHANNELS];
    private final int[] parameters = new int[CHANNELS];
    private final byte[] bendSemitones = new byte[CHANNELS];
    private final byte[] bendCents = new byte[CHANNELS];

    ChannelMemory() {
        Arrays.fill(controllers, UNSET);
        Arrays.fill(programs, UNSET);
        Arrays.fill(bends, UNSET);
        Arrays.fill(parameters, UNSET);
        Arrays.fill(bendSemitones, UNSET);
        Arrays.fill(bendCents, UNSET);
    }

    void note(int status, int one, int two) {
        int channel = status & 0xF;
        switch (status & 0xF0) {
            case CONTROL_CHANGE -> control(channel, one, two);
            case PROGRAM_CHANGE -> programs[channel] = (byte) one;
            case PITCH_BEND -> bends[channel] = one | two << 7;
            default -> {
                if (status == SYSTEM_RESET) {
                    for (int each = 0; each < CHANNELS; each++) {
                        reset(each);
                    }
                }
            }
        }
    }

    private void control(int channel, int number, int value) {
        if (number == DATA_HIGH || number == DATA_LOW) {
            if (parameters[channel] == 0) { // bend range, the only one that the sampler knows
                (number == DATA_HIGH ? bendSemitones : bendCents)[channel] = (byte) value;
            }
        } else if (number == REGISTERED_LOW || number == REGISTERED_HIGH) {
            int former = parameters[channel] < 0 ? NO_PARAMETER << 7 | NO_PARAMETER : parameters[channel];
            parameters[channel] = number == REGISTERED_LOW ? former & ~0x7F | value : former & 0x7F | value << 7;
        } else if (number >= FIRST_PARAMETER && number < REGISTERED_LOW) {
            parameters[channel] = UNSET;
        } else if (number == RESET_CONTROLLERS) {
            reset(channel);
        } else if (number < FIRST_MODE) {
            controllers[channel * VALUES + number] = (byte) value;
        }
    }

    private void reset(int channel) {
        for (int number : RESET) {
            controllers[channel * VALUES + number] = UNSET;
        }
        bends[channel] = UNSET;
        parameters[channel] = UNSET;
    }

    /** Tells a new sampler how it was. */
    void restore(Sampler sampler) {
        for (int channel = 0; channel < CHANNELS; channel++) {
            for (int number = 0; number < FIRST_MODE; number++) {
                int value = controllers[channel * VALUES + number];
                if (value != UNSET) {
                    sampler.controlChange(channel, number, value);
                }
            }
            if (programs[channel] != UNSET) {
                sampler.programChange(channel, programs[channel]);
            }
            restoreBend(sampler, channel);
        }
    }

    private void restoreBend(Sampler sampler, int channel) {
        if (bendSemitones[channel] != UNSET || bendCents[channel] != UNSET) {
            sampler.controlChange(channel, REGISTERED_HIGH, 0);
            sampler.controlChange(channel, REGISTERED_LOW, 0);
            if (bendSemitones[channel] != UNSET) {
                sampler.controlChange(channel, DATA_HIGH, bendSemitones[channel]);
            }
            if (bendCents[channel] != UNSET) {
                sampler.controlChange(channel, DATA_LOW, bendCents[channel]);
            }
        }
        int parameter = parameters[channel] == UNSET ? NO_PARAMETER << 7 | NO_PARAMETER : parameters[channel];
        sampler.controlChange(channel, REGISTERED_HIGH, parameter >>> 7);
        sampler.controlChange(channel, REGISTERED_LOW, parameter & 0x7F);
        if (bends[channel] != UNSET) {
            sampler.send(PITCH_BEND | channel, bends[channel] & 0x7F, bends[channel] >>> 7);
        }
    }
}
