package org.carillon.launcher.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Each check by itself: the good system with one or two files changed. */
final class CheckTableTest {
    private static final String GONE = "-";

    @TempDir
    private Path folder;

    /**
     * @param changes files with what is to stand in them, as {@code name=text} with {@code |} for line ends, parted by
     *                {@code &}; {@code -} for one that is gone; a name that ends in a star is all that begin so.
     */
    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvFileSource(resources = "checks.csv", numLinesToSkip = 1, delimiter = ';')
    void shouldJudge(String id, Verdict verdict, String changes) throws IOException {
        RecordedTrees.copy(RecordedTrees.GOOD, folder);
        for (String change : changes.split("&")) {
            int equals = change.indexOf('=');
            change(change.substring(0, equals).strip(), change.substring(equals + 1).strip());
        }

        Finding finding = RecordedTrees.find(RecordedTrees.examine(folder), id);
        assertEquals(verdict, finding.verdict(), finding.toString());
    }

    private void change(String name, String text) throws IOException {
        if (!text.equals(GONE)) {
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
                    Files.delete(file);
                    count++;
                }
            }
        }
        assertTrue(count > 0, "no such file to take away: " + name);
    }
}
