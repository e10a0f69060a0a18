package org.carillon.platform.ipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A peer in another process and another language: a few lines of Python, given on its command line. */
final class Python {
    private static final long LIMIT_S = 30;

    private Python() {}

    static boolean isThere() {
        return Files.isExecutable(Path.of("/usr/bin/python3")) || Files.isExecutable(Path.of("/usr/local/bin/python3"));
    }

    static Process start(String program, String... arguments) throws IOException {
        String[] command = new String[3 + arguments.length];
        command[0] = "python3";
        command[1] = "-c";
        command[2] = program;
        System.arraycopy(arguments, 0, command, 3, arguments.length);
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    static void assertDone(Process process) throws IOException, InterruptedException {
        assertTrue(process.waitFor(LIMIT_S, TimeUnit.SECONDS), "python does not end");
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.exitValue(), said);
    }
}
