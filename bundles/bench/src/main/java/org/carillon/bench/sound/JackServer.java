package org.carillon.bench.sound;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.carillon.bench.Command;
import org.carillon.platform.Platform;

/** A sound server without a card, in blocks of 64 frames, whose name nobody else knows. */
final class JackServer implements AutoCloseable {
    static final int RATE_HZ = 48_000;
    static final int BLOCK_FRAMES = 64;
    private static final int PRIORITY = 70;
    private static final long START_LIMIT_NS = TimeUnit.SECONDS.toNanos(15);
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long END_LIMIT_S = 5;

    private final String name = "carillon-bench-" + ProcessHandle.current().pid();
    private final boolean isFifo;
    private final Process process;

    /** @throws IllegalStateException when there is none, or it does not come up. */
    JackServer() {
        isFifo = mayBeFifo();
        List<String> command = new ArrayList<>(List.of("jackd", "--name", name));
        command.addAll(isFifo ? List.of("-R", "-P" + PRIORITY) : List.of("-r"));
        command.addAll(List.of("-d", "dummy", "-r", "" + RATE_HZ, "-p", "" + BLOCK_FRAMES));
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment());
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new IllegalStateException("this benchmark needs the sound server: command=jackd, package=jackd2", e);
        }
        long startNs = System.nanoTime();
        while (!Command.run(List.of("jack_lsp"), environment()).output().contains("system:playback_1")) {
            if (!process.isAlive() || System.nanoTime() - startNs > START_LIMIT_NS) {
                close();
                throw new IllegalStateException("sound server does not start: command=" + String.join(" ", command));
            }
            LockSupport.parkNanos(LOOK_NS);
        }
    }

    /** Whether threads of this user may have real-time priority; asked by a thread that ends at once. */
    private static boolean mayBeFifo() {
        boolean[] granted = {false};
        Thread asking = Thread.ofPlatform().start(() -> granted[0] = Platform.current().fifo(PRIORITY).granted());
        try {
            asking.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return granted[0];
    }

    boolean isFifo() {
        return isFifo;
    }

    /** Leads clients to this server and to no other. */
    Map<String, String> environment() {
        return Map.of("JACK_DEFAULT_SERVER", name, "JACK_NO_START_SERVER", "1");
    }

    @Override
    public void close() {
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
