package org.carillon.launcher.demo;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.carillon.api.port.Wiring.Loops;
import org.carillon.api.session.Session;
import org.carillon.api.session.Sessions;
import org.carillon.protocol.StatusCounter;

/**
 * A player, a loop and a listener: the player sends a piece of music through a filter into the loop, the listener takes
 * what comes out and compares. Then the player holds a chord, and its connection is taken away.
 */
final class Demo {
    static final String LOOP = "loop";
    private static final long LEAD_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long ARRIVAL_LIMIT_NS = TimeUnit.SECONDS.toNanos(3);
    private static final long SETTLE_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int CHANNEL = 0;
    private static final List<Integer> CHORD = List.of(62, 66, 69, 74);
    private static final List<byte[]> HELD = List.of(ScoreMessages.control(CHANNEL, 64, 127),
            ScoreMessages.bend(CHANNEL, 2_000));

    private final Score score;
    private final int transpose;
    private final Player.Progress progress;
    private Heard heard;

    /**
     * What came out of the loop.
     *
     * @param startNs server time at which the piece began.
     */
    record Heard(List<Arrival> arrivals, long startNs, long durationNs) {}

    /** @param transpose semitones by which the filter moves the piece. */
    Demo(Score score, int transpose, Player.Progress progress) {
        this.score = score;
        this.transpose = transpose;
        this.progress = progress;
    }

    /**
     * Plays. The calling thread is the player's.
     *
     * @param ear a destination that hears all that comes out of the loop, or null.
     */
    DemoReport perform(Sessions sessions, String ear) {
        try (Session playing = sessions.open("demo player");
                Session listening = sessions.open("demo listener");
                Listener listener = new Listener(listening, 2 * score.events().size())) {
            String source = playing.name() + ":out";
            Player player = new Player(playing.source("out"), playing.clock(), progress);
            playing.wiring().connect(LOOP, listening.destination("in").name());
            if (ear != null) {
                playing.wiring().connect(LOOP, ear);
            }
            playing.wiring().connect(source, LOOP, transpose == 0 ? "" : "transp " + transpose, Loops.REFUSED);

            long busyNs = playing.status().count(StatusCounter.BUSY_NS);
            Tally tally = playMusic(player, playing, listener);
            busyNs = busyNsAtRest(playing) - busyNs;
            int before = listener.count();
            holdChord(player, listener, before);
            playing.wiring().disconnect(source, LOOP);
            listener.await(before + 2 * (CHORD.size() + HELD.size()), ARRIVAL_LIMIT_NS);

            int released = new Sounding().after(listener.arrivals(before)).ended();
            int sounding = new Sounding().after(listener.arrivals(0)).notes();
            return new DemoReport(score, transpose, tally, busyNs, released, sounding);
        }
    }

    private Tally playMusic(Player player, Session playing, Listener listener) {
        long startNs = playing.clock().nowNs() + LEAD_NS;
        player.play(score.events(), startNs);
        listener.await(score.events().size(), startNs + score.durationNs() - playing.clock().nowNs()
                + ARRIVAL_LIMIT_NS);
        heard = new Heard(listener.arrivals(0), startNs, score.durationNs());
        return Tally.of(score.events(), startNs, transpose, heard.arrivals);
    }

    /** The piece as it came; after {@link #perform}. */
    Heard heard() {
        return heard;
    }

    private static void holdChord(Player player, Listener listener, int before) {
        HELD.forEach(message -> player.send(0, message));
        CHORD.forEach(pitch -> player.send(0, ScoreMessages.noteOn(CHANNEL, pitch, 80)));
        listener.await(before + CHORD.size() + HELD.size(), ARRIVAL_LIMIT_NS);
    }

    /** The time thread writes its counters down before it sleeps: waits for that, within a limit. */
    private static long busyNsAtRest(Session session) {
        long untilNs = System.nanoTime() + SETTLE_NS;
        long sleeps = session.status().count(StatusCounter.SLEEPS);
        while (session.status().count(StatusCounter.SLEEPS) == sleeps && System.nanoTime() - untilNs < 0) {
            LockSupport.parkNanos(SETTLE_NS / 100);
        }
        return session.status().count(StatusCounter.BUSY_NS);
    }
}
