package org.carillon.launcher.demo;

/**
 * One MIDI message of a score and when it is due.
 *
 * @param timeNs  after the beginning of the score, tempo changes already applied.
 * @param voice   index into {@link Score#voices()}; a system exclusive message belongs to the first voice.
 * @param message complete MIDI 1.0 message with its status byte; system exclusive from F0 to F7.
 */
record ScoreEvent(long timeNs, int voice, byte[] message) {
    private static final int KIND_MASK = 0xF0;
    private static final int CHANNEL_MASK = 0x0F;

    /** The upper half of the status byte, such as {@link ScoreMessages#NOTE_ON}; 0xF0 for system exclusive. */
    int kind() {
        return message[0] & KIND_MASK;
    }

    /** MIDI channel counted from 0; without meaning for system exclusive. */
    int channel() {
        return message[0] & CHANNEL_MASK;
    }
}
