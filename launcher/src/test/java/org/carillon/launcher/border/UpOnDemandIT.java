package org.carillon.launcher.border;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.carillon.launcher.Program;
import org.carillon.platform.Platform;
import org.carillon.protocol.ControlPacket;
import org.carillon.protocol.control.ControlClient;
import org.carillon.protocol.control.Hello;
import org.carillon.protocol.control.Nothing;
import org.carillon.protocol.control.OpenSession;
import org.carillon.protocol.control.Time;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server in a second process that ends when nobody needs it, or when it is asked to. */
@Timeout(180)
final class UpOnDemandIT {
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(60);
    private static final Nothing NOTHING = new Nothing();

    @TempDir
    private Path folder;

    @Test
    void shouldEndTwoSecondsAfterItsLastSession() throws Exception {
        assumeTrue(Platform.current().isNative(), "needs native calls");
        Process up = start("--on-demand");
        try (ControlChannel looking = reached()) {
            ControlClient look = greeted(looking);
            assertTrue(look.status(NOTHING).endsWithLastSession());
            try (ControlChannel channel = reached()) {
                greeted(channel).openSession(new OpenSession("only", 0, 0, 0));
            }
            Time before = look.time(NOTHING);

            assertTrue(up.waitFor(60, TimeUnit.SECONDS), "server does not end");
            assertTrue(System.nanoTime() - before.monoNs() >= TimeUnit.SECONDS.toNanos(1), "server ends at once");
        } finally {
            up.destroyForcibly();
        }
        assertEquals(0, up.exitValue(), Files.readString(folder.resolve("error")));
        assertFalse(Files.exists(socket()));
    }

    @Test
    void shouldStayWhenItIsToldToAndEndWhenItIsAskedTo() throws Exception {
        assumeTrue(Platform.current().isNative(), "needs native calls");
        Process up = start("--on-demand");
        try (ControlChannel channel = reached()) {
            ControlClient ask = greeted(channel);
            ask.stay(NOTHING);
            assertFalse(ask.status(NOTHING).endsWithLastSession());

            ask.down(NOTHING);

            assertTrue(up.waitFor(60, TimeUnit.SECONDS), "server does not end");
        } finally {
            up.destroyForcibly();
        }
        assertEquals(0, up.exitValue(), Files.readString(folder.resolve("error")));
    }

    private Path socket() {
        return folder.resolve("carillon/control");
    }

    private Process start(String option) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        builder.command().addAll(java.util.List.of(Program.command("up", option, "--json", "--data",
                folder.resolve("data").toString())));
        builder.environment().put("CARILLON_SERVER", socket().toString());
        return builder.redirectOutput(folder.resolve("out").toFile()).redirectError(folder.resolve("error").toFile())
                .start();
    }

    private ControlChannel reached() {
        long startNs = System.nanoTime();
        while (true) {
            try {
                return new ControlChannel(socket());
            } catch (IOException e) {
                assertTrue(System.nanoTime() - startNs < LIMIT_NS, "server does not listen: " + e.getMessage());
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            }
        }
    }

    private static ControlClient greeted(ControlChannel channel) throws IOException {
        ControlClient ask = new ControlClient(channel);
        ask.hello(new Hello(ControlPacket.PROTOCOL_VERSION, "test", 1));
        return ask;
    }
}
