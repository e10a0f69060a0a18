package org.carillon.sequencer;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * What messages have set on the sixteen channels, notes left aside: controllers, programs with their banks, bends,
 * pressure, registered and other parameters. Messages are packed: status, first and second data byte from the lowest
 * byte on.
 */
final class ChannelStates {
    private static final int UNSET = -1;
    private static final int BANK_MSB = 0;
    private static final int BANK_LSB = 32;
    private static final int DATA_MSB = 6;
    private static final int DATA_LSB = 38;
    private static final int INCREMENT = 96;
    private static final int DECREMENT = 97;
    private static final int NRPN_LSB = 98;
    private static final int RPN_LSB = 100;
    private static final int RPN_MSB = 101;
    private static final int ALL_SOUND_OFF = 120;
    private static final int RESET = 121;
    private static final int NOTES_OFF = 123;
    private static final int OMNI_OFF = 124;
    private static final int[] PEDALS = {64, 66, 67, 69};
    private static final int PEDAL_DOWN = 64;
    private static final int BEND_CENTRE = 0x2000;
    private static final int MAX_VALUE = 0x3FFF;
    /** Parameters: registered ones from 0, others from here. */
    private static final int NRPN = 1 << 14;
    private static final int NO_PARAMETER = MAX_VALUE;
    /** What a device has before anybody sets it (General MIDI, RP-015), as far as it is known. */
    private static final Map<Integer, Integer> CONTROLLER_DEFAULTS = Map.of(1, 0, 7, 100, 10, 64, 11, 127, 64, 0, 65, 0,
            66, 0, 67, 0, 68, 0, 69, 0);
    private static final Map<Integer, Integer> PARAMETER_DEFAULTS = Map.of(0, 2 << 7, 1, 64 << 7, 2, 64 << 7);

    private final Channel[] channels = new Channel[Midi.CHANNELS];

    /** One channel. */
    private static final class Channel {
        private final int[] controllers = new int[Midi.KEYS];
        private final Map<Integer, Integer> parameters = new LinkedHashMap<>();
        private int program = UNSET;
        private int bankMsb = UNSET;
        private int bankLsb = UNSET;
        private int bend = UNSET;
        private int pressure = UNSET;
        private int parameter = NO_PARAMETER;

        Channel() {
            Arrays.fill(controllers, UNSET);
        }
    }

    ChannelStates() {
        Arrays.setAll(channels, i -> new Channel());
    }

    /** Takes a message into account. */
    void apply(int message) {
        Channel channel = channels[message & 0xF];
        int data1 = message >> 8 & 0x7F;
        int data2 = message >> 16 & 0x7F;
        switch (message & 0xF0) {
            case Midi.CONTROL -> control(channel, data1, data2);
            case Midi.PROGRAM -> {
                channel.program = data1;
                channel.bankMsb = channel.controllers[BANK_MSB];
                channel.bankLsb = channel.controllers[BANK_LSB];
            }
            case Midi.CHANNEL_PRESSURE -> channel.pressure = data1;
            case Midi.BEND -> channel.bend = data2 << 7 | data1;
            default -> {
                // notes are counted elsewhere
            }
        }
    }

    private static void control(Channel channel, int number, int value) {
        switch (number) {
            case DATA_MSB -> parameter(channel, value << 7 | parameter(channel) & 0x7F);
            case DATA_LSB -> parameter(channel, parameter(channel) & ~0x7F | value);
            case INCREMENT -> parameter(channel, Math.min(parameter(channel) + 1, MAX_VALUE));
            case DECREMENT -> parameter(channel, Math.max(parameter(channel) - 1, 0));
            case NRPN_LSB, RPN_LSB -> channel.parameter = (number == NRPN_LSB ? NRPN : 0) | channel.parameter & 0x3F80
                    | value;
            case NRPN_LSB + 1, RPN_MSB -> channel.parameter = (number == RPN_MSB ? 0 : NRPN) | value << 7
                    | channel.parameter & 0x7F;
            case RESET -> reset(channel);
            case ALL_SOUND_OFF, NOTES_OFF -> {
                // of the moment: nothing stays set
            }
            default -> {
                channel.controllers[number] = value;
                if (number >= OMNI_OFF) {
                    channel.controllers[number ^ 1] = UNSET; // each of these modes ends the other of its pair
                }
            }
        }
    }

    private static int parameter(Channel channel) {
        return channel.parameters.getOrDefault(channel.parameter,
                PARAMETER_DEFAULTS.getOrDefault(channel.parameter, 0));
    }

    private static void parameter(Channel channel, int value) {
        if ((channel.parameter & MAX_VALUE) != NO_PARAMETER) {
            channel.parameters.put(channel.parameter, value);
        }
    }

    private static void reset(Channel channel) {
        channel.controllers[1] = 0;
        channel.controllers[11] = 127;
        Arrays.fill(channel.controllers, 64, 68, 0);
        channel.bend = BEND_CENTRE;
        channel.pressure = 0;
        channel.parameter = NO_PARAMETER;
    }

    /** Sends what lets all pedals up. */
    void liftPedals(IntConsumer out) {
        for (int c = 0; c < Midi.CHANNELS; c++) {
            for (int pedal : PEDALS) {
                if (channels[c].controllers[pedal] >= PEDAL_DOWN) {
                    channels[c].controllers[pedal] = 0;
                    out.accept(message(Midi.CONTROL | c, pedal, 0));
                }
            }
        }
    }

    /** Sends what brings all bends back. */
    void straighten(IntConsumer out) {
        for (int c = 0; c < Midi.CHANNELS; c++) {
            if (channels[c].bend != UNSET && channels[c].bend != BEND_CENTRE) {
                channels[c].bend = BEND_CENTRE;
                out.accept(message(Midi.BEND | c, 0, BEND_CENTRE >> 7));
            }
        }
    }

    /** Sends what makes another state of this one. What the other never sets goes back to where devices start. */
    void moveTo(ChannelStates target, IntConsumer out) {
        for (int c = 0; c < Midi.CHANNELS; c++) {
            Channel channel = channels[c];
            Channel to = target.channels[c];
            int number = c;
            IntConsumer send = message -> {
                apply(message);
                out.accept(message);
            };
            if (to.program != UNSET && (to.program != channel.program || to.bankMsb != channel.bankMsb
                    || to.bankLsb != channel.bankLsb)) {
                control(send, number, BANK_MSB, channel.controllers[BANK_MSB], to.bankMsb);
                control(send, number, BANK_LSB, channel.controllers[BANK_LSB], to.bankLsb);
                send.accept(message(Midi.PROGRAM | c, to.program, 0));
            }
            for (int i = 0; i < Midi.KEYS; i++) {
                int value = to.controllers[i] == UNSET && channel.controllers[i] != UNSET
                        ? CONTROLLER_DEFAULTS.getOrDefault(i, UNSET)
                        : to.controllers[i];
                control(send, number, i, channel.controllers[i], value);
            }
            moveParameters(channel, to, number, send);
            int bend = to.bend == UNSET && channel.bend != UNSET ? BEND_CENTRE : to.bend;
            if (bend != channel.bend) {
                send.accept(message(Midi.BEND | c, bend & 0x7F, bend >> 7));
            }
            int pressure = to.pressure == UNSET && channel.pressure != UNSET ? 0 : to.pressure;
            if (pressure != channel.pressure) {
                send.accept(message(Midi.CHANNEL_PRESSURE | c, pressure, 0));
            }
        }
    }

    private static void moveParameters(Channel channel, Channel to, int number, IntConsumer send) {
        Map<Integer, Integer> wanted = new LinkedHashMap<>(to.parameters);
        channel.parameters.keySet().stream().filter(PARAMETER_DEFAULTS::containsKey)
                .forEach(known -> wanted.putIfAbsent(known, PARAMETER_DEFAULTS.get(known)));
        wanted.forEach((parameter, value) -> {
            if (!value.equals(channel.parameters.get(parameter))) {
                select(parameter, number, send);
                send.accept(message(Midi.CONTROL | number, DATA_MSB, value >> 7));
                send.accept(message(Midi.CONTROL | number, DATA_LSB, value & 0x7F));
            }
        });
        if (channel.parameter != to.parameter) {
            select(to.parameter, number, send);
        }
    }

    private static void select(int parameter, int number, IntConsumer send) {
        int lsb = (parameter & NRPN) != 0 ? NRPN_LSB : RPN_LSB;
        send.accept(message(Midi.CONTROL | number, lsb + 1, parameter >> 7 & 0x7F));
        send.accept(message(Midi.CONTROL | number, lsb, parameter & 0x7F));
    }

    private static void control(IntConsumer send, int channel, int number, int from, int to) {
        if (to != UNSET && to != from) {
            send.accept(message(Midi.CONTROL | channel, number, to));
        }
    }

    static int message(int status, int data1, int data2) {
        return status | data1 << 8 | data2 << 16;
    }
}
