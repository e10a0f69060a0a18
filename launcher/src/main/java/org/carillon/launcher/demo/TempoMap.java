package org.carillon.launcher.demo;

import java.util.TreeMap;

/** Turns ticks into nanoseconds. A tempo holds until the next one. */
final class TempoMap {
    private static final double NS_PER_MINUTE = 60e9;
    private static final int DEFAULT_TEMPO_BPM = 120;

    private final TreeMap<Integer, Long> nsPerBeatByTick = new TreeMap<>();

    /** Whether the place was free: two tempos at one time are a mistake. */
    boolean add(int tick, int tempoBpm) {
        return nsPerBeatByTick.putIfAbsent(tick, Math.round(NS_PER_MINUTE / tempoBpm)) == null;
    }

    int changes() {
        return nsPerBeatByTick.tailMap(0, false).size();
    }

    long timeNs(int tick) {
        long timeNs = 0;
        int sinceTick = 0;
        long nsPerBeat = Math.round(NS_PER_MINUTE / DEFAULT_TEMPO_BPM);
        for (var tempo : nsPerBeatByTick.headMap(tick, true).entrySet()) {
            timeNs += lengthNs(tempo.getKey() - sinceTick, nsPerBeat);
            sinceTick = tempo.getKey();
            nsPerBeat = tempo.getValue();
        }
        return timeNs + lengthNs(tick - sinceTick, nsPerBeat);
    }

    private static long lengthNs(int ticks, long nsPerBeat) {
        return ticks * nsPerBeat / ScoreNote.TICKS_PER_BEAT;
    }
}
