package org.carillon.launcher.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** How long this process has been running. */
final class ProcessTime {
    private static final int START_FIELD_AFTER_NAME = 20;
    private static final long TICK_MS = 10;

    private ProcessTime() {}

    /** To within two hundredths of a second on Linux; elsewhere as exactly as the system keeps start times. */
    static long sinceStartMs() {
        try {
            String stat = Files.readString(Path.of("/proc/self/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 1).split(" ");
            String uptime = Files.readString(Path.of("/proc/uptime"));
            long nowMs = Math.round(Double.parseDouble(uptime.substring(0, uptime.indexOf(' '))) * 1_000);
            return Math.max(0, nowMs - Long.parseLong(fields[START_FIELD_AFTER_NAME]) * TICK_MS);
        } catch (IOException | RuntimeException e) {
            return ProcessHandle.current().info().startInstant()
                    .map(start -> Math.max(0, Duration.between(start, Instant.now()).toMillis())).orElse(0L);
        }
    }
}
