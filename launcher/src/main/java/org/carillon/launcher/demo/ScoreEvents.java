package org.carillon.launcher.demo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Brings the messages of all voices into the order of sending. */
final class ScoreEvents {
    /** The order at one time is the order of these. */
    private enum Rank {
        SYSEX,
        CONTROL,
        NOTE_OFF,
        NOTE_ON
    }

    private record Entry(int tick, Rank rank, int voice, byte[] message) {}

    private static final Comparator<Entry> ORDER = Comparator.comparingInt(Entry::tick).thenComparing(Entry::rank);

    private final List<Entry> entries = new ArrayList<>();

    void sysex(byte[] message) {
        entries.add(new Entry(0, Rank.SYSEX, 0, message));
    }

    void control(int tick, int voice, byte[] message) {
        entries.add(new Entry(tick, Rank.CONTROL, voice, message));
    }

    void noteOff(int tick, int voice, byte[] message) {
        entries.add(new Entry(tick, Rank.NOTE_OFF, voice, message));
    }

    void noteOn(int tick, int voice, byte[] message) {
        entries.add(new Entry(tick, Rank.NOTE_ON, voice, message));
    }

    List<ScoreEvent> timed(TempoMap tempos) {
        return entries.stream().sorted(ORDER).map(entry -> timed(entry, tempos)).toList();
    }

    private static ScoreEvent timed(Entry entry, TempoMap tempos) {
        return new ScoreEvent(tempos.timeNs(entry.tick), entry.voice, entry.message);
    }
}
