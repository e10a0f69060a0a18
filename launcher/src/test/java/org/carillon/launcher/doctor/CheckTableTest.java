package org.carillon.launcher.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Each check by itself: the good system with one or two files changed. */
final class CheckTableTest {
    private static final String GONE = "-";

    @TempDir
    private static Path folder;

    private final Map<Path, Optional<byte[]>> before = new HashMap<>();

    @BeforeAll
    static void copyOnce() throws IOException {
        RecordedTrees.copy(RecordedTrees.GOOD, folder);
    }

    @AfterEach
    void restore() throws IOException {
        for (Map.Entry<Path, Optional<byte[]>> each : before.entrySet()) {
            if (each.getValue().isPresent()) {
                Files.write(each.getKey(), each.getValue().get());
            } else {
                Files.deleteIfExists(each.getKey());
            }
        }
    }

    /**
     * @param changes files with what is to stand in them, as {@code name=text} with {@code |} for line ends, parted by
     *                {@code &}; {@code -} for one that is gone; a name that ends in a star is all that begin so.
     */
    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvFileSource(resources = "checks.csv", numLinesToSkip = 1, delimiter = ';')
    void shouldJudge(String id, Verdict verdict, String changes) throws IOException {
        for (String change : changes.split("&")) {
            int equals = change.indexOf('=');
            change(change.substring(0, equals).strip(), change.substring(equals + 1).strip());
        }

        Finding finding = RecordedTrees.find(RecordedTrees.examine(folder), id);
        assertEquals(verdict, finding.verdict(), finding.toString());
    }

    private void change(String name, String text) throws IOException {
        if (!text.equals(GONE)) {
            remember(folder.resolve(name));
            RecordedTrees.write(folder, name, text.replace('|', '\n') + "\n");
            return;
        }
        boolean isStart = name.endsWith("*");
        String start = isStart ? name.substring(0, name.length() - 1) : name;
        int count = 0;
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String each = folder.relativize(file).toString();
                if (isStart ? each.startsWith(start) : each.equals(start)) {
                    remember(file);
                    Files.delete(file);
                    count++;
                }
            }
        }
        assertTrue(count > 0, "no such file to take away: " + name);
    }

    private void remember(Path file) throws IOException {
        before.putIfAbsent(file, Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty());
    }
}
