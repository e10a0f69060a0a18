package org.carillon.launcher.command.client;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a verb finish what it does when the program is told to end (Ctrl-C, SIGTERM): the program waits some seconds for
 * {@link #close}.
 */
public final class Interruption implements AutoCloseable {
    private static final int NOT_DONE = -1;
    private static final long LIMIT_MS = 5_000;

    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook = new Thread(this::onEnd, "carillon-interruption");
    private volatile Runnable wake = () -> {};
    private volatile boolean isTold;
    private volatile int exitCode = NOT_DONE;

    /** From now on the program does not end without this verb. */
    public Interruption() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Says what wakes the verb, so that it looks at {@link #isTold}. */
    public void wakes(Runnable waking) {
        wake = waking;
        if (isTold) {
            waking.run();
        }
    }

    /** Whether the program has been told to end or, in a shell, this thread, which it then is no more. */
    public boolean isTold() {
        if (Thread.interrupted()) {
            isTold = true;
        }
        return isTold;
    }

    /** The verb has done its work and said what it had to say. @param code of the program that was told to end. */
    public void finish(int code) {
        exitCode = code;
    }

    private void onEnd() {
        isTold = true;
        wake.run();
        try {
            finished.await(LIMIT_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (exitCode != NOT_DONE) {
            Runtime.getRuntime().halt(exitCode);
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) { // the program ends, and waits for this
            finished.countDown();
        }
    }
}
