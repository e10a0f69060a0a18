package org.carillon.launcher.border;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.carillon.api.port.Wiring;
import org.carillon.api.session.Session;
import org.carillon.launcher.CarillonHost;
import org.carillon.launcher.HostOptions;
import org.carillon.launcher.Program;
import org.carillon.protocol.DropReason;
import org.carillon.protocol.EventType;
import org.carillon.protocol.SessionState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real server and clients in other processes that know nothing but the drawings. */
@Timeout(120)
final class RawPeerIT {
    private static final String TRANSPORT = "org.carillon.transport.shm";
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(30);

    @TempDir
    private Path folder;
    private final List<Process> peers = new ArrayList<>();
    private CarillonHost host;

    @BeforeEach
    void start() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3"))
                || Files.isExecutable(Path.of("/usr/local/bin/python3")), "needs python3");
        host = CarillonHost.start(HostOptions.temporary().home(Program.distribution())
                .configuration(TRANSPORT, Map.of("socket", socket().toString())));
        await(() -> Files.exists(socket()));
    }

    @AfterEach
    void stop() {
        peers.forEach(Process::destroyForcibly);
        if (host != null) {
            host.close();
        }
    }

    private Path socket() {
        return folder.resolve("carillon/control");
    }

    @Test
    void shouldCarryANoteThroughAPortAndBack() throws Exception {
        JsonObject seen = Json.parse(run("echo")).asObject();

        assertTrue(seen.getBoolean("right", false), seen.toString());
        assertEquals(ProcessHandle.current().pid(), seen.getLong("server", 0));
        assertEquals(SessionState.OPEN.ordinal(), seen.getInt("state", -1));
        await(() -> host.status().sessions().stream().noneMatch("raw"::equals));
    }

    @Test
    void shouldReleaseTheNotesOfAClientThatIsKilled() throws Exception {
        try (Session listener = host.sessions().open("listener")) {
            listener.destination("in");
            listener.wiring().connect("loop", "listener:in", "", Wiring.Loops.REFUSED);
            Process holder = start("hold");
            try (BufferedReader out = holder.inputReader()) {
                assertEquals("holding", out.readLine());
                assertEquals(List.of(EventType.KEY_ON), types(listener, 1));

                holder.destroyForcibly();

                assertEquals(List.of(EventType.KEY_OFF), types(listener, 1));
            }
            await(() -> !host.status().sessions().contains("holder"));
        }
    }

    @Test
    void shouldServeOthersWhileAClientIsStopped() throws Exception {
        Process stopped = start("hold");
        try (BufferedReader out = stopped.inputReader(); Session sender = host.sessions().open("sender")) {
            assertEquals("holding", out.readLine());
            signal(stopped, "STOP");
            var source = sender.source("out");
            sender.wiring().connect("sender:out", "holder:in", "", Wiring.Loops.REFUSED);
            for (int i = 0; i < 3_000; i++) {
                source.send(0, 0xB0, 1, i % 128);
                source.flush();
                LockSupport.parkNanos(1_000);
            }

            await(() -> host.status().dropped().get(DropReason.DESTINATION_FULL) > 0);
            assertTrue(Json.parse(run("echo")).asObject().getBoolean("right", false));
            signal(stopped, "CONT");
        }
    }

    @Test
    void shouldAnswerGarbageAndEndForgersOnly() throws Exception {
        try (Session innocent = host.sessions().open("innocent")) {
            JsonObject ends = Json.parse(run("garbage")).asObject();

            for (String wrong : List.of("before hello", "unknown request", "short", "long", "wrong length",
                    "no text")) {
                assertEquals("WRONG_USAGE", ends.getString(wrong, ""), ends.toString());
            }
            assertTrue(ends.getBoolean("shorter than its head", false), ends.toString());
            assertTrue(ends.getBoolean("forged tail", false), ends.toString());
            assertEquals(SessionState.VIOLATED.ordinal(), ends.getInt("forged state", -1), ends.toString());
            assertTrue(ends.getBoolean("still there", false), ends.toString());
            assertTrue(innocent.isOpen());
        }
    }

    @Test
    void shouldLeaveNothingBehind() throws Exception {
        for (int i = 0; i < 5; i++) {
            run("echo");
            run("garbage");
        }
        await(() -> host.status().sessions().stream().noneMatch(List.of("raw", "forger")::contains));
        await(() -> sockets() == 1);
        assertEquals(0, memoryFiles());
        assertFalse(Files.readString(Path.of("/proc/self/maps")).contains("carillon-to-"));
        host.close();
        assertFalse(Files.exists(socket()));
        assertEquals(0, sockets());
    }

    /** The listening one and one for each connection: all have the name of the path. */
    private long sockets() {
        try (var lines = Files.lines(Path.of("/proc/net/unix"))) {
            return lines.filter(line -> line.endsWith(" " + socket())).count();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static long memoryFiles() throws IOException {
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(RawPeerIT::isSessionMemory).count();
        }
    }

    private static boolean isSessionMemory(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().contains("memfd:carillon-to-");
        } catch (IOException e) {
            return false; // gone meanwhile
        }
    }

    private List<Integer> types(Session listener, int count) {
        List<Integer> types = new ArrayList<>();
        await(() -> {
            listener.poll(event -> types.add(event.type()), 100);
            return types.size() >= count;
        });
        return types;
    }

    private Process start(String what) throws IOException, URISyntaxException {
        Path script = Path.of(RawPeerIT.class.getResource("raw_peer.py").toURI());
        Process peer = new ProcessBuilder("python3", script.toString(), what, socket().toString())
                .redirectErrorStream(true).start();
        peers.add(peer);
        return peer;
    }

    private String run(String what) throws IOException, URISyntaxException, InterruptedException {
        Process peer = start(what);
        String said = new String(peer.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertTrue(peer.waitFor(60, TimeUnit.SECONDS), "python does not end");
        assertEquals(0, peer.exitValue(), said);
        return said;
    }

    private static void signal(Process process, String name) throws IOException, InterruptedException {
        assertEquals(0, new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor());
    }

    private static void await(BooleanSupplier isSo) {
        long startNs = System.nanoTime();
        while (!isSo.getAsBoolean()) {
            assertTrue(System.nanoTime() - startNs < LIMIT_NS, "waited in vain");
            LockSupport.parkNanos(1_000_000);
        }
    }
}
