package org.carillon.launcher.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole systems. */
final class ExaminationTest {
    private static final Set<String> TRIED = Set.of("fifo", "sound-devices", "collector");
    private static final int SEEDS = 150;

    @TempDir
    private Path folder;

    @Test
    void shouldPassAllThatCanBeReadOfAGoodSystem() {
        RecordedTrees.verdicts(RecordedTrees.examine(RecordedTrees.folder(RecordedTrees.GOOD)))
                .forEach((id, verdict) -> assertEquals(TRIED.contains(id) ? Verdict.UNKNOWN : Verdict.PASS, verdict,
                        id));
    }

    @Test
    void shouldFindAllThatIsWrongWithABadOne() {
        Map<String, Verdict> verdicts = RecordedTrees.verdicts(
                RecordedTrees.examine(RecordedTrees.folder(RecordedTrees.BAD)));
        Set<String> failing = Set.of("rtprio", "memlock", "rt-group");
        Set<String> passing = Set.of("not-root", "turbo");

        verdicts.forEach((id, verdict) -> assertEquals(TRIED.contains(id)
                ? Verdict.UNKNOWN
                : failing.contains(id) ? Verdict.FAIL : passing.contains(id) ? Verdict.PASS : Verdict.WARN, verdict,
                id));
    }

    @ParameterizedTest
    @ValueSource(strings = {RecordedTrees.EMPTY, RecordedTrees.GARBLED})
    void shouldKnowNothingOfWhatCannotBeRead(String tree) {
        RecordedTrees.verdicts(RecordedTrees.examine(RecordedTrees.folder(tree)))
                .forEach((id, verdict) -> assertEquals(Verdict.UNKNOWN, verdict, id));
    }

    @ParameterizedTest
    @ValueSource(strings = {RecordedTrees.GOOD, RecordedTrees.BAD, RecordedTrees.EMPTY, RecordedTrees.GARBLED})
    void shouldAskTheSameOfEachSystem(String tree) {
        List<String> ids = RecordedTrees.examine(RecordedTrees.folder(tree)).stream().map(Finding::id).toList();

        assertTrue(ids.size() >= 20, ids.toString());
        assertEquals(ids.size(), new HashSet<>(ids).size(), ids.toString());
    }

    @Test
    void shouldSayWhatToDoWhereverSomethingIsWrong() {
        for (Finding finding : RecordedTrees.examine(RecordedTrees.folder(RecordedTrees.BAD))) {
            boolean isWrong = finding.verdict() == Verdict.FAIL || finding.verdict() == Verdict.WARN;
            assertEquals(isWrong, !finding.advice().isEmpty(), finding.toString());
            assertFalse(finding.value().isEmpty(), finding.toString());
        }
    }

    @Test
    void shouldKeepEachTextOnOneLineThatATerminalCanShow() {
        for (Finding finding : RecordedTrees.examine(RecordedTrees.folder(RecordedTrees.GARBLED))) {
            String text = finding.value() + finding.advice() + finding.undo();
            assertTrue(text.chars().noneMatch(Character::isISOControl), finding.id());
        }
    }

    @Test
    void shouldFailNothingBecauseAFileIsGone() throws IOException {
        RecordedTrees.copy(RecordedTrees.GOOD, folder);
        List<Path> files = files();
        Map<String, String> before = values();
        for (Path file : files) {
            byte[] kept = Files.readAllBytes(file);
            Files.delete(file);
            for (Finding finding : RecordedTrees.examine(folder)) {
                assertNotEquals(Verdict.FAIL, finding.verdict(), file + ": " + finding);
            }
            Files.write(file, kept);
        }
        assertEquals(before, values());
    }

    @Test
    void shouldBearWhateverStandsInTheFiles() throws IOException {
        RecordedTrees.copy(RecordedTrees.BAD, folder);
        List<Path> files = files();
        int checks = RecordedTrees.examine(folder).size();
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            Path file = files.get(random.nextInt(files.size()));
            byte[] kept = Files.readAllBytes(file);
            Files.write(file, spoilt(kept, random));
            List<Finding> findings = RecordedTrees.examine(folder);
            assertEquals(checks, findings.size(), file + ", seed=" + seed);
            assertTrue(findings.stream().allMatch(each -> each.value().length() <= 160), file + ", seed=" + seed);
            Files.write(file, kept);
        }
    }

    private Map<String, String> values() {
        return RecordedTrees.examine(folder).stream().collect(Collectors.toMap(Finding::id, Finding::value));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** Some bytes changed, the end cut off, or a number grown beyond reason. */
    private static byte[] spoilt(byte[] bytes, Random random) {
        byte[] spoilt = bytes.clone();
        switch (random.nextInt(3)) {
            case 0 -> {
                for (int i = 0; i < 8 && spoilt.length > 0; i++) {
                    spoilt[random.nextInt(spoilt.length)] = (byte) random.nextInt(256);
                }
            }
            case 1 -> spoilt = Arrays.copyOf(spoilt, random.nextInt(spoilt.length + 1));
            default -> spoilt = new String(bytes, StandardCharsets.ISO_8859_1)
                    .replaceAll("\\d+", random.nextBoolean() ? "99999999999999999999" : "-1")
                    .getBytes(StandardCharsets.ISO_8859_1);
        }
        return spoilt;
    }
}
