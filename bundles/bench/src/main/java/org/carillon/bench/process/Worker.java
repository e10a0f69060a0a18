package org.carillon.bench.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * One side of a comparison in a process of its own: it measures when it is asked to, and sleeps while the other sides
 * measure. A question is a line, its answer a {@link Reading}.
 */
public final class Worker implements AutoCloseable {
    private static final long ANSWER_LIMIT_S = 300;
    private static final long END_LIMIT_S = 5;

    private final List<String> command;
    private final Path errors;
    private final Process process;
    private final BufferedReader answers;
    private final Writer questions;

    /** @param environment added to that of this process. */
    public Worker(List<String> command, Map<String, String> environment) {
        this.command = List.copyOf(command);
        try {
            errors = Files.createTempFile("carillon-bench", ".err");
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
            builder.environment().putAll(environment);
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("process does not start: command=" + String.join(" ", command), e);
        }
        answers = process.inputReader();
        questions = process.outputWriter();
    }

    public Worker(List<String> command) {
        this(command, Map.of());
    }

    public long pid() {
        return process.pid();
    }

    /**
     * Asks and waits for the answer.
     *
     * @throws IllegalStateException when the process has no answer; with the last line of its errors.
     */
    public Reading ask(String question) {
        try {
            questions.write(question + "\n");
            questions.flush();
            String line = CompletableFuture.supplyAsync(this::readLine, Thread::startVirtualThread)
                    .orTimeout(ANSWER_LIMIT_S, TimeUnit.SECONDS).join();
            if (line != null) {
                return Reading.parse(line);
            }
        } catch (IOException | CompletionException e) {
            throw failure(question, e);
        }
        throw failure(question, null);
    }

    private String readLine() {
        try {
            return answers.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private IllegalStateException failure(String question, Exception cause) {
        String last = "";
        try {
            process.waitFor(END_LIMIT_S, TimeUnit.SECONDS); // what it has to say comes before its end
            List<String> lines = Files.readAllLines(errors);
            last = lines.isEmpty() ? "" : lines.getLast();
        } catch (IOException e) {
            last = e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new IllegalStateException("process gives no answer: question=" + question + ", itsLastWords=" + last
                + ", command=" + String.join(" ", command), cause);
    }

    /** Ends the process: by the end of its input, by force when it does not mind. */
    @Override
    public void close() {
        try {
            process.outputWriter().close();
        } catch (IOException e) {
            process.destroy(); // it has ended before
        }
        try {
            if (!process.waitFor(END_LIMIT_S, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            Files.deleteIfExists(errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
