package org.carillon.sequencer;

/**
 * How a recorder writes time down.
 *
 * @param division of a quarter note, ticks 1 to 32767.
 * @param tempoUs  microseconds of a quarter note.
 */
public record RecorderOptions(Division division, int tempoUs) {
    /** 960 ticks at 120 beats a minute: 0.52 ms a tick, so that no date is off by more than 0.27 ms. */
    public static final RecorderOptions DEFAULTS = new RecorderOptions(Division.ofQuarter(960), Midi.DEFAULT_TEMPO_US);

    public RecorderOptions {
        if (division.isSmpte() || tempoUs < 1 || tempoUs > Midi.MAX_TEMPO_US) {
            throw new IllegalArgumentException("recording must have a tempo and parts of quarter notes: division="
                    + division.words() + ", tempoUs=" + tempoUs);
        }
    }
}
