package org.carillon.bench.sound;

import org.carillon.sampler.BlockSource;
import org.carillon.sampler.graph.MessageFeed;

/**
 * Hands notes to a player one at a time, and listens to what it makes of them: how many frames lie between the time of
 * a note and its first frame that is not silent. One thread sends, the audio thread plays and listens.
 */
final class NoteWatch implements MessageFeed, BlockSource {
    private static final long NS_PER_S = 1_000_000_000L;
    private static final int NOTE_ON = 0x90;
    private static final int NOTE_OFF = 0x80;
    private static final int KEY = 60;
    private static final int VELOCITY = 100;
    private static final int CHANNELS = 2;

    private final int sampleRateHz;
    private BlockSource player;
    private long noteNs;
    private boolean wasSilent = true;
    private volatile int waiting;
    private volatile long waitingNs;
    private volatile long silentBlocks;
    private volatile long heard;
    private volatile long heardFrames;

    NoteWatch(int sampleRateHz) {
        this.sampleRateHz = sampleRateHz;
    }

    /** Who plays what is sent; before the first block. */
    void listenTo(BlockSource newPlayer) {
        player = newPlayer;
    }

    /** A note of a moment; the one before must be over. */
    void start(long timeNs) {
        send(NOTE_ON, timeNs);
    }

    /** Ends the note. */
    void end(long timeNs) {
        send(NOTE_OFF, timeNs);
    }

    private void send(int status, long timeNs) {
        if (waiting != 0) {
            throw new IllegalStateException("one message at a time: waiting=" + waiting);
        }
        waitingNs = timeNs;
        waiting = status; // last, so that whoever sees it sees its time
    }

    @Override
    public void offerTo(Taker taker) {
        int status = waiting;
        if (status != 0 && taker.take(waitingNs, status, KEY, VELOCITY)) {
            if (status == NOTE_ON) {
                noteNs = waitingNs;
            }
            waiting = 0;
        }
    }

    @Override
    public boolean isEmpty() {
        return waiting == 0;
    }

    @Override
    public void render(float[] buffer, int frames, long startNs) {
        player.render(buffer, frames, startNs);
        int first = firstSound(buffer, frames);
        if (first >= 0 && wasSilent) {
            heardFrames = frameAt(startNs) + first - frameAt(noteNs);
            heard = heard + 1;
        }
        wasSilent = first < 0;
        silentBlocks = wasSilent ? silentBlocks + 1 : 0;
    }

    /** The first frame that is not silent, or -1. */
    static int firstSound(float[] buffer, int frames) {
        for (int i = 0; i < frames * CHANNELS; i++) {
            if (buffer[i] != 0) {
                return i / CHANNELS;
            }
        }
        return -1;
    }

    /** The frame nearest to a time, as the player counts them. */
    private long frameAt(long ns) {
        long seconds = Math.floorDiv(ns, NS_PER_S);
        return seconds * sampleRateHz + Math.round((double) (ns - seconds * NS_PER_S) * sampleRateHz / NS_PER_S);
    }

    /** Blocks in a row without sound. */
    long silentBlocks() {
        return silentBlocks;
    }

    /** Notes whose first frame has come. */
    long heard() {
        return heard;
    }

    /** From the last one's time to its first frame. */
    long heardFrames() {
        return heardFrames;
    }
}
