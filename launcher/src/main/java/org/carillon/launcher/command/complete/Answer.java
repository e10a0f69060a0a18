package org.carillon.launcher.command.complete;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * What may be typed at a place.
 *
 * @param candidates in the order of their kind.
 * @param files      what else may be typed.
 */
public record Answer(List<Candidate> candidates, Files files) {
    /** What of the file system may be typed. */
    public enum Files {
        NONE, FILES, FOLDERS
    }

    static Answer of(List<Candidate> candidates) {
        return new Answer(candidates, Files.NONE);
    }

    static Answer of(Files files) {
        return new Answer(List.of(), files);
    }

    /** Those that begin with a word; where none does, those that do in any case; else those that have it in them. */
    Answer matching(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        List<Candidate> found = only(each -> each.startsWith(word));
        if (found.isEmpty()) {
            found = only(each -> each.toLowerCase(Locale.ROOT).startsWith(lower));
        }
        if (found.isEmpty() && !word.startsWith("-")) {
            found = only(each -> each.toLowerCase(Locale.ROOT).contains(lower));
        }
        return new Answer(found, files);
    }

    private List<Candidate> only(Predicate<String> isMeant) {
        return candidates.stream().filter(each -> isMeant.test(each.word())).toList();
    }
}
