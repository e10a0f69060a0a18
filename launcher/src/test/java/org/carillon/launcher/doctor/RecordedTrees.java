package org.carillon.launcher.doctor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The systems that lie beside the tests. */
final class RecordedTrees {
    /** A desk computer set up for sound. */
    static final String GOOD = "good";
    /** A guest where all is as it should not be. */
    static final String BAD = "bad";
    /** Nothing could be copied. */
    static final String EMPTY = "empty";
    /** Files that are none, and some that mean harm. */
    static final String GARBLED = "garbled";

    /** What a recorded tree must not ask. */
    static final Probes NONE = new Probes(priority -> {
        throw new AssertionError("a recorded tree tries nothing: priority=" + priority);
    }, () -> {
        throw new AssertionError("a recorded tree asks no JVM");
    });

    private RecordedTrees() {}

    static Path folder(String name) {
        try {
            return Path.of(RecordedTrees.class.getResource(name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static List<Finding> examine(Path folder) {
        return Examination.of(Tree.recorded(folder), NONE);
    }

    /** Verdicts by the check's id. */
    static Map<String, Verdict> verdicts(List<Finding> findings) {
        Map<String, Verdict> verdicts = new TreeMap<>();
        findings.forEach(finding -> verdicts.put(finding.id(), finding.verdict()));
        return verdicts;
    }

    static Finding find(List<Finding> findings, String id) {
        Optional<Finding> found = findings.stream().filter(finding -> finding.id().equals(id)).findFirst();
        return found.orElseThrow(() -> new AssertionError("no such check: id=" + id));
    }

    /** Makes a copy that may be changed. */
    static void copy(String name, Path to) throws IOException {
        Path from = folder(name);
        try (Stream<Path> files = Files.walk(from)) {
            files.filter(Files::isRegularFile).forEach(file -> {
                try {
                    Path copy = to.resolve(from.relativize(file).toString());
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    static void write(Path root, String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
