package org.carillon.launcher.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.carillon.launcher.CarillonHost;
import org.carillon.launcher.HostOptions;

/** A host that is closed when the program is told to end (Ctrl-C, SIGTERM), however far it has come. */
public final class StandingHost implements AutoCloseable {
    private static final int NOT_DONE = -1;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final CarillonHost host;
    private volatile int exitCode = NOT_DONE;

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
        ended.await(limitMs, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        host.close();
        ended.countDown();
    }

    private void endOfProgram() {
        int code = exitCode;
        close();
        if (code != NOT_DONE) {
            Runtime.getRuntime().halt(code);
        }
    }
}
