package org.carillon.launcher.demo;

import java.util.List;

/**
 * Music that is ready to be sent: every message with its time, in the order of sending.
 * <p>
 * At one time system exclusive stands before controllers, controllers before note-offs, note-offs before note-ons; so a
 * channel never sounds one pitch twice and no note begins before its settings.
 *
 * @param name         title of the piece.
 * @param voices       names; the index is the {@code voice} of an event.
 * @param events       sorted by time.
 * @param tempoChanges after the first tempo.
 * @param durationNs   until the end of the last bar.
 */
record Score(String name, List<String> voices, List<ScoreEvent> events, int tempoChanges, long durationNs) {
    Score {
        voices = List.copyOf(voices);
        events = List.copyOf(events);
    }

    /** The same music, evenly drawn out or pressed together to the given length. */
    Score stretchedTo(long durationNs) {
        if (durationNs <= 0) {
            throw new IllegalArgumentException("score must have a length: durationNs=" + durationNs);
        }
        double factor = (double) durationNs / this.durationNs;
        List<ScoreEvent> stretched = events.stream().map(event -> stretched(event, factor)).toList();
        return new Score(name, voices, stretched, tempoChanges, durationNs);
    }

    private static ScoreEvent stretched(ScoreEvent event, double factor) {
        return new ScoreEvent(Math.round(event.timeNs() * factor), event.voice(), event.message());
    }
}
