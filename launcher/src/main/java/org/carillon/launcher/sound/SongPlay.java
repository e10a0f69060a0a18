package org.carillon.launcher.sound;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.carillon.api.session.Session;
import org.carillon.api.session.Sessions;
import org.carillon.api.session.Source;
import org.carillon.sequencer.BarPosition;
import org.carillon.sequencer.Part;
import org.carillon.sequencer.Player;
import org.carillon.sequencer.PlayerProgress;
import org.carillon.sequencer.PlayerProgress.State;
import org.carillon.sequencer.PlayerThread;
import org.carillon.sequencer.Sequence;

/** A song played by a session of its own, through the server and its scheduler. */
public final class SongPlay implements AutoCloseable {
    /** How long voices may sound on after the music. */
    public static final long TAIL_NS = TimeUnit.SECONDS.toNanos(10);
    /** How long they may when somebody wants to go. */
    public static final long RELEASE_NS = TimeUnit.MILLISECONDS.toNanos(300);
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Session session;
    private final Source source;
    private final Player player = new Player();
    private final Part part;
    private PlayerThread thread;
    private volatile Thread looking;
    private volatile PlayerProgress last;

    /** Makes all ready. */
    public SongPlay(Sessions sessions, Sequence song, Performance performance) {
        session = sessions.open("player");
        source = session.source("out");
        part = player.add(song, source);
        performance.prepare(player, part);
        last = player.progress();
    }

    /** Connects the song with a destination. */
    public void connect(String destination) {
        session.wiring().connect(source.name(), destination);
    }

    /** Plays all again and again. */
    public void loop() {
        player.loop();
    }

    /** Plays from one place to another again and again. */
    public void loop(BarPosition from, BarPosition to) {
        player.loop(part.timeNs(from), part.timeNs(to));
    }

    /**
     * Plays to the end.
     *
     * @param isTold   whether to end now.
     * @param progress hears how far it is, some fifty times a second.
     */
    public void run(BooleanSupplier isTold, Consumer<PlayerProgress> progress) {
        looking = Thread.currentThread();
        thread = new PlayerThread(player, session);
        player.play();
        while (!isTold.getAsBoolean() && last.state() != State.ENDED && session.isOpen()) {
            LockSupport.parkNanos(this, LOOK_NS);
            last = player.progress();
            progress.accept(last);
        }
    }

    /** Lets {@link #run} look at once whether it is to end. Any thread. */
    public void wake() {
        LockSupport.unpark(looking);
    }

    /** How far it has come. */
    public PlayerProgress progress() {
        return last;
    }

    /** Whether it has come to the end of the song. */
    public boolean isComplete() {
        return last.state() == State.ENDED;
    }

    /** Ends the music and the session; what sounds is released. */
    @Override
    public void close() {
        if (thread != null) {
            thread.close();
        }
        session.close();
    }
}
