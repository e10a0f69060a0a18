package org.carillon.launcher.fetch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program of the system. */
final class SystemCommand {
    private static final long LIMIT_MIN = 30;

    private SystemCommand() {}

    /** @throws IOException where it is not there or fails, with the last line that it said. */
    static void run(Path folder, List<String> line) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(LIMIT_MIN, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IOException(line.getFirst() + " fails: " + said.substring(said.lastIndexOf('\n') + 1));
            }
        } finally {
            process.destroyForcibly();
        }
    }
}
