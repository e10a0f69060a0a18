package org.carillon.sampler.voice;

/** Turns MIDI 1.0 messages into voices. Audio thread. */
final class Performer {
    private static final int CHANNELS = 16;
    private static final int NOTE_OFF = 0x80;
    private static final int NOTE_ON = 0x90;
    private static final int CONTROL_CHANGE = 0xB0;
    private static final int PROGRAM_CHANGE = 0xC0;
    private static final int PITCH_BEND = 0xE0;
    private static final int SYSTEM_RESET = 0xFF;

    private static final int BANK_HIGH = 0;
    private static final int DATA_HIGH = 6;
    private static final int VOLUME = 7;
    private static final int PAN = 10;
    private static final int EXPRESSION = 11;
    private static final int BANK_LOW = 32;
    private static final int DATA_LOW = 38;
    private static final int SUSTAIN_PEDAL = 64;
    private static final int SOSTENUTO = 66;
    private static final int UNREGISTERED_LOW = 98;
    private static final int UNREGISTERED_HIGH = 99;
    private static final int REGISTERED_LOW = 100;
    private static final int REGISTERED_HIGH = 101;
    private static final int ALL_SOUND_OFF = 120;
    private static final int RESET_CONTROLLERS = 121;
    /** This one and all modes above it end notes. */
    private static final int ALL_NOTES_OFF = 123;
    private static final int PEDAL_DOWN = 64;
    private static final int NO_PARAMETER = 127;

    private static final int BEND_CENTRE = 8_192;
    private static final double BEND_UP = 8_191;
    private static final long SEED = 0x9E3779B97F4A7C15L;
    private static final double RANDOM_UNIT = 0x1p-53;

    private final VoicePool pool;
    private final ChannelState[] channels = new ChannelState[CHANNELS];
    private PatchSet patches;
    private long notes;
    private long random = SEED;
    private int framesToTick;

    Performer(VoicePool pool, PatchSet patches, float pace) {
        this.pool = pool;
        for (int i = 0; i < CHANNELS; i++) {
            channels[i] = new ChannelState(pace);
        }
        play(patches);
    }

    /** Notes that sound go on with what they have. */
    void play(PatchSet patches) {
        this.patches = patches;
        for (int i = 0; i < CHANNELS; i++) {
            choose(i);
        }
    }

    private void choose(int channel) {
        ChannelState state = channels[channel];
        state.patch = patches.find(channel, state.bankHigh, state.bankLow, state.program);
    }

    void tick() {
        for (ChannelState channel : channels) {
            channel.tick();
        }
    }

    /**
     * Carries a message out.
     *
     * @param framesToTick frames from here to the next step of the envelopes; 0 when it is now.
     */
    void perform(int message, int framesToTick) {
        this.framesToTick = framesToTick;
        int status = Message.status(message);
        int channel = status & 0xF;
        int one = Message.data1(message);
        int two = Message.data2(message);
        switch (status & 0xF0) {
            case NOTE_OFF -> noteOff(channel, one);
            case NOTE_ON -> {
                if (two == 0) {
                    noteOff(channel, one);
                } else {
                    noteOn(channel, one, two);
                }
            }
            case CONTROL_CHANGE -> control(channel, one, two);
            case PROGRAM_CHANGE -> {
                channels[channel].program = one;
                choose(channel);
            }
            case PITCH_BEND -> bend(channel, one | two << 7);
            default -> {
                if (status == SYSTEM_RESET) {
                    reset();
                }
            }
        }
    }

    private void noteOn(int channel, int key, int velocity) {
        ChannelState state = channels[channel];
        boolean isFirst = !state.hasHeldKeys();
        pool.release(channel, key); // a string that is struck again
        state.press(key, velocity);
        start(state, state.patch.starting(key), channel, key, velocity, isFirst);
    }

    private void start(ChannelState state, Layer[] layers, int channel, int key, int velocity, boolean isFirst) {
        double chance = nextRandom();
        long note = ++notes;
        for (Layer layer : layers) {
            boolean isMeant = switch (layer.trigger) {
                case ATTACK, RELEASE -> true;
                case FIRST -> isFirst;
                case LEGATO -> !isFirst;
            };
            if (isMeant && layer.accepts(channel, velocity, chance)) {
                if (layer.group != 0) {
                    pool.choke(layer.group, note);
                }
                pool.begin(layer, state, channel, key, velocity, note, framesToTick);
            }
        }
    }

    /** The same numbers in each run, so that each run sounds the same (xorshift, G. Marsaglia 2003). */
    private double nextRandom() {
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        return (random >>> 11) * RANDOM_UNIT;
    }

    private void noteOff(int channel, int key) {
        ChannelState state = channels[channel];
        if (state.isHeld(key) && state.lift(key)) {
            end(channel, key);
        }
    }

    private void end(int channel, int key) {
        pool.release(channel, key);
        ChannelState state = channels[channel];
        Layer[] layers = state.patch.releasing(key);
        if (layers.length > 0) {
            start(state, layers, channel, key, state.velocity(key), false);
        }
    }

    private void control(int channel, int number, int value) {
        ChannelState state = channels[channel];
        switch (number) {
            case BANK_HIGH -> state.bankHigh = value;
            case BANK_LOW -> state.bankLow = value;
            case VOLUME -> state.setVolume(value);
            case PAN -> state.setPan(value);
            case EXPRESSION -> state.setExpression(value);
            case SUSTAIN_PEDAL -> {
                state.setPedal(value >= PEDAL_DOWN);
                letGo(channel);
            }
            case SOSTENUTO -> {
                state.setSostenuto(value >= PEDAL_DOWN);
                letGo(channel);
            }
            case REGISTERED_HIGH -> state.parameterHigh = value;
            case REGISTERED_LOW -> state.parameterLow = value;
            case UNREGISTERED_HIGH, UNREGISTERED_LOW -> state.parameterHigh = NO_PARAMETER;
            case DATA_HIGH, DATA_LOW -> data(channel, number == DATA_HIGH, value);
            default -> mode(channel, number);
        }
    }

    private void data(int channel, boolean isHigh, int value) {
        ChannelState state = channels[channel];
        if (state.parameterHigh == 0 && state.parameterLow == 0) {
            if (isHigh) {
                state.setBendRangeSemitones(value);
            } else {
                state.setBendRangeCents(value);
            }
            pool.bend(channel);
        }
    }

    private void mode(int channel, int number) {
        ChannelState state = channels[channel];
        if (number == ALL_SOUND_OFF) {
            pool.silence(channel);
            state.forgetKeys();
        } else if (number == RESET_CONTROLLERS) {
            state.resetControllers();
            state.setPedal(false);
            state.setSostenuto(false);
            letGo(channel);
            pool.bend(channel);
        } else if (number >= ALL_NOTES_OFF) {
            for (int key = 0; key < ChannelState.KEYS; key++) {
                noteOff(channel, key);
            }
        }
    }

    private void letGo(int channel) {
        for (int key = 0; key < ChannelState.KEYS; key++) {
            if (channels[channel].letGo(key)) {
                end(channel, key);
            }
        }
    }

    private void bend(int channel, int value) {
        int distance = value - BEND_CENTRE;
        channels[channel].setWheel(distance > 0 ? distance / BEND_UP : (double) distance / BEND_CENTRE);
        pool.bend(channel);
    }

    private void reset() {
        for (int channel = 0; channel < CHANNELS; channel++) {
            mode(channel, ALL_SOUND_OFF);
            mode(channel, RESET_CONTROLLERS);
        }
    }
}
