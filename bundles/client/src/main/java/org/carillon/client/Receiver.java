package org.carillon.client;

import java.util.List;
import org.carillon.platform.Grant;
import org.carillon.platform.Platform;

/**
 * A thread that receives a session's events as they come: it sleeps in between, and has real-time priority below the
 * server's and locked memory where this is asked for and permitted.
 */
public final class Receiver implements AutoCloseable {
    /** Below the server's time thread, above all normal threads. */
    public static final int DEFAULT_PRIORITY = 60;
    /** No real-time priority. */
    public static final int NORMAL = 0;

    private static final System.Logger LOG = System.getLogger(Receiver.class.getName());
    private static final int LIMIT = 64;

    private final ClientSession session;
    private final EventHandler handler;
    private final int priority;
    private final Thread thread;
    private volatile boolean isClosed;
    private volatile List<Grant> grants = List.of();

    Receiver(ClientSession session, EventHandler handler, int priority) {
        this.session = session;
        this.handler = handler;
        this.priority = priority;
        thread = new Thread(this::run, "carillon-receive-" + session.name());
        thread.setDaemon(true);
    }

    Receiver start() {
        thread.start();
        return this;
    }

    /** What the system granted of what was asked for; empty before the thread has begun. Any thread. */
    public List<Grant> grants() {
        return grants;
    }

    private void run() {
        if (priority > NORMAL) {
            Platform platform = Platform.current();
            grants = List.of(platform.lockMemory(), platform.timerSlack(1), platform.fifo(priority));
        }
        while (!isClosed) {
            try {
                if (session.poll(handler, LIMIT) == 0 && !isClosed) {
                    session.await(Long.MAX_VALUE);
                }
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "handler failed, its event is lost: session=" + session.name(), e);
            }
        }
    }

    /** Ends the thread, when the handler has returned. Any thread, the handler's own included. */
    @Override
    public void close() {
        isClosed = true;
        session.wake();
        if (Thread.currentThread() != thread) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
