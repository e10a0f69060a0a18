package org.carillon.bench.enemies;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerLogTest {
    @TempDir
    private Path folder;

    @Test
    void shouldCountWhoWasEndedAndWhatWentWrong() throws IOException {
        Path file = Files.writeString(folder.resolve("errors"), """
                Nov 21, 2026 10:44:39 PM org.carillon.transport.shm.ControlServer lambda$new$1
                WARNING: session is ended: session=enemy1, reason=ring to the server: record type not above 0: value=0
                WARNING: connection is ended: reason=packet shorter than its head: lengthBytes=7, unsaidBefore=12
                WARNING: more clients were ended for what they did: userId=0, unsaidBefore=30
                WARNING: connection must wait: reason=too many open files
                SEVERE: listening thread met an error and goes on
                java.lang.IllegalStateException: closed
                """);

        ServerLog log = ServerLog.of(file);

        assertEquals(44, log.expulsions());
        assertEquals(List.of("SEVERE: listening thread met an error and goes on",
                "java.lang.IllegalStateException: closed"), log.errors());
        assertEquals(Files.size(file), log.lengthBytes());
    }
}
