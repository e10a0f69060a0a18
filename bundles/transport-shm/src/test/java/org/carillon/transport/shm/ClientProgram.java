package org.carillon.transport.shm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A client in a process of its own that a test talks to line by line; ended for good after two minutes. */
final class ClientProgram implements AutoCloseable {
    private static final long LIMIT_S = 120;

    private final Process process;
    private final BufferedReader out;
    private final Writer in;

    ClientProgram(ProcessBuilder program) throws IOException {
        process = program.redirectErrorStream(true).start();
        out = process.inputReader();
        in = process.outputWriter();
        CompletableFuture.delayedExecutor(LIMIT_S, TimeUnit.SECONDS).execute(process::destroyForcibly);
    }

    /** The next line, or null at the end. */
    String line() throws IOException {
        return out.readLine();
    }

    void say(String line) throws IOException {
        in.write(line + "\n");
        in.flush();
    }

    /** Waits for its end; what it had still to say, and that all is well. */
    String end() throws IOException, InterruptedException {
        return ended(0);
    }

    /** Waits for its end, which must not be a good one; what it said. */
    String failure() throws IOException, InterruptedException {
        return ended(1);
    }

    private String ended(int exitCode) throws IOException, InterruptedException {
        StringBuilder said = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            said.append(line).append('\n');
        }
        assertEquals(exitCode, process.waitFor(), said.toString());
        return said.toString();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
