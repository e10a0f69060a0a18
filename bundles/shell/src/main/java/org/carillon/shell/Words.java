package org.carillon.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.carillon.api.port.CarillonException;

/** What was typed behind a command: options first taken out, then counted. */
final class Words {
    private final String usage;
    private final List<String> words;

    /** @param usage what is said where the words are wrong. */
    Words(String usage, String... words) {
        this.usage = usage;
        this.words = new ArrayList<>(Arrays.asList(words));
    }

    /** Whether an option is there; it is taken out. */
    boolean takeOption(String option) {
        return words.removeIf(option::equals);
    }

    /** The words that are left, which must be so many. */
    List<String> between(int least, int most) {
        if (words.size() < least || words.size() > most
                || words.stream().anyMatch(word -> word.startsWith("--"))) {
            throw wrong();
        }
        return words;
    }

    CarillonException wrong() {
        return new CarillonException(CarillonException.Kind.WRONG_USAGE,
                "expected: " + usage + ", words=" + String.join(" ", words));
    }
}
