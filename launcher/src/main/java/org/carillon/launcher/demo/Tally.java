package org.carillon.launcher.demo;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was sent against what came: each message is looked for by its date and its bytes.
 *
 * @param lost       sent and never came.
 * @param reordered  came after one that was due later, or sent later for the same date.
 * @param unexpected came twice, changed or at another date than was sent.
 * @param latenessNs arrival minus deadline of each message that came, in the order of arrival.
 */
record Tally(int lost, int reordered, int unexpected, long[] latenessNs) {
    private record Key(long deadlineNs, String bytes) {
        Key(long deadlineNs, byte[] message) {
            this(deadlineNs, new String(message, java.nio.charset.StandardCharsets.ISO_8859_1));
        }
    }

    /**
     * Counts.
     *
     * @param expected  in the order in which they should come: by date, then as they were sent.
     * @param startNs   server time that the dates of the score count from.
     * @param transpose semitones that the notes should have been moved by.
     */
    static Tally of(List<ScoreEvent> expected, long startNs, int transpose, List<Arrival> arrivals) {
        Map<Key, Deque<Integer>> waiting = new HashMap<>();
        for (int i = 0; i < expected.size(); i++) {
            ScoreEvent event = expected.get(i);
            waiting.computeIfAbsent(new Key(startNs + event.timeNs(), transposed(event.message(), transpose)),
                    key -> new ArrayDeque<>()).add(i);
        }
        int matched = 0;
        int reordered = 0;
        int latest = -1;
        long[] latenessNs = new long[arrivals.size()];
        for (Arrival arrival : arrivals) {
            Deque<Integer> indexes = waiting.get(new Key(arrival.deadlineNs(), arrival.message()));
            Integer index = indexes == null ? null : indexes.poll();
            if (index != null) {
                latenessNs[matched++] = arrival.arrivalNs() - arrival.deadlineNs();
                reordered += index < latest ? 1 : 0;
                latest = Math.max(latest, index);
            }
        }
        return new Tally(expected.size() - matched, reordered, arrivals.size() - matched,
                java.util.Arrays.copyOf(latenessNs, matched));
    }

    /** The message as it should come. */
    static byte[] transposed(byte[] message, int semitones) {
        int kind = message[0] & 0xF0;
        if (kind != ScoreMessages.NOTE_ON && kind != ScoreMessages.NOTE_OFF) {
            return message;
        }
        byte[] moved = message.clone();
        moved[1] += (byte) semitones;
        return moved;
    }
}
