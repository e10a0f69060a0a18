package org.carillon.launcher.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of one line of a score, read from left to right. A word that begins with '#' begins a comment. */
final class ScoreLine {
    private static final Pattern WORD = Pattern.compile("\\S+");

    private final List<ScoreWord> words = new ArrayList<>();
    private final ScoreWord end;
    private int position;

    ScoreLine(String text, int number) {
        Matcher matcher = WORD.matcher(text);
        while (matcher.find() && !matcher.group().startsWith("#")) {
            words.add(new ScoreWord(matcher.group(), number, matcher.start() + 1));
        }
        end = new ScoreWord("", number, text.stripTrailing().length() + 1);
    }

    boolean hasNext() {
        return position < words.size();
    }

    ScoreWord next() {
        return hasNext() ? words.get(position++) : end;
    }

    /** Reads the next word if it is the expected one. */
    boolean skip(String expected) {
        boolean found = hasNext() && words.get(position).is(expected);
        if (found) {
            position++;
        }
        return found;
    }

    void require(String expected) {
        if (!skip(expected)) {
            throw next().wrong("word " + expected + " must stand here");
        }
    }

    void requireEnd() {
        if (hasNext()) {
            throw next().wrong("line must end here");
        }
    }

    List<ScoreWord> rest() {
        List<ScoreWord> rest = words.subList(position, words.size());
        position = words.size();
        return rest;
    }
}
