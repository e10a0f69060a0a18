package org.carillon.launcher.sound;

import java.util.concurrent.TimeUnit;
import org.carillon.api.session.Source;
import org.carillon.sequencer.Part;
import org.carillon.sequencer.Player;
import org.carillon.sequencer.PlayerOptions;
import org.carillon.sequencer.Sequence;

/**
 * What a player sends for a song, off line: the player that plays live sends into a list here, and its clock goes on
 * only where it asks for it.
 */
public final class SongMessages {
    /** No end but the song's own. */
    public static final long WHOLE = Long.MAX_VALUE;
    /** Far enough behind the player's own beginning for it to be early for the first message. */
    private static final long ORIGIN_NS = TimeUnit.SECONDS.toNanos(1);
    /** Short, so that the end of a song that is cut is where it should be. */
    private static final PlayerOptions OPTIONS = new PlayerOptions(TimeUnit.MILLISECONDS.toNanos(5), 65_536);

    private SongMessages() {}

    /**
     * Gives all messages of a song to a taker.
     *
     * @param limitNs after which the music stops and everything is released, or {@link #WHOLE}.
     * @return how long the music is, nanoseconds.
     */
    public static long play(Sequence sequence, Performance performance, long limitNs, MessageTaker taker) {
        Player player = new Player(OPTIONS);
        Part part = player.add(sequence, new Capture(taker));
        performance.prepare(player, part);
        player.playAt(ORIGIN_NS);
        long durationNs = Math.min(limitNs, performance.durationNs(part));
        long stopNs = limitNs == WHOLE ? Player.NEVER : ORIGIN_NS + durationNs;
        long nowNs = 0;
        long againNs = player.advance(nowNs);
        while (againNs != Player.NEVER) {
            nowNs = Math.max(nowNs, Math.min(againNs, stopNs));
            if (nowNs >= stopNs) {
                stopNs = Player.NEVER;
                player.stop();
            }
            againNs = player.advance(nowNs);
        }
        return durationNs;
    }

    /** Takes everything at once, at the dates that the player gives. */
    private record Capture(MessageTaker taker) implements Source {
        @Override
        public int id() {
            return 0;
        }

        @Override
        public String name() {
            return "off line";
        }

        @Override
        public boolean send(long deadlineNs, int status, int data1, int data2) {
            taker.message(deadlineNs - ORIGIN_NS, status, data1, data2);
            return true;
        }

        @Override
        public boolean sendNote(long deadlineNs, int channel, int pitch, int velocity, long durationNs) {
            throw new UnsupportedOperationException("files have note-on and note-off");
        }

        @Override
        public boolean sendMessage(long deadlineNs, byte[] message, long timeoutNs) {
            taker.longMessage(deadlineNs - ORIGIN_NS, message);
            return true;
        }

        @Override
        public void flush() {
            // nobody sleeps
        }
    }
}
