package org.carillon.launcher.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.carillon.launcher.CarillonHost;
import org.carillon.launcher.HostOptions;

/** A host that is closed when the program is told to end (Ctrl-C, SIGTERM), however far it has come. */
public final class StandingHost implements AutoCloseable {
    private final CountDownLatch ended = new CountDownLatch(1);
    private final CarillonHost host;

    public StandingHost(HostOptions options) {
        host = CarillonHost.start(options);
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "carillon-shutdown"));
    }

    public CarillonHost host() {
        return host;
    }

    /** Stays until the program is told to end, or the time is over. */
    public void stay(long limitMs) throws InterruptedException {
        ended.await(limitMs, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        host.close();
        ended.countDown();
    }
}
