package org.carillon.launcher.border;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.carillon.launcher.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A program in C++, with the shipped headers, starts the server that is shipped, and goes on after a crash. */
@Timeout(240)
final class CppOnDemandIT {
    private static final Path TEST = Path.of("../bundles/client/src/test/cpp/start_test.cpp").toAbsolutePath();
    private static final long LIMIT_S = 200;

    @TempDir
    private Path folder;

    @Test
    void shouldStartAServerGoOnAfterACrashAndLeaveNoZombie() throws IOException, InterruptedException {
        Path program = folder.resolve("start_test");
        String headers = Program.distribution().resolve("client/cpp/include").toString();
        run("g++", "-std=c++17", "-O2", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-I" + headers, TEST.toString(),
                "-o", program.toString(), "-pthread");

        assertEquals("done\n", run(program.toString(), folder.resolve("carillon/control").toString(),
                Program.distribution().resolve("bin/carillon").toString()));
    }

    private String run(String... command) throws IOException, InterruptedException {
        Path said = folder.resolve("said.txt");
        Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).redirectOutput(said.toFile())
                .start();
        try {
            assertTrue(process.waitFor(LIMIT_S, TimeUnit.SECONDS), () -> "it does not end: folder=" + folder);
            assertEquals(0, process.exitValue(), Files.readString(said));
            return Files.readString(said);
        } finally {
            process.destroyForcibly();
        }
    }
}
