package org.carillon.bench.hotload;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.carillon.api.port.ConnectionInfo;
import org.carillon.api.port.PortInfo;
import org.carillon.api.status.StatusSnapshot;

/** Looks at the server's status again and again until a port has come or gone. One thread. */
final class PortWatch {
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(30);
    private static final long LOOK_NS = TimeUnit.MICROSECONDS.toNanos(300);

    private final HostMaker.Host host;

    PortWatch(HostMaker.Host host) {
        this.host = host;
    }

    /** The number of the port, or 0 while it is absent. */
    static int id(StatusSnapshot status) {
        return status.ports().stream().filter(port -> port.name().equals(BellDriver.PORT)).mapToInt(PortInfo::id)
                .max().orElse(0);
    }

    /** Whether the port is there and all that is connected with it. */
    static boolean isWired(StatusSnapshot status) {
        return id(status) != 0 && status.connections().stream()
                .allMatch(connection -> connection.state() == ConnectionInfo.State.ACTIVE);
    }

    int id() {
        return id(host.status());
    }

    /** Waits; the time of the look that saw it. */
    long await(String what, Predicate<StatusSnapshot> condition) {
        long untilNs = System.nanoTime() + LIMIT_NS;
        while (System.nanoTime() - untilNs < 0) {
            StatusSnapshot status = host.status();
            long nowNs = System.nanoTime();
            if (condition.test(status)) {
                return nowNs;
            }
            LockSupport.parkNanos(LOOK_NS);
        }
        throw new IllegalStateException("waited in vain for: " + what);
    }

    /**
     * Waits until a port of this number has gone and another is there with all its connections.
     *
     * @return how long it was away, from the last look that saw the old one to the first that saw the new one.
     */
    long awaitSwap(int oldId) {
        long[] lastNs = {System.nanoTime()};
        long thereNs = await("swapped port", status -> {
            if (id(status) == oldId) {
                lastNs[0] = System.nanoTime();
                return false;
            }
            return isWired(status);
        });
        return thereNs - lastNs[0];
    }
}
