package org.carillon.bench.kill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.carillon.bench.process.ShippedServer;
import org.carillon.client.CarillonClient;
import org.carillon.client.ClientOptions;

/**
 * What a server holds.
 *
 * @param descriptors all that it has open.
 * @param maps        of session memory.
 * @param sessions    that it shows, drivers included.
 */
record ServerRest(long descriptors, long maps, long sessions) {
    private static final String SESSION_MEMORY = "/memfd:carillon-to-";
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(20);
    private static final long STEP_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int SAME = 10;

    static ServerRest of(ShippedServer server) {
        long sessions = new CarillonClient(ClientOptions.named("counts").at(server.socket()).startedBy()).look()
                .sessions().size();
        LockSupport.parkNanos(STEP_NS); // the connection that has just looked is gone, too
        Path process = Path.of("/proc", Long.toString(server.pid()));
        try (Stream<Path> descriptors = Files.list(process.resolve("fd"));
                Stream<String> maps = Files.lines(process.resolve("maps"))) {
            return new ServerRest(descriptors.count(),
                    maps.filter(line -> line.contains(SESSION_MEMORY)).count(), sessions);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Once nothing has changed for a second, or never within the limit. */
    static ServerRest settled(ShippedServer server) {
        long untilNs = System.nanoTime() + LIMIT_NS;
        ServerRest last = of(server);
        for (int same = 0; same < SAME && System.nanoTime() - untilNs < 0;) {
            ServerRest next = of(server);
            same = next.equals(last) ? same + 1 : 0;
            last = next;
        }
        return last;
    }

    /** Once it holds no more than before, or what it holds after the limit. */
    static ServerRest settledTo(ServerRest before, ShippedServer server) {
        long untilNs = System.nanoTime() + LIMIT_NS;
        ServerRest last = of(server);
        while (!last.isWithin(before) && System.nanoTime() - untilNs < 0) {
            last = of(server);
        }
        return last;
    }

    private boolean isWithin(ServerRest before) {
        return descriptors <= before.descriptors && maps <= before.maps && sessions <= before.sessions;
    }
}
