package org.carillon.launcher.command;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.carillon.launcher.CarillonHost;
import org.carillon.launcher.HostOptions;

/** A host that is closed when the program is told to end (Ctrl-C, SIGTERM), however far it has come. */
public final class StandingHost implements AutoCloseable {
    private static final int NOT_DONE = -1;
    private static final long FINISH_LIMIT_MS = 5_000;
    private static final Runnable NO_WORK = () -> {};

    private final CountDownLatch ended = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private final CarillonHost host;
    private volatile int exitCode = NOT_DONE;
    private volatile Runnable wake = NO_WORK;
    private volatile boolean isTold;

    /** Starts the host. */
    public StandingHost(HostOptions options) {
        host = CarillonHost.start(options);
        Runtime.getRuntime().addShutdownHook(new Thread(this::endOfProgram, "carillon-shutdown"));
    }

    public CarillonHost host() {
        return host;
    }

    /**
     * Stays until the program is told to end, or the time is over. Gives back the memory that only the start needed.
     *
     * @param exitCode of the program that is told to end from now on: it has done what it was asked for.
     */
    public void stay(long limitMs, int exitCode) throws InterruptedException {
        this.exitCode = exitCode;
        System.gc(); // the garbage of the start is most of the heap
        Thread.ofPlatform().daemon().name("carillon-end").start(this::awaitEnd);
        ended.await(limitMs, TimeUnit.MILLISECONDS);
    }

    /** Somebody may stop the server from within: then the program has nothing to stay for. */
    private void awaitEnd() {
        try {
            host.awaitEnd(Duration.ZERO);
            ended.countDown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Begins work that has to be finished before the host may close: when the program is told to end, it waits some
     * seconds for {@link #finish}.
     *
     * @param wake called then, so that the work looks at {@link #isTold}.
     */
    public void begin(Runnable wake) {
        this.wake = wake;
    }

    /** Whether the program has been told to end. */
    public boolean isTold() {
        return isTold;
    }

    /** Ends the work. @param exitCode of the program, should it have been told to end. */
    public void finish(int exitCode) {
        this.exitCode = exitCode;
        finished.countDown();
    }

    @Override
    public void close() {
        host.close();
        finished.countDown();
        ended.countDown();
    }

    private void endOfProgram() {
        isTold = true;
        Runnable toWake = wake;
        toWake.run();
        if (toWake != NO_WORK) {
            awaitWork();
        }
        int code = exitCode;
        close();
        if (code != NOT_DONE) {
            Runtime.getRuntime().halt(code);
        }
    }

    private void awaitWork() {
        try {
            finished.await(FINISH_LIMIT_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
