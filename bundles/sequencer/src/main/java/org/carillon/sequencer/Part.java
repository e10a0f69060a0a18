package org.carillon.sequencer;

import java.util.BitSet;
import java.util.function.Consumer;
import org.carillon.api.session.Source;

/** A sequence among those that a {@link Player} plays, with a source of its own. Any thread may call what is public. */
public final class Part {
    private static final int CHANNEL_SHIFT = 7;

    private final Sequence sequence;
    private final Timeline timeline;
    private final Source source;
    private final Consumer<Part.Change> changes;
    private final ChannelStates sent = new ChannelStates();
    /** How often each key of each channel sounds, by track; made when a track's first note comes. */
    private final int[][] sounding;
    private final BitSet muted = new BitSet();
    private final BitSet solo = new BitSet();
    private int next;
    private boolean hasStarted;

    /** Something that the player's thread has to do with a part. */
    interface Change {
        void apply(long horizonNs, Outbox outbox);
    }

    Part(Sequence sequence, Timeline timeline, Source source, Consumer<Part.Change> changes) {
        this.sequence = sequence;
        this.timeline = timeline;
        this.source = source;
        this.changes = changes;
        sounding = new int[sequence.tracks().size()][];
    }

    public Sequence sequence() {
        return sequence;
    }

    /** The time of a place; of tracks that follow each other, in the first. */
    public long timeNs(BarPosition place) {
        return timeline.timeNs(place);
    }

    /** How long it plays at its own tempo. */
    public long durationNs() {
        return timeline.durationNs();
    }

    /** Lets a track's notes be heard or not; its controllers go on, so that all is right when it is heard again. */
    public void mute(int track, boolean isMuted) {
        checkTrack(track);
        changes.accept((horizonNs, outbox) -> {
            muted.set(track, isMuted);
            releaseUnheard(horizonNs, outbox);
        });
    }

    /** Lets only those tracks be heard that are solo, as long as there are any. */
    public void solo(int track, boolean isSolo) {
        checkTrack(track);
        changes.accept((horizonNs, outbox) -> {
            solo.set(track, isSolo);
            releaseUnheard(horizonNs, outbox);
        });
    }

    private void checkTrack(int track) {
        if (track < 0 || track >= sounding.length) {
            throw new IllegalArgumentException("track must be 0 to " + (sounding.length - 1) + ": track=" + track);
        }
    }

    Timeline timeline() {
        return timeline;
    }

    Source source() {
        return source;
    }

    boolean isDone() {
        return next == timeline.size();
    }

    long nextNs() {
        return timeline.timeNs(next);
    }

    /** The next message where it is a long one, else null. */
    byte[] nextLong() {
        return timeline.shortMessage(next) < 0 ? timeline.longMessage(next) : null;
    }

    /** Whether the next message is a note that nobody shall hear: it is passed over. */
    boolean isNextUnheard() {
        int message = timeline.shortMessage(next);
        int track = timeline.track(next);
        boolean isNote = message >= 0 && (message & 0xE0) == Midi.NOTE_OFF;
        return isNote && !isHeard(track) && (isNoteOn(message) || count(track, message) == 0);
    }

    /** Sends the next short message; false when there is no room. */
    boolean sendNext(long deadlineNs) {
        int message = timeline.shortMessage(next);
        if (!source.send(deadlineNs, message & 0xFF, message >> 8 & 0xFF, message >> 16 & 0xFF)) {
            return false;
        }
        note(timeline.track(next), message);
        next++;
        return true;
    }

    void pass() {
        next++;
    }

    private void note(int track, int message) {
        if ((message & 0xF0) >= Midi.CONTROL) {
            sent.apply(message);
        } else if (isNoteOn(message)) {
            if (sounding[track] == null) {
                sounding[track] = new int[Midi.CHANNELS << CHANNEL_SHIFT];
            }
            sounding[track][key(message)]++;
        } else if ((message & 0xE0) == Midi.NOTE_OFF && count(track, message) > 0) {
            sounding[track][key(message)]--;
        }
    }

    private static boolean isNoteOn(int message) {
        return (message & 0xF0) == Midi.NOTE_ON && message >> 16 != 0;
    }

    private static int key(int message) {
        return (message & 0xF) << CHANNEL_SHIFT | message >> 8 & 0x7F;
    }

    private int count(int track, int message) {
        return sounding[track] == null ? 0 : sounding[track][key(message)];
    }

    private boolean isHeard(int track) {
        return solo.isEmpty() ? !muted.get(track) : solo.get(track);
    }

    private void releaseUnheard(long deadlineNs, Outbox outbox) {
        for (int track = 0; track < sounding.length; track++) {
            if (!isHeard(track)) {
                releaseNotes(track, deadlineNs, outbox);
            }
        }
    }

    private void releaseNotes(int track, long deadlineNs, Outbox outbox) {
        if (sounding[track] == null) {
            return;
        }
        for (int key = 0; key < sounding[track].length; key++) {
            for (; sounding[track][key] > 0; sounding[track][key]--) {
                outbox.add(source, deadlineNs, ChannelStates.message(Midi.NOTE_OFF | key >> CHANNEL_SHIFT,
                        key & Midi.KEYS - 1, Midi.KEYS / 2));
            }
        }
    }

    /** Ends the notes and lifts the pedals. */
    void release(long deadlineNs, Outbox outbox) {
        for (int track = 0; track < sounding.length; track++) {
            releaseNotes(track, deadlineNs, outbox);
        }
        sent.liftPedals(message -> outbox.add(source, deadlineNs, message));
    }

    /** Brings bends back as well: nobody knows whether the music goes on. */
    void quiet(long deadlineNs, Outbox outbox) {
        release(deadlineNs, outbox);
        sent.straighten(message -> outbox.add(source, deadlineNs, message));
    }

    void seek(long songNs) {
        next = timeline.firstAt(songNs);
    }

    /** Sets the channels as they would be here if all had been played, its first time with the long messages. */
    void chase(long deadlineNs, Outbox outbox) {
        ChannelStates target = new ChannelStates();
        for (int i = 0; i < next; i++) {
            int message = timeline.shortMessage(i);
            if (message < 0 && !hasStarted) {
                outbox.add(source, deadlineNs, timeline.longMessage(i));
            } else if (message >= 0 && Midi.isChannel(message & 0xFF)) {
                target.apply(message);
            }
        }
        hasStarted = true;
        sent.moveTo(target, message -> outbox.add(source, deadlineNs, message));
    }
}
