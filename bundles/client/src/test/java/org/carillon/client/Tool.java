package org.carillon.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Programs of other languages: compiled and run, with what they say when they fail. */
final class Tool {
    static final Path GOLDEN = Path.of("../protocol/src/main/resources/org/carillon/protocol/golden-records.txt")
            .toAbsolutePath().normalize();
    static final Path HEADERS = Path.of("src/main/cpp").toAbsolutePath();
    static final Path GENERATED = Path.of("target/generated-cpp").toAbsolutePath();
    static final Path MODULES = Path.of("target/python").toAbsolutePath();

    private static final List<String> WARNINGS = List.of("-Wall", "-Wextra", "-Wpedantic", "-Werror");
    private static final long LIMIT_S = 120;

    private Tool() {}

    /** Compiles a source of the tests against the shipped headers; every warning is an error. */
    static Path compile(String source, String... flags) throws IOException, InterruptedException {
        Path program = Files.createDirectories(Path.of("target", "cpp")).resolve(source.replace(".cpp", ""))
                .toAbsolutePath();
        List<String> command = new ArrayList<>(List.of("g++", "-std=c++17", "-O2"));
        command.addAll(WARNINGS);
        command.addAll(List.of(flags));
        command.addAll(List.of("-I" + HEADERS, "-I" + GENERATED, "src/test/cpp/" + source, "-o", program.toString(),
                "-pthread"));
        run(command);
        return program;
    }

    /** Runs a test in Python against the shipped modules. */
    static String python(String source, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("python3", "-W", "error", "src/test/python/" + source));
        command.addAll(List.of(arguments));
        return run(command);
    }

    /** Runs a program that must end with 0; what it wrote. */
    static String run(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("carillon-tool", ".txt");
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().putAll(Map.of("PYTHONPATH", MODULES.toString(), "PYTHONDONTWRITEBYTECODE", "1"));
            Process process = builder.start();
            if (!process.waitFor(LIMIT_S, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new IOException("program did not end: command=" + String.join(" ", command));
            }
            String said = Files.readString(output);
            assertEquals(0, process.exitValue(), () -> String.join(" ", command) + "\n" + said);
            return said;
        } finally {
            Files.delete(output);
        }
    }
}
