package org.carillon.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A second process, and what it said. */
public record Program(int exitCode, String out, String error) {
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final long LIMIT_S = 60;

    /** The distribution that the build has made. */
    public static Path distribution() {
        return Path.of(System.getProperty("carillon.distribution"));
    }

    /** An installation of a test's own: servers write changes of their configuration into the one they are of. */
    public static Path copyDistribution(Path to) throws IOException {
        try (var files = Files.walk(distribution())) {
            for (Path file : files.filter(each -> !each.startsWith(distribution().resolve("data"))).toList()) {
                Files.copy(file, to.resolve(distribution().relativize(file).toString()));
            }
        }
        return to;
    }

    /** Runs Java to its end. */
    public static Program java(String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile("out", ".txt");
        Path error = Files.createTempFile("error", ".txt");
        Process process = start(out, error, arguments);
        try {
            if (!process.waitFor(LIMIT_S, TimeUnit.SECONDS)) {
                throw new AssertionError("process does not end: out=" + Files.readString(out) + ", error="
                        + Files.readString(error));
            }
            return new Program(process.exitValue(), Files.readString(out), Files.readString(error));
        } finally {
            process.destroyForcibly();
            Files.delete(out);
            Files.delete(error);
        }
    }

    /** Starts Java, with its words going to files. */
    public static Process start(Path out, Path error, String... arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of(JAVA.toString()));
        line.addAll(List.of(arguments));
        return new ProcessBuilder(line).redirectOutput(out.toFile()).redirectError(error.toFile()).start();
    }

    /** The command as its script runs it, without looking for Java. */
    public static String[] command(String... arguments) throws IOException {
        return command(distribution(), arguments);
    }

    /** @param home a copy of the distribution. */
    public static String[] command(Path home, String... arguments) throws IOException {
        List<String> line = new ArrayList<>();
        boolean hasFiles = Set.of("demo", "info", "play", "record", "render").contains(arguments[0]);
        line.add("@" + home.resolve(hasFiles ? "lib/files.options" : "lib/default.options"));
        if (Set.of("demo", "play", "render").contains(arguments[0])) {
            line.add("--add-modules=jdk.incubator.vector");
        }
        line.addAll(List.of("-jar", launcher(home).toString()));
        line.addAll(List.of(arguments));
        return line.toArray(String[]::new);
    }

    static Path launcher(Path home) throws IOException {
        try (var files = Files.list(home.resolve("lib"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("org.carillon.launcher-")).findFirst()
                    .orElseThrow();
        }
    }
}
