package org.carillon.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All words there are. */
final class Vocabulary {
    static final Word NOT = new Word("not", List.of(), new Word.Negation(), "takes the next selector or range away");
    static final List<Word> WORDS = all();

    /** Words of fewer letters are too short to be taken for the beginning of others. */
    private static final int SHORTEST_PREFIX = 3;
    /** One wrong letter is forgiven for each so many right ones. */
    private static final int LETTERS_PER_MISTAKE = 3;

    private static final Map<String, Word> BY_NAME = WORDS.stream()
            .collect(Collectors.toUnmodifiableMap(Word::name, Function.identity()));
    private static final int LONGEST = WORDS.stream().mapToInt(word -> word.name().length()).max().orElseThrow();

    private Vocabulary() {}

    /** The word with this name, or null. */
    static Word named(String text) {
        return BY_NAME.get(text.toLowerCase(Locale.ROOT));
    }

    /** The word that this was perhaps meant to be, or null. */
    static Word nearest(String text) {
        String wrong = text.toLowerCase(Locale.ROOT);
        Word nearest = null;
        int least = Integer.MAX_VALUE;
        for (Word word : WORDS) {
            int mistakes = mistakes(wrong, word.name());
            if (mistakes < least) {
                least = mistakes;
                nearest = word;
            }
        }
        return nearest;
    }

    /** Letters to change, to leave out or to put in; many where the two have nothing to do with each other. */
    private static int mistakes(String wrong, String name) {
        if (Math.min(wrong.length(), name.length()) >= SHORTEST_PREFIX
                && (wrong.startsWith(name) || name.startsWith(wrong))) {
            return 1;
        }
        if (wrong.length() > 2 * LONGEST) {
            return Integer.MAX_VALUE;
        }
        int mistakes = distance(wrong, name);
        boolean close = mistakes <= Math.max(1, name.length() / LETTERS_PER_MISTAKE) && mistakes < wrong.length();
        return close ? mistakes : Integer.MAX_VALUE;
    }

    private static int distance(String a, String b) {
        int[] before = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            before[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = before[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, Math.min(before[j], row[j - 1]) + 1);
            }
            int[] next = before;
            before = row;
            row = next;
        }
        return before[b.length()];
    }

    private static List<Word> all() {
        List<Word> words = new ArrayList<>(Selectors.WORDS);
        words.add(NOT);
        words.addAll(Transforms.WORDS);
        return List.copyOf(words);
    }
}
