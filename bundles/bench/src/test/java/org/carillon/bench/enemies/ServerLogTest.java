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
                00:05:04.479 WARNING ControlServer: session is ended: session=enemy1, reason=record type not above 0
                00:05:04.480 WARNING ControlServer: connection is ended: reason=packet too short, unsaidBefore=12
                00:05:04.490 WARNING ControlServer: more clients were ended for what they did: unsaidBefore=30
                00:05:04.500 WARNING ControlServer: connection must wait: reason=too many open files
                00:05:04.510 ERROR ControlLoop: listening thread met an error and goes on
                java.lang.IllegalStateException: closed
                """);

        ServerLog log = ServerLog.of(file);

        assertEquals(44, log.expulsions());
        assertEquals(List.of("00:05:04.510 ERROR ControlLoop: listening thread met an error and goes on",
                "java.lang.IllegalStateException: closed"), log.errors());
        assertEquals(Files.size(file), log.lengthBytes());
    }
}
