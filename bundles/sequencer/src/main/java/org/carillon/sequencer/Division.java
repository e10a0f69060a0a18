package org.carillon.sequencer;

/**
 * What a tick is: a part of a quarter note, or a part of a frame of time code.
 *
 * @param word the 16 bits of the file's header, 0 to 65535: either ticks per quarter note, or a negative number of
 *             frames per second in the high byte and ticks per frame in the low one.
 */
public record Division(int word) {
    private static final int SMPTE = 0x8000;
    private static final int WORD_MASK = 0xFFFF;
    private static final int DROP_FRAMES = 29;
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final long NS_PER_US = 1_000;
    /** 29.97 frames a second are 30000 in 1001 seconds. */
    private static final long DROP_RATE_FRAMES = 30_000;
    private static final long DROP_RATE_SECONDS = 1_001;

    public Division {
        if ((word & ~WORD_MASK) != 0 || (word & SMPTE) == 0 && word == 0 || (word & SMPTE) != 0 && (word & 0xFF) == 0) {
            throw new IllegalArgumentException("division must have ticks: word=" + word);
        }
    }

    /** @param ticks of a quarter note, 1 to 32767. */
    public static Division ofQuarter(int ticks) {
        if (ticks < 1 || ticks >= SMPTE) {
            throw new IllegalArgumentException("ticks of a quarter note must be 1 to 32767: ticks=" + ticks);
        }
        return new Division(ticks);
    }

    /**
     * @param framesPerSecond 24, 25, 29 (30 drop-frame: 29.97 a second) or 30.
     * @param ticks           of a frame, 1 to 255.
     */
    public static Division ofFrames(int framesPerSecond, int ticks) {
        if (framesPerSecond < 1 || framesPerSecond > 128 || ticks < 1 || ticks > 0xFF) {
            throw new IllegalArgumentException("frames and ticks must fit their bytes: framesPerSecond="
                    + framesPerSecond + ", ticks=" + ticks);
        }
        return new Division((-framesPerSecond & 0xFF) << 8 | ticks);
    }

    /** Whether ticks are parts of frames, so that tempo does not matter. */
    public boolean isSmpte() {
        return (word & SMPTE) != 0;
    }

    /** Ticks per quarter note, or per frame. */
    public int ticks() {
        return isSmpte() ? word & 0xFF : word;
    }

    /** Frames per second as the file says it, 29 for 29.97; 0 where ticks are parts of quarter notes. */
    public int framesPerSecond() {
        return isSmpte() ? -(byte) (word >> 8) : 0;
    }

    /** For people. */
    public String words() {
        if (!isSmpte()) {
            return ticks() + " ticks per quarter note";
        }
        String frames = framesPerSecond() == DROP_FRAMES ? "29.97" : Integer.toString(framesPerSecond());
        return ticks() + " ticks per frame, " + frames + " frames per second";
    }

    /** A unit is a tick times the tempo in microseconds, or a tick of a frame; so many nanoseconds ... */
    long unitNumeratorNs() {
        return isSmpte() ? NS_PER_SECOND * frameSeconds() : NS_PER_US;
    }

    /** ... are so many units. */
    long unitDenominator() {
        return isSmpte() ? frames() * ticks() : ticks();
    }

    /** A quarter note has {@code numerator / denominator} ticks; with frames it is taken as half a second. */
    long quarterNumerator() {
        return isSmpte() ? frames() * ticks() : ticks();
    }

    long quarterDenominator() {
        return isSmpte() ? 2 * frameSeconds() : 1;
    }

    private long frames() {
        return framesPerSecond() == DROP_FRAMES ? DROP_RATE_FRAMES : framesPerSecond();
    }

    private long frameSeconds() {
        return framesPerSecond() == DROP_FRAMES ? DROP_RATE_SECONDS : 1;
    }
}
