package org.carillon.launcher.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.carillon.launcher.Program;
import org.carillon.platform.Platform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers that verbs start, and that stay when the verbs have ended. */
@Timeout(180)
final class DetachedServerIT {
    private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

    @TempDir
    private Path folder;

    @Test
    void shouldStayWhenTheVerbThatStartedItHasEnded() throws Exception {
        assumeTrue(Platform.current().isNative(), "needs native calls");

        JsonObject first = Json.parse(run(ExitCodes.DONE, "up", "--detach", "--json")).asObject();

        assertFalse(first.getBoolean("was_there", true));
        ProcessHandle server = ProcessHandle.of(first.getInt("pid", 0)).orElseThrow();
        try {
            assertFalse(Json.parse(run(ExitCodes.DONE, "status", "--json")).asObject().getBoolean("on_demand", true));
            JsonObject second = Json.parse(run(ExitCodes.DONE, "up", "--detach", "--json")).asObject();
            assertTrue(second.getBoolean("was_there", false));
            assertEquals(server.pid(), second.getInt("pid", 0));
            assertTrue(run(ExitCodes.DONE, "connect", "\"a:out\"", "\"b:in\"").contains("a:out --> b:in"));

            run(ExitCodes.DONE, "down");

            server.onExit().get(60, TimeUnit.SECONDS);
        } finally {
            server.destroyForcibly();
        }
        run(ExitCodes.UNREACHABLE, "status");
        run(ExitCodes.WRONG_USAGE, "up", "--detach", "--shell");
        run(ExitCodes.WRONG_USAGE, "up", "--detach", "--instrument", folder.resolve("absent.sf2").toString());
    }

    @Test
    void shouldHandItsOtherOptionsToTheServer() throws Exception {
        assumeTrue(Platform.current().isNative(), "needs native calls");

        JsonObject started = Json.parse(run(ExitCodes.DONE, "up", "--detach", "--json", "--instrument", "built-in"))
                .asObject();

        ProcessHandle server = ProcessHandle.of(started.getInt("pid", 0)).orElseThrow();
        try {
            String line = Files.readString(Path.of("/proc", Long.toString(server.pid()), "cmdline")).replace('\0', ' ');
            assertTrue(line.contains(" up --on-demand --instrument built-in "), line);
            long untilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (!run(ExitCodes.DONE, "ls", "-o", "--plain").lines().toList().contains("instrument")) {
                assertTrue(System.nanoTime() - untilNs < 0, "no instrument comes");
            }
            run(ExitCodes.REFUSED, "up", "--detach", "--instrument", "built-in");
            run(ExitCodes.DONE, "down");
            server.onExit().get(60, TimeUnit.SECONDS);
        } finally {
            server.destroyForcibly();
        }
    }

    @Test
    void shouldStartForAVerbThatChangesAndRememberWhatItChanged() throws Exception {
        assumeTrue(Platform.current().isNative(), "needs native calls");

        run(ExitCodes.UNREACHABLE, "filter", "\"a:out\"", "\"b:in\"");
        assertTrue(run(ExitCodes.DONE, "connect", "\"a:out\"", "\"b:in\"").contains("a:out --> b:in"));
        endServer();
        run(ExitCodes.UNREACHABLE, "ls");

        assertTrue(run(ExitCodes.DONE, "filter", "a:out", "b:in", "--set", "ch 3").contains("ch 3"));
        endServer();

        assertTrue(run(ExitCodes.DONE, "disconnect", "a:out", "b:in").contains("1"));
        assertFalse(run(ExitCodes.DONE, "ls", "-c", "--plain").contains("a:out"));
        endServer();
    }

    private void endServer() throws Exception {
        JsonObject status = Json.parse(run(ExitCodes.DONE, "status", "--json")).asObject();
        assertFalse(status.getBoolean("on_demand", true));
        ProcessHandle server = ProcessHandle.of(status.getInt("pid", 0)).orElseThrow();
        try {
            run(ExitCodes.DONE, "down");
            server.onExit().get(60, TimeUnit.SECONDS);
        } finally {
            server.destroyForcibly();
        }
    }

    private String run(int exitCode, String... words) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(JAVA);
        builder.command().addAll(List.of(Program.command(words)));
        builder.environment().put("CARILLON_SERVER", folder.resolve("carillon/control").toString());
        builder.environment().put("CARILLON_COMMAND", script().toString());
        Path out = folder.resolve("out");
        Path error = folder.resolve("error");
        Process verb = builder.redirectOutput(out.toFile()).redirectError(error.toFile()).start();
        try {
            assertTrue(verb.waitFor(60, TimeUnit.SECONDS), "verb does not end");
        } finally {
            verb.destroyForcibly();
        }
        assertEquals(exitCode, verb.exitValue(), Files.readString(error));
        return Files.readString(out);
    }

    /** Starts a server that writes into this test's folder. */
    private Path script() throws IOException {
        Path script = folder.resolve("carillon.sh");
        String line = JAVA + " " + String.join(" ", Program.command("up")).replaceAll(" up$", "");
        Files.writeString(script, "#!/bin/sh\nexec " + line + " \"$@\" --data " + folder.resolve("data") + "\n");
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }
}
