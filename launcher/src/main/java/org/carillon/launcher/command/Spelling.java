package org.carillon.launcher.command;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the word that somebody meant. */
final class Spelling {
    /** Letters that may be wrong; a change of places counts as two. */
    private static final int MAX_DISTANCE = 2;

    private Spelling() {}

    static Optional<String> nearest(String word, Collection<String> known) {
        return known.stream().filter(each -> distance(word, each) <= Math.min(MAX_DISTANCE, each.length() - 1))
                .min(Comparator.comparingInt(each -> distance(word, each)));
    }

    /** How many letters must be put in, taken out or replaced to make one word of the other (Levenshtein). */
    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
