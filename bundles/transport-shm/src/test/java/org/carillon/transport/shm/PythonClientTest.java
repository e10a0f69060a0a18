package org.carillon.transport.shm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Python client in a process of its own, with a real kernel at the other end of a real socket. */
@Timeout(180)
class PythonClientTest {
    private static final String TEST = "src/test/python/client_test.py";

    @TempDir
    Path folder;

    private static ClientProgram start(Path socket, String test) throws IOException {
        return PythonProgram.start(TEST, socket, socket.toString(), test);
    }

    @ParameterizedTest
    @ValueSource(strings = {"send", "tap", "kinds", "dates", "sysex", "several", "no", "full", "two", "wrong", "many",
        "bare", "interrupt", "nothing", "kicked"})
    void shouldDoItsPart(String test) throws IOException, InterruptedException {
        try (ServerRig rig = new ServerRig(folder); ClientProgram client = start(rig.socket, test)) {
            String said = client.end();

            assertTrue(said.endsWith("done\n"), said);
            ServerRig.await("session is gone", () -> rig.status().sessions().isEmpty());
        }
    }

    @Test
    void shouldGoOnInAnotherServer() throws IOException, InterruptedException {
        ServerRig first = new ServerRig(folder);
        try (ClientProgram client = start(first.socket, "lost")) {
            assertEquals("stop the server", client.line());
            first.close();
            client.say("stopped");
            assertEquals("start the server", client.line());
            try (ServerRig second = new ServerRig(folder)) {
                client.say("started");
                assertTrue(client.end().endsWith("done\n"));
                ServerRig.await("session is gone", () -> second.status().sessions().isEmpty());
            }
        }
    }
}
