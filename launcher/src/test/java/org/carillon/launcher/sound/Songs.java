package org.carillon.launcher.sound;

import java.util.List;
import org.carillon.sequencer.Division;
import org.carillon.sequencer.Sequence;
import org.carillon.sequencer.TrackBuilder;

/** Short songs for tests. */
public final class Songs {
    public static final int TICKS = 480;
    private static final int NOTE_TICKS = 400;
    private static final int QUARTER_US = 250_000;

    private Songs() {}

    /**
     * So many quarter notes of a quarter of a second on channels 1 and 2, a track each, and a program for each. The
     * second track plays chords.
     */
    public static Sequence twoTracks(int notes) {
        TrackBuilder melody = new TrackBuilder().addText(0, 3, "melody").addTempo(0, QUARTER_US).add(0, 0xC0, 3, 0);
        TrackBuilder chords = new TrackBuilder().addText(0, 3, "chords").add(0, 0xC1, 48, 0);
        for (int i = 0; i < notes; i++) {
            int tick = i * TICKS;
            melody.add(tick, 0x90, 60 + i % 12, 100).add(tick + NOTE_TICKS, 0x80, 60 + i % 12, 64);
            chords.add(tick, 0x91, 48, 80).add(tick, 0x91, 52, 80);
            chords.add(tick + NOTE_TICKS, 0x81, 48, 64).add(tick + NOTE_TICKS, 0x81, 52, 64);
        }
        int end = notes * TICKS;
        return new Sequence(1, Division.ofQuarter(TICKS), List.of(melody.end(end).build(), chords.end(end).build()));
    }
}
