package org.carillon.launcher.border;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.carillon.launcher.Program;
import org.carillon.platform.Platform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A program that knows javax.sound.midi alone, with nothing but the folder of jars that is shipped for it. */
@Timeout(240)
final class SoundPortsIT {
    private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final String NATIVE = "--enable-native-access=ALL-UNNAMED";
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(60);

    @TempDir
    private Path folder;

    @Test
    void shouldSeeTheShippedServersPorts() throws IOException, InterruptedException {
        assumeTrue(Platform.current().isNative(), "needs native calls");
        String before = listed(); // no warning of native calls that nobody needs
        assertFalse(before.contains("Carillon") || before.contains("WARNING"), before);

        List<String> command = new ArrayList<>(List.of(JAVA));
        command.addAll(List.of(Program.command("up", "--json", "--data", folder.resolve("data").toString())));
        Process server = start(command, folder.resolve("server.txt"));
        try {
            long untilNs = System.nanoTime() + LIMIT_NS;
            while (!Files.exists(socket()) && System.nanoTime() - untilNs < 0) {
                LockSupport.parkNanos(10_000_000);
            }
            String after = listed(NATIVE);
            while (!after.contains("loop") && System.nanoTime() - untilNs < 0) { // its drivers come one by one
                after = listed(NATIVE);
            }
            assertTrue(after.contains("to   loop (Carillon)\n") && after.contains("from loop (Carillon)\n"), after);
        } finally {
            server.destroy();
            assertTrue(server.waitFor(60, TimeUnit.SECONDS), "server does not end");
        }
        assertFalse(listed(NATIVE).contains("Carillon"));
    }

    private Path socket() {
        return folder.resolve("carillon/control");
    }

    private Process start(List<String> command, Path said) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().put("CARILLON_SERVER", socket().toString());
        return builder.start();
    }

    private String listed(String... options) throws IOException, InterruptedException {
        Path client = Program.distribution().resolve("client/java");
        List<String> command = new ArrayList<>(List.of(JAVA));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", client + "/*", client.resolve("examples/SoundPorts.java").toString(), "list"));
        Path said = folder.resolve("said.txt");
        Process program = start(command, said);
        assertTrue(program.waitFor(60, TimeUnit.SECONDS), "program does not end");
        assertEquals(0, program.exitValue(), Files.readString(said));
        return Files.readString(said);
    }
}
