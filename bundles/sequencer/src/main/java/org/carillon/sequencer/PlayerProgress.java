package org.carillon.sequencer;

/**
 * How far a player is.
 *
 * @param positionNs in the music, at the tempo of the files.
 * @param place      of the first part, as bar and beat.
 * @param sent       messages, with those that settings and releases took.
 * @param loops      how often the music has jumped back.
 * @param retries    how often the server had no room, and a message was sent again.
 * @param slips      how often the player was so late that the rest of the music was put off.
 * @param skipped    events of the files that nothing can be sent for: unfinished and impossible messages.
 */
public record PlayerProgress(State state, long positionNs, long durationNs, BarPosition place, double tempoPercent,
        long sent, long loops, long retries, long slips, long skipped) {
    /** What a player does. */
    public enum State {
        /** At the start, or where it was set to. */
        STOPPED,
        /** It sends, or waits for the next date. */
        PLAYING,
        /** It goes on from where it was. */
        PAUSED,
        /** All has been played, and its last date has passed. */
        ENDED
    }
}
