package org.carillon.sampler.instrument;

/** What a voice does when it comes to the end of a loop, or has none. */
public enum LoopMode {
    /** Plays to the end; the end of the note starts the release. */
    NONE,
    /** Plays to the end whatever happens to the note. */
    ONE_SHOT,
    /** Loops until the voice dies. */
    CONTINUOUS,
    /** Loops while the note (or the pedal) holds, then plays on to the end. */
    SUSTAIN
}
