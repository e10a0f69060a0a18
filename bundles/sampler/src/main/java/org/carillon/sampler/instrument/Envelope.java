package org.carillon.sampler.instrument;

/**
 * An envelope: delay, attack, hold, decay, sustain, release. The attack is linear in amplitude, decay and release are
 * straight in decibels.
 *
 * @param delayS   seconds, 0 to 100, like the other times.
 * @param sustain  level, 0 to 1.
 * @param releaseS time to fall from full scale to silence.
 */
public record Envelope(double delayS, double attackS, double holdS, double decayS, double sustain, double releaseS) {
    /** Starts at once, holds, ends within a few milliseconds. */
    public static final Envelope GATE = new Envelope(0, 0, 0, 0, 1, 0.005);
}
