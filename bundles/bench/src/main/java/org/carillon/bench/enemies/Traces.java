package org.carillon.bench.enemies;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.carillon.protocol.control.ServerStatus;

/**
 * What a server holds.
 *
 * @param maps mappings of session memory.
 */
record Traces(long descriptors, long maps, int sessions, int ports, int connections) {
    private static final String SESSION_MEMORY = "carillon-to-";

    static Traces of(long processId, Siege siege) throws IOException {
        ServerStatus status = siege.status();
        Path process = Path.of("/proc", Long.toString(processId));
        try (Stream<Path> descriptors = Files.list(process.resolve("fd"));
                Stream<String> maps = Files.lines(process.resolve("maps"))) {
            return new Traces(descriptors.count(), maps.filter(line -> line.contains(SESSION_MEMORY)).count(),
                    status.sessions(), status.ports(), status.connections());
        }
    }

    /** The same, once nothing is left of what is being ended, or what is left then. */
    static Traces settled(Traces before, long processId, Siege siege) throws IOException {
        try {
            Siege.await("nothing is left", () -> {
                try {
                    return of(processId, siege).isWithin(before);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (IllegalStateException e) {
            return of(processId, siege);
        }
        return of(processId, siege);
    }

    private boolean isWithin(Traces before) {
        return descriptors <= before.descriptors && maps <= before.maps && sessions <= before.sessions
                && ports <= before.ports && connections <= before.connections;
    }
}
