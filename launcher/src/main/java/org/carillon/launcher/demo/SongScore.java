package org.carillon.launcher.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.carillon.launcher.sound.MessageTaker;
import org.carillon.launcher.sound.Performance;
import org.carillon.launcher.sound.SongMessages;
import org.carillon.sequencer.MidiFile;
import org.carillon.sequencer.TempoMap;

/** Makes a score of a user's MIDI file: the messages that a player would send for it. */
final class SongScore implements MessageTaker {
    private static final int SYSTEM = 0xF0;
    private static final int DATA_LENGTH_1 = 0xC0;
    private static final int DATA_LENGTH_2 = 0xE0;
    private static final int CHANNEL_MASK = 0x0F;

    private final List<ScoreEvent> events = new ArrayList<>();
    private final Set<Integer> channels = new TreeSet<>();

    private SongScore() {}

    /** @param limitNs after which the music stops, or {@link SongMessages#WHOLE}. */
    static Score of(MidiFile file, long limitNs) {
        SongScore score = new SongScore();
        long durationNs = SongMessages.play(file.sequence(), Performance.PLAIN, limitNs, score);
        String title = file.sequence().tracks().isEmpty() ? "" : file.sequence().tracks().getFirst().name().strip();
        return new Score(title.isEmpty() ? String.valueOf(java.nio.file.Path.of(file.name()).getFileName()) : title,
                score.channels.stream().map(channel -> "channel " + (channel + 1)).toList(), score.events,
                TempoMap.of(file.sequence()).changes(), Math.max(1, durationNs));
    }

    @Override
    public void message(long timeNs, int status, int data1, int data2) {
        int kind = status & ~CHANNEL_MASK;
        if (kind == SYSTEM) {
            return; // belongs to the machine that plays, not to the music
        }
        if (kind == ScoreMessages.NOTE_ON) {
            channels.add(status & CHANNEL_MASK);
        }
        byte[] message = kind >= DATA_LENGTH_1 && kind < DATA_LENGTH_2
                ? new byte[]{(byte) status, (byte) data1}
                : new byte[]{(byte) status, (byte) data1, (byte) data2};
        events.add(new ScoreEvent(timeNs, 0, message));
    }

    @Override
    public void longMessage(long timeNs, byte[] message) {
        events.add(new ScoreEvent(timeNs, 0, message));
    }
}
