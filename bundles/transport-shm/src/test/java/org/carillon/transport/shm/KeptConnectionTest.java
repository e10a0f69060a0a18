package org.carillon.transport.shm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.carillon.client.CarillonClient;
import org.carillon.client.ClientException;
import org.carillon.client.ClientException.Kind;
import org.carillon.client.ClientOptions;
import org.carillon.platform.Platform;
import org.carillon.protocol.control.Nothing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client that asks often, over one connection. */
@Timeout(60)
final class KeptConnectionTest {
    @TempDir
    private Path folder;

    @Test
    void shouldAskOverOneConnectionAndMakeItAnewForANewServer() throws IOException {
        assumeTrue(Platform.current().isNative(), "needs native calls");
        Path socket = folder.resolve("carillon/control");
        CarillonClient client = new CarillonClient(ClientOptions.named("often").at(socket).startedBy())
                .keepConnection();
        assertFalse(client.isServerThere());
        try (ServerRig rig = new ServerRig(folder)) {
            for (int i = 0; i < 20; i++) {
                assertTrue(serverNs(client) > 0);
                assertTrue(client.look().isReady());
            }
            assertEquals(2, sockets(rig.socket)); // the one that listens, and the server's end of the connection
        }
        assertEquals(Kind.UNREACHABLE, assertThrows(ClientException.class, () -> serverNs(client)).kind());
        try (ServerRig rig = new ServerRig(folder)) {
            assertTrue(serverNs(client) > 0);
            client.close();
            ServerRig.await("connection has ended", () -> sockets(rig.socket) == 1);
        }
    }

    private static long serverNs(CarillonClient client) {
        return client.ask(server -> server.time(new Nothing())).serverNs();
    }

    private static long sockets(Path socket) {
        try (var lines = Files.lines(Path.of("/proc/net/unix"))) {
            return lines.filter(line -> line.endsWith(" " + socket)).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
