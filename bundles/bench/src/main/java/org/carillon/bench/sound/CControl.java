package org.carillon.bench.sound;

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

/** Controls in C, compiled on the spot, so that the compiler knows the processor. What cannot be had is said. */
final class CControl implements AutoCloseable {
    private static final String COMPILER = "gcc";

    private final PrintStream progress;
    private final Path folder;
    private final boolean hasCompiler;

    CControl(PrintStream progress) {
        this.progress = progress;
        hasCompiler = Command.run(List.of(COMPILER, "--version")).isOk();
        if (!hasCompiler) {
            progress.println("no C compiler: the controls in C are left out, and their ratios: wanted=" + COMPILER);
        }
        try {
            folder = Files.createTempDirectory("carillon-bench");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /**
     * Compiles a source of this package.
     *
     * @param flags of the compiler; libraries with them.
     * @return the program, or empty when that did not work.
     */
    Optional<Path> compile(String source, String... flags) {
        if (!hasCompiler) {
            return Optional.empty();
        }
        Path file = folder.resolve(source);
        try (InputStream code = CControl.class.getResourceAsStream(source)) {
            Files.copy(code, file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        Path program = folder.resolve(source.replace(".c", ""));
        List<String> command = new ArrayList<>(List.of(COMPILER, "-o", program.toString(), file.toString()));
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
