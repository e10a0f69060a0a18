package org.carillon.launcher.border;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.carillon.client.CarillonClient;
import org.carillon.client.ClientException;
import org.carillon.client.ClientOptions;
import org.carillon.client.ClientSession;
import org.carillon.client.ClientSource;
import org.carillon.client.ClientState;
import org.carillon.launcher.Program;
import org.carillon.protocol.control.Nothing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs that open sessions while no server is there: one is started for all of them, and ends after them. */
@Timeout(180)
final class OnDemandIT {
    private static final int PROGRAMS = 3;
    private static final long HASTE_NS = TimeUnit.MILLISECONDS.toNanos(300);
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(40);

    @TempDir
    private Path folder;
    private final List<CarillonClient> clients = new ArrayList<>();

    private CarillonClient client(String name) {
        CarillonClient client = new CarillonClient(ClientOptions.named(name).at(folder.resolve("carillon/control"))
                .within(TimeUnit.SECONDS.toNanos(20))
                .startedBy(Program.distribution().resolve("bin/carillon").toString()));
        clients.add(client);
        return client;
    }

    @AfterEach
    void end() {
        for (CarillonClient client : clients) {
            client.close();
        }
        CarillonClient last = client("last");
        if (last.isServerThere()) {
            last.ask(server -> server.down(new Nothing()));
            await(() -> !last.isServerThere());
        }
    }

    private static void await(BooleanSupplier condition) {
        long untilNs = System.nanoTime() + LIMIT_NS;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - untilNs < 0, "waited in vain");
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void shouldStartOneForSeveralProgramsAndEndAfterTheLast() {
        assertFalse(client("asks").isServerThere());
        assertFalse(Files.exists(folder.resolve("carillon")), "asking starts nothing and leaves nothing");

        List<CompletableFuture<ClientSession>> opening = new ArrayList<>();
        for (int i = 0; i < PROGRAMS; i++) {
            String name = "program" + i;
            CarillonClient client = client(name);
            opening.add(CompletableFuture.supplyAsync(() -> client.open(name), Thread::startVirtualThread));
        }
        List<ClientSession> sessions = opening.stream().map(CompletableFuture::join).toList();

        assertEquals(1, sessions.stream().map(session -> session.server().processId()).distinct().count());
        long server = sessions.getFirst().server().processId();
        assertNotEquals(ProcessHandle.current().pid(), server);
        sessions.forEach(ClientSession::close);
        await(() -> ProcessHandle.of(server).isEmpty() || !ProcessHandle.of(server).get().isAlive());
        assertFalse(client("asks again").isServerThere());
    }

    @Test
    void shouldStartAnotherAfterACrashAndBringSessionsBack() {
        CarillonClient client = client("survivor");
        ClientSession session = client.open("survivor");
        ClientSource out = session.source("out");
        session.destination("in");
        session.connect("survivor:out", "survivor:in", "transp 1", false);
        long first = session.server().processId();

        ProcessHandle.of(first).orElseThrow().destroyForcibly();
        await(() -> client.state() == ClientState.EXCEPTION);
        assertFalse(client.isServerThere());
        assertThrows(ClientException.class, () -> session.source("more"));
        client("other").open("other");
        await(() -> client.state() == ClientState.ACTIVE);

        assertNotEquals(first, session.server().processId());
        assertTrue(out.send(0, 0x90, 60, 100));
        session.flush();
        int[] key = {0};
        await(() -> session.poll(event -> key[0] = event.data(1), 1) == 1);
        assertEquals(61, key[0]);
    }

    @Test
    void shouldGiveUpInTimeWhenTheServerDoesNotAnswer() throws IOException, InterruptedException {
        ClientSession session = client("patient").open("patient");
        CarillonClient hasty = new CarillonClient(session.client().options().within(HASTE_NS));
        clients.add(hasty);
        long server = session.server().processId();
        ClientSession waiting = hasty.open("hasty");

        signal("STOP", server);
        try {
            long startNs = System.nanoTime();
            ClientException thrown = assertThrows(ClientException.class, () -> waiting.source("out"));
            assertEquals(ClientException.Kind.TIMED_OUT, thrown.kind(), thrown.getMessage());
            assertTrue(System.nanoTime() - startNs >= HASTE_NS);
        } finally {
            signal("CONT", server);
        }

        assertEquals("hasty:later", waiting.source("later").name());
    }

    private static void signal(String name, long process) throws IOException, InterruptedException {
        assertEquals(0, new ProcessBuilder("kill", "-" + name, Long.toString(process)).start().waitFor());
    }

    @Test
    void shouldSayWhyNoneStarts() throws IOException {
        Path command = Files.writeString(folder.resolve("no-server"), "#!/bin/sh\necho no server today >&2\nexit 3\n");
        assertTrue(command.toFile().setExecutable(true));
        CarillonClient client = new CarillonClient(ClientOptions.named("unlucky")
                .at(folder.resolve("carillon/control")).startedBy(command.toString()));

        ClientException thrown = assertThrows(ClientException.class, () -> client.open("unlucky"));

        assertEquals(ClientException.Kind.FAILED, thrown.kind());
        assertTrue(thrown.getMessage().contains("exitCode=3, itsLastWords=no server today"), thrown.getMessage());
    }
}
