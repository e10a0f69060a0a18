package org.carillon.launcher.border;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.carillon.launcher.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs in Python, with the modules that are shipped, start the server that is shipped, and bring it back. */
@Timeout(240)
final class PythonOnDemandIT {
    private static final Path TEST = Path.of("../bundles/client/src/test/python/start_test.py").toAbsolutePath();
    private static final long LIMIT_S = 200;

    @TempDir
    private Path folder;

    @Test
    void shouldStartOneForAllGoOnAfterACrashAndSayWhyNoneStarts() throws IOException, InterruptedException {
        Path said = folder.resolve("said.txt");
        ProcessBuilder builder = new ProcessBuilder("python3", "-W", "error", TEST.toString(),
                folder.resolve("carillon/control").toString(),
                Program.distribution().resolve("bin/carillon").toString()).redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().putAll(Map.of("PYTHONPATH", Program.distribution().resolve("client/python").toString(),
                "PYTHONDONTWRITEBYTECODE", "1"));
        Process process = builder.start();
        try {
            assertTrue(process.waitFor(LIMIT_S, TimeUnit.SECONDS), () -> "it does not end: folder=" + folder);
            assertEquals(0, process.exitValue(), Files.readString(said));
            assertEquals("done\n", Files.readString(said));
        } finally {
            process.destroyForcibly();
        }
    }
}
