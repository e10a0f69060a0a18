package org.carillon.it;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.carillon.platform.Platform;

/** A real sound server without a card, that no other program knows the name of, and the tools that come with it. */
final class Jackd implements AutoCloseable {
    private static final int WAV_DATA_TAG = ByteBuffer.wrap("data".getBytes(StandardCharsets.US_ASCII))
            .order(ByteOrder.LITTLE_ENDIAN).getInt();
    private static final int WAV_HEADER_LENGTH = 12;
    private static final int SAMPLE_LENGTH = 3;
    private static final int TOOL_LIMIT_S = 20;
    private static final int ATTEMPTS = 2;
    private static final int NAMES = 4;

    /**
     * JACK remembers eight names of servers for ever when they end badly, so there are only four, and each belongs to
     * one process at a time.
     */
    private static final FileLock NAME = takeName();

    final String name = nameOf(NAME);
    private final Path folder = Path.of("target", "jackd");
    private Process server;

    private static FileLock takeName() {
        for (int number = 1; number <= NAMES; number++) {
            Path file = Path.of(System.getProperty("java.io.tmpdir"), "carillon-test-" + number + ".lock");
            try {
                FileLock lock = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE).tryLock(
                        number, 1, false);
                if (lock != null) {
                    return lock;
                }
            } catch (OverlappingFileLockException e) {
                continue; // this class, loaded again in a bundle of tests
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        throw new IllegalStateException("every name of a test server is taken: names=" + NAMES);
    }

    private static String nameOf(FileLock lock) {
        return "carillon-test-" + lock.position();
    }

    /** Starts it and waits until it answers. The waiting server (-S) loses no block of a client that is late. */
    void start(int sampleRateHz, int blockFrames, boolean waitsForClients) throws IOException {
        Files.createDirectories(folder);
        List<String> command = new ArrayList<>(List.of("jackd", "--name", name));
        command.addAll(mayBeRealTime() ? List.of("-R", "-P70") : List.of("-r"));
        if (waitsForClients) {
            command.addAll(List.of("-S", "-t", "100"));
        }
        command.addAll(List.of("-d", "dummy", "-r", "" + sampleRateHz, "-p", "" + blockFrames));
        server = builder(command).start();
        Server.await("jackd", () -> server.isAlive() && ports().contains("system:playback_1"));
    }

    private static boolean mayBeRealTime() {
        AtomicBoolean granted = new AtomicBoolean();
        Thread asking = Thread.ofPlatform().start(() -> granted.set(Platform.current().fifo(70).granted()));
        try {
            asking.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return granted.get();
    }

    /** Ends it as a crash does. */
    void kill() {
        server.destroyForcibly();
        await(server);
    }

    /** Lets it hang (STOP), or go on (CONT). */
    void signal(String signal) throws IOException {
        await(new ProcessBuilder("kill", "-" + signal, "" + server.pid()).start());
    }

    List<String> ports() {
        return tool("jack_lsp").lines().toList();
    }

    List<String> connections(String port) {
        return tool("jack_lsp", "-c", port).lines().skip(1).map(String::strip).toList();
    }

    /** Runs one of the server's tools and returns what it printed. */
    String tool(String... command) {
        try {
            Process process = builder(List.of(command)).redirectOutput(ProcessBuilder.Redirect.PIPE).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            await(process);
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Records ports with jack_rec, and returns its samples of 24 bits, interleaved. On a busy machine the tool was seen
     * not to end; then it is started once more.
     */
    int[] record(int seconds, String... ports) throws IOException {
        Path file = folder.resolve("recorded.wav");
        List<String> command = new ArrayList<>(List.of("jack_rec", "-f", file.toString(), "-d", "" + seconds, "-b",
                "24"));
        command.addAll(List.of(ports));
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Files.deleteIfExists(file);
            Process recorder = builder(command).start();
            if (ends(recorder, seconds + TOOL_LIMIT_S)) {
                assertEquals("jack_rec", 0, recorder.exitValue());
                return samples(ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN));
            }
            recorder.destroyForcibly();
        }
        throw new AssertionError("jack_rec does not end: attempts=" + ATTEMPTS + ", ports=" + ports());
    }

    private static int[] samples(ByteBuffer wav) {
        wav.position(WAV_HEADER_LENGTH);
        int tag = wav.getInt();
        int length = wav.getInt();
        while (tag != WAV_DATA_TAG) {
            wav.position(wav.position() + length);
            tag = wav.getInt();
            length = wav.getInt();
        }
        int[] samples = new int[length / SAMPLE_LENGTH];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = wav.get() & 0xFF | (wav.get() & 0xFF) << 8 | wav.get() << 16;
        }
        return samples;
    }

    private ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("output.txt").toFile()));
        builder.environment().put("JACK_DEFAULT_SERVER", name);
        builder.environment().put("JACK_NO_START_SERVER", "1");
        return builder;
    }

    private static void await(Process process) {
        assertTrue(process.info().toString(), ends(process, TOOL_LIMIT_S));
    }

    private static boolean ends(Process process, int limitS) {
        try {
            return process.waitFor(limitS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Ends it in an orderly way. The list of servers in shared memory has eight places, and one that was killed keeps
     * its own until a server of the same name comes.
     */
    @Override
    public void close() throws IOException {
        if (server != null) {
            if (!server.isAlive()) {
                start(48_000, 1_024, false);
            }
            server.destroy();
            await(server);
        }
    }
}
