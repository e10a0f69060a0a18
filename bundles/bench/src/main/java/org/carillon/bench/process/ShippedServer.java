package org.carillon.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.carillon.bench.Distribution;

/** A server in a process of its own, as {@code carillon up} starts it: all bundles, the shipped configuration. */
public final class ShippedServer implements AutoCloseable {
    private static final long READY_LIMIT_S = 60;
    private static final long END_LIMIT_S = 10;

    private final Process process;
    private final Path socket;
    private final Thread lastResort = new Thread(this::end, "end-of-server");

    /** @param folder what the server writes goes there. */
    public ShippedServer(Path folder) {
        this(folder, Distribution.home());
    }

    /**
     * @param folder what the server writes goes there.
     * @param home   of the distribution, or of one that looks like it.
     */
    public ShippedServer(Path folder, Path home) {
        socket = folder.resolve("server").resolve("control");
        ProcessBuilder builder = new ProcessBuilder(command(home, folder.resolve("data")))
                .redirectError(folder.resolve("errors").toFile());
        builder.environment().put("CARILLON_SERVER", socket.toString());
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("server does not start: command=" + builder.command(), e);
        }
        Runtime.getRuntime().addShutdownHook(lastResort); // it would outlive a benchmark that is told to end
        try {
            String line = CompletableFuture.supplyAsync(this::firstLine, Thread::startVirtualThread)
                    .orTimeout(READY_LIMIT_S, TimeUnit.SECONDS).join();
            if (line != null) {
                return;
            }
        } catch (CompletionException e) {
            close();
            throw new IllegalStateException("server does not start: command=" + builder.command(), e);
        }
        close();
        throw new IllegalStateException("server ends while it starts: itsLastWords="
                + lastLine(folder.resolve("errors")) + ", command=" + builder.command());
    }

    private static String lastLine(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            return lines.isEmpty() ? "" : lines.getLast();
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    private String firstLine() {
        try {
            return process.inputReader().readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With the archive of classes that the start script gave this process, and gives every server. */
    private static List<String> command(Path home, Path data) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + home.resolve("lib/default.options"));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("-XX:SharedArchiveFile=") || flag.startsWith("-Xlog:"))
                .forEach(command::add);
        command.addAll(List.of("-jar", Distribution.launcher(home).toString(), "up", "--json", "--data",
                data.toString()));
        return command;
    }

    /** Where clients reach it. */
    public Path socket() {
        return socket;
    }

    public long pid() {
        return process.pid();
    }

    /** Ends it as a crash does: it does nothing more. */
    public void kill() {
        process.destroyForcibly();
        close();
    }

    @Override
    public void close() {
        end();
        Runtime.getRuntime().removeShutdownHook(lastResort);
    }

    private void end() {
        process.destroy();
        try {
            if (!process.waitFor(END_LIMIT_S, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
