package org.carillon.sampler.instrument;

/**
 * An envelope: delay, attack, hold, decay, sustain, release. The attack is linear in amplitude, decay and release are
 * straight in decibels.
 *
 * @param delayS   seconds, 0 to 100, like the other times; the sample starts after it.
 * @param decayS   time in which it falls from full scale to the sustain level; where that is 0, to silence,
 *                 100 dB below.
 * @param sustain  level, 0 to 1.
 * @param releaseS time in which it would fall from full scale to silence; from a lower level it takes less.
 */
public record Envelope(double delayS, double attackS, double holdS, double decayS, double sustain, double releaseS) {
    /** Starts at once, holds, ends within a few milliseconds. */
    public static final Envelope GATE = new Envelope(0, 0, 0, 0, 1, 0.005);
    private static final double MAX_S = 100;

    /** Checks. */
    public Envelope {
        check("delay", delayS, MAX_S);
        check("attack", attackS, MAX_S);
        check("hold", holdS, MAX_S);
        check("decay", decayS, MAX_S);
        check("sustain", sustain, 1);
        check("release", releaseS, MAX_S);
    }

    private static void check(String name, double value, double most) {
        if (!(value >= 0 && value <= most)) { // also when it is no number
            throw new IllegalArgumentException(name + " must be 0 to " + most + ": value=" + value);
        }
    }
}
