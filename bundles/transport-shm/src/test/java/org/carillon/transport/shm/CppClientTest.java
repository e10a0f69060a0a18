package org.carillon.transport.shm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The C++ client in a process of its own, with a real kernel at the other end of a real socket. */
@Timeout(180)
class CppClientTest {
    private static Path program;

    @TempDir
    Path folder;

    @BeforeAll
    static void compile() throws IOException, InterruptedException {
        program = CppProgram.compile("src/test/cpp/client_test.cpp");
    }

    @ParameterizedTest
    @ValueSource(strings = {"send", "tap", "dates", "sysex", "several", "no", "full", "two"})
    void shouldDoItsPart(String test) throws IOException, InterruptedException {
        try (ServerRig rig = new ServerRig(folder);
                ClientProgram client = CppProgram.start(program, rig.socket.toString(), test)) {
            assertTrue(client.end().endsWith("failures=0\n"));
            ServerRig.await("session is gone", () -> rig.status().sessions().isEmpty());
        }
    }

    @Test
    void shouldGoOnInAnotherServer() throws IOException, InterruptedException {
        ServerRig first = new ServerRig(folder);
        try (ClientProgram client = CppProgram.start(program, first.socket.toString(), "lost")) {
            assertEquals("stop the server", client.line());
            first.close();
            client.say("stopped");
            assertEquals("start the server", client.line());
            try (ServerRig second = new ServerRig(folder)) {
                client.say("started");
                assertTrue(client.end().endsWith("failures=0\n"));
                ServerRig.await("session is gone", () -> second.status().sessions().isEmpty());
            }
        }
    }
}
