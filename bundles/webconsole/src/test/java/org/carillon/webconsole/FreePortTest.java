package org.carillon.webconsole;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

final class FreePortTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @Test
    void shouldPassByATakenPort() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK)) {
            int port = taken.getLocalPort();

            assertEquals(FreePort.NONE, FreePort.from(LOOPBACK, port, 1));
            int next = FreePort.from(LOOPBACK, port, 100);
            assertTrue(next == FreePort.NONE || next > port, "port=" + next);
        }
    }

    @Test
    void shouldNotLookBeyondTheLastPort() throws IOException {
        int port = FreePort.from(LOOPBACK, 65_535, 100);
        assertTrue(port == 65_535 || port == FreePort.NONE, "port=" + port);
    }
}
