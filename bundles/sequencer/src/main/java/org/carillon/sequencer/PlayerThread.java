package org.carillon.sequencer;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.carillon.api.session.Session;
import org.carillon.protocol.ServerClock;

/**
 * The thread of a player that has one of its own. It is the sending thread of its session: nobody else may send through
 * it. It ends when it is closed or the session ends.
 */
public final class PlayerThread implements AutoCloseable {
    /** While it plays, progress is never older than this. */
    private static final long PROGRESS_NS = 50_000_000;
    private static final long MIN_WAIT_NS = 500_000;
    private static final long CLOSE_LIMIT_NS = 2_000_000_000L;

    private final Player player;
    private final Session session;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Thread thread;

    /** Starts the thread. */
    public PlayerThread(Player player, Session session) {
        this.player = player;
        this.session = session;
        thread = Thread.ofPlatform().daemon().name("carillon-player-" + session.name()).unstarted(this::run);
        player.onCommand(() -> LockSupport.unpark(thread));
        thread.start();
    }

    private void run() {
        ServerClock clock = session.clock();
        while (!closed.get() && session.isOpen()) {
            long againNs = player.advance(clock.nowNs());
            if (againNs != Player.NEVER) {
                long waitNs = clock.monoNs(againNs) - System.nanoTime();
                LockSupport.parkNanos(this, Math.clamp(waitNs, MIN_WAIT_NS, PROGRESS_NS));
            } else if (player.isSettled() && !closed.get()) {
                LockSupport.park(this);
            }
        }
        player.stop();
        long untilNs = System.nanoTime() + CLOSE_LIMIT_NS;
        while (session.isOpen() && System.nanoTime() - untilNs < 0) {
            player.advance(clock.nowNs());
            if (player.isSettled()) {
                return;
            }
            LockSupport.parkNanos(this, MIN_WAIT_NS);
        }
    }

    /** Whether the thread still runs. */
    public boolean isAlive() {
        return thread.isAlive();
    }

    /** Stops the music, sends what ends its notes, and ends the thread; what is on its way plays out. */
    @Override
    public void close() {
        closed.set(true);
        LockSupport.unpark(thread);
        try {
            thread.join(2 * CLOSE_LIMIT_NS / 1_000_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
