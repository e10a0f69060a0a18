package org.carillon.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A server in a process of its own, with the flags of the shipped default profile: how long it took until it said one
 * line, and its resident memory once it had come to rest.
 */
final class ChildServer {
    private static final long REST_MS = 3_000;
    private static final double KIB_PER_MB = 1_000_000 / 1_024.0;
    private static final List<String> LINES = List.of("routed", "active");

    private final double readyMs;
    private final double residentMb;

    private ChildServer(List<String> command) {
        try {
            long startNs = System.nanoTime();
            Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            try (BufferedReader lines = process.inputReader()) {
                String line = lines.readLine();
                readyMs = (System.nanoTime() - startNs) / 1e6;
                if (line == null || !LINES.contains(line)) {
                    throw new IllegalStateException("server does not start: command=" + String.join(" ", command));
                }
                Thread.sleep(REST_MS);
                residentMb = residentMb(process.pid());
            } finally {
                end(process);
            }
        } catch (IOException e) {
            throw new IllegalStateException("server does not start: reason=" + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Carillon with its music bundles alone; its line comes when the first event was routed. */
    static ChildServer music(Path home) {
        return carillon(home, "music");
    }

    /** Carillon with all its bundles. */
    static ChildServer full(Path home) {
        return carillon(home, "full");
    }

    private static ChildServer carillon(Path home, String bundles) {
        List<String> command = command(home, "-cp", Distribution.launcher(home).toString(),
                "org.carillon.launcher.FirstEvent",
                bundles);
        command.addAll(command.indexOf("-cp"), archive());
        return new ChildServer(command);
    }

    /** The framework, SCR and Configuration Admin alone; its line comes when they are active. */
    static ChildServer plainFelix(Path home) {
        return new ChildServer(command(home, "-cp", home.resolve("lib") + "/*", PlainFelix.class.getName(),
                home.toString()));
    }

    double readyMs() {
        return readyMs;
    }

    /** Million bytes; not a number where the system does not tell. */
    double residentMb() {
        return residentMb;
    }

    private static List<String> command(Path home, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + home.resolve("lib/default.options"));
        command.addAll(List.of(arguments));
        return command;
    }

    /** The archive of classes that the start script gave this process, and gives every server. */
    private static List<String> archive() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("-XX:SharedArchiveFile=") || flag.startsWith("-Xlog:")).toList();
    }

    private static double residentMb(long pid) throws IOException {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        if (!Files.isReadable(status)) {
            return Double.NaN;
        }
        return Files.readAllLines(status).stream().filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / KIB_PER_MB).findFirst()
                .orElse(Double.NaN);
    }

    private static void end(Process process) throws IOException, InterruptedException {
        process.outputWriter().close();
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
