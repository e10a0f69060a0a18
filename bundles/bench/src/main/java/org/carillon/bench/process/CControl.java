package org.carillon.bench.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.carillon.bench.Command;

/**
 * Controls in C and C++, compiled on the spot, so that the compiler knows the processor. What cannot be had is said.
 */
public final class CControl implements AutoCloseable {
    private final PrintStream progress;
    private final Class<?> owner;
    private final String compiler;
    private final Path folder;
    private final boolean hasCompiler;

    /**
     * @param owner    beside whose class file the sources lie.
     * @param compiler {@code gcc} or {@code g++}.
     */
    public CControl(PrintStream progress, Class<?> owner, String compiler) {
        this.progress = progress;
        this.owner = owner;
        this.compiler = compiler;
        hasCompiler = Command.run(List.of(compiler, "--version")).isOk();
        if (!hasCompiler) {
            progress.println("no compiler: the controls are left out, and their ratios: wanted=" + compiler);
        }
        try {
            folder = Files.createTempDirectory("carillon-bench");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Puts headers where a source includes them from: {@code #include "NAME"}, folders in the name included. */
    public CControl with(String... headers) {
        for (String header : headers) {
            copy(header);
        }
        return this;
    }

    /**
     * Compiles a source.
     *
     * @param flags of the compiler; libraries with them.
     * @return the program, or empty when that did not work.
     */
    public Optional<Path> compile(String source, String... flags) {
        if (!hasCompiler) {
            return Optional.empty();
        }
        Path file = copy(source);
        Path program = folder.resolve(source.substring(0, source.lastIndexOf('.')));
        List<String> command = new ArrayList<>(List.of(compiler, "-o", program.toString(), file.toString()));
        command.addAll(List.of(flags));
        Command.Outcome outcome = Command.run(command);
        if (outcome.isOk()) {
            return Optional.of(program);
        }
        progress.println("control left out, it does not compile: source=" + source + ", reason="
                + outcome.output().lines().filter(line -> line.contains("error")).findFirst()
                        .orElse(outcome.output().strip()));
        return Optional.empty();
    }

    /** Where sources, headers and programs lie. */
    public Path folder() {
        return folder;
    }

    private Path copy(String resource) {
        Path file = folder.resolve(resource);
        try (InputStream code = owner.getResourceAsStream(resource)) {
            Files.createDirectories(file.getParent());
            Files.copy(code, file);
            return file;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
