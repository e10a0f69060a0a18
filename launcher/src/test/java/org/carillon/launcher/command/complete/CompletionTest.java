package org.carillon.launcher.command.complete;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.carillon.client.CarillonClient;
import org.carillon.client.ClientOptions;
import org.carillon.launcher.command.Main;
import org.junit.jupiter.api.Test;

/** Without a server; with one: {@code CompletionIT}. */
final class CompletionTest {
    private final Completion completion = new Completion(_ -> new CarillonClient(
            ClientOptions.named("test").at(Path.of("/nonexistent/control")).startedBy()));

    @Test
    void shouldKnowVerbsInTheirOrderAndVerbsOfVerbs() {
        assertEquals(List.of("connect", "config"), words("con").stream().sorted((a, b) -> b.compareTo(a)).toList());
        assertTrue(words("driver", "").containsAll(List.of("check", "install", "ls", "rm", "start", "stop")));
        assertTrue(words("").stream().noneMatch("first-event"::equals));
        assertEquals(List.of(), words("driver", "ls", ""));
    }

    @Test
    void shouldKnowOptionsThatAreNotYetThereAndTheirValues() {
        assertEquals(List.of("--filter"), words("connect", "a", "--fi"));
        assertEquals(List.of(), words("connect", "a", "--filter", "ch 1", "--fi"));
        assertEquals(List.of("warning"), words("log", "--level", "w"));
        assertEquals(List.of("--level=warning"), words("log", "--level=w"));
        assertEquals(List.of(), words("connect", "--filter", "con"));
        assertTrue(words("tap", "-").containsAll(List.of("-o", "--out")));
        assertEquals(List.of(), words("tap", "--", "--ou"));
    }

    @Test
    void shouldSayWhereFilesAreMeant() {
        assertEquals(Answer.Files.FILES, completion.answer(List.of("driver", "install"), "").files());
        assertEquals(Answer.Files.FOLDERS, completion.answer(List.of("up", "--data"), "").files());
        assertEquals(Answer.Files.FILES, completion.answer(List.of("config", "apply"), "").files());
        assertEquals(Answer.Files.NONE, completion.answer(List.of("config", "apply", "--remove"), "").files());
        assertEquals(Answer.Files.NONE, completion.answer(List.of("connect"), "").files());
    }

    @Test
    void shouldFindWordsByTheirBeginningElseByAPart() {
        Answer answer = Answer.of(List.of(new Candidate("Keys", ""), new Candidate("USB keys", "")));
        assertEquals(1, answer.matching("K").candidates().size());
        assertEquals("Keys", answer.matching("k").candidates().getFirst().word());
        assertEquals("USB keys", answer.matching("b k").candidates().getFirst().word());
    }

    /** Else a new verb's ports would not be completed, and nobody would notice. */
    @Test
    void shouldKnowWhatIsMeantAtEachPlaceOfEachVerb() {
        Set<String> free = Set.of("WORDS", "NAME", "TRACK", "BPM|PERCENT", "BAR:BEAT");
        List<String> unknown = WordWriter.lines(Main.commandLine()).stream().map(line -> line.split("\t", 6))
                .filter(fields -> fields[2].equals("FREE") && !fields[1].startsWith("-") && !free.contains(fields[1]))
                .map(Arrays::toString).toList();
        assertEquals(List.of(), unknown);
    }

    private List<String> words(String... words) {
        return completion.answer(List.of(words).subList(0, words.length - 1), words[words.length - 1]).candidates()
                .stream().map(Candidate::word).toList();
    }
}
