package org.carillon.bench.replug;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.carillon.api.port.ConnectionInfo;
import org.carillon.api.port.Direction;
import org.carillon.api.port.PortInfo;
import org.carillon.api.status.StatusSnapshot;

/** What the server's status says of devices, looked at again and again. One thread. */
final class Ports {
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(40);
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(10);

    /** What the threads of the server are called. */
    private static final String SERVER = "carillon-";

    private final Supplier<StatusSnapshot> server;

    Ports(Supplier<StatusSnapshot> server) {
        this.server = server;
    }

    /** Names of a device's ports in one direction, in order; found by what every driver keeps of the product's name. */
    List<String> of(String product, Direction direction) {
        return server.get().ports().stream().filter(port -> port.direction() == direction).map(PortInfo::name)
                .filter(name -> plain(name).contains(plain(product))).sorted().toList();
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    /** Whether a device has so many ports in each direction. */
    boolean has(String product, int count) {
        return of(product, Direction.SOURCE).size() == count && of(product, Direction.DESTINATION).size() == count;
    }

    /** Whether all connections with any of these ports are in one state; false where there are none. */
    boolean areAll(ConnectionInfo.State state, List<String> names) {
        List<ConnectionInfo> connections = server.get().connections().stream()
                .filter(each -> names.contains(each.source()) || names.contains(each.destination())).toList();
        return !connections.isEmpty() && connections.stream().allMatch(each -> each.state() == state);
    }

    /** Waits; the time of {@link System#nanoTime()} when it was seen to be so. */
    long await(String what, BooleanSupplier condition) {
        long untilNs = System.nanoTime() + LIMIT_NS;
        while (System.nanoTime() - untilNs < 0) {
            if (condition.getAsBoolean()) {
                return System.nanoTime();
            }
            LockSupport.parkNanos(LOOK_NS);
        }
        throw new IllegalStateException("waited in vain for: " + what + "\n" + describe());
    }

    private String describe() {
        StatusSnapshot status = server.get();
        StringBuilder text = new StringBuilder();
        status.ports().forEach(port -> text.append("  ").append(port).append('\n'));
        status.connections().forEach(each -> text.append("  ").append(each).append('\n'));
        Thread.getAllStackTraces().forEach((thread, stack) -> {
            if (thread.getName().startsWith(SERVER)) {
                text.append("  ").append(thread.getName()).append(' ').append(List.of(stack)).append('\n');
            }
        });
        return text.append("  dropped=").append(status.dropped()).toString();
    }
}
