package org.carillon.launcher.demo;

/** The MIDI 1.0 channel messages that a score is made of. Channels count from 0 here, from 1 in the text. */
final class ScoreMessages {
    static final int NOTE_OFF = 0x80;
    static final int NOTE_ON = 0x90;
    static final int CONTROL_CHANGE = 0xB0;
    static final int PROGRAM_CHANGE = 0xC0;
    static final int PITCH_BEND = 0xE0;
    static final int SYSEX_START = 0xF0;
    static final int SYSEX_END = 0xF7;

    static final int DATA_MAX = 127;
    static final int BEND_MIN = -8192;
    static final int BEND_MAX = 8191;

    private static final int RELEASE_VELOCITY = 64;
    private static final int DATA_BITS = 7;

    private ScoreMessages() {}

    static byte[] noteOn(int channel, int pitch, int velocity) {
        return message(NOTE_ON | channel, pitch, velocity);
    }

    static byte[] noteOff(int channel, int pitch) {
        return message(NOTE_OFF | channel, pitch, RELEASE_VELOCITY);
    }

    static byte[] control(int channel, int controller, int value) {
        return message(CONTROL_CHANGE | channel, controller, value);
    }

    static byte[] program(int channel, int program) {
        return message(PROGRAM_CHANGE | channel, program);
    }

    /** Two bytes of seven bits, the low one first; the wheel at rest is 8192. */
    static byte[] bend(int channel, int value) {
        int wheel = value - BEND_MIN;
        return message(PITCH_BEND | channel, wheel & DATA_MAX, wheel >> DATA_BITS);
    }

    private static byte[] message(int... bytes) {
        byte[] message = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            message[i] = (byte) bytes[i];
        }
        return message;
    }
}
