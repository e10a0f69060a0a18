package org.carillon.launcher.command.complete;

import java.util.ArrayList;
import java.util.List;

/**
 * The word that bash completes, which is less than what the person types: readline parts words at more letters than
 * blanks, the colon among them ({@code COMP_WORDBREAKS}), and leaves alone what is before the last of them, or before
 * an open quotation mark. What replaces the rest must have its special letters quoted already.
 */
final class BashWord {
    private final char quote;
    /** What readline leaves alone, without quotation marks. */
    private final String kept;
    private final String current;

    BashWord(String line, TypedLine typed, String breaks) {
        quote = typed.quote();
        current = typed.current();
        String raw = line.substring(typed.start());
        kept = TypedLine.of(raw.substring(0, keptLength(raw, breaks))).current();
    }

    private static int keptLength(String raw, String breaks) {
        char open = 0;
        int kept = 0;
        for (int i = 0; i < raw.length(); i++) {
            char letter = raw.charAt(i);
            if (open == 0 && (letter == '"' || letter == '\'')) {
                open = letter;
                kept = i + 1;
            } else if (letter == open) {
                open = 0;
            } else if (letter == '\\' && open != '\'') {
                i++;
            } else if (open == 0 && breaks.indexOf(letter) >= 0) {
                kept = i + 1;
            }
        }
        return kept;
    }

    /** What may stand in the place of the word. */
    List<String> replacements(List<Candidate> candidates) {
        List<String> replacements = new ArrayList<>();
        boolean isContinued = true;
        for (Candidate candidate : candidates) {
            String word = candidate.word();
            if (word.startsWith(kept)) {
                replacements.add(Quoting.quoted(word.substring(kept.length()), quote));
                isContinued &= word.regionMatches(true, 0, current, 0, current.length());
            }
        }
        if (replacements.size() > 1 && !isContinued) {
            replacements.add(" "); // they have nothing in common: readline shows them and keeps what was typed
        }
        return replacements;
    }
}
