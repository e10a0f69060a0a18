package org.carillon.launcher.command.client;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.CarillonException.Kind;

/**
 * What a person types for a port, a session or the like: {@code #7} the number of this run, {@code "keys:out"} exactly
 * that, {@code key*:?ut} a pattern, {@code /^key.*out$/} a regular expression, {@code @name} the device of that name or
 * alias, else parts of names in any case, {@code key:ou} or {@code out}. A name that is typed in full wins over those
 * that only have it in them.
 */
final class Address {
    static final String HELP = "Addresses: device:port in any case and in parts, \"exact name\", pattern with * and ?, "
            + "/regular expression/, @alias, #id.";

    private static final String WILD = "*?";

    private final String word;

    Address(String word) {
        this.word = word;
    }

    /** The name between quotation marks, or null where there are none. */
    String exactName() {
        return word.length() > 2 && word.startsWith("\"") && word.endsWith("\"")
                ? word.substring(1, word.length() - 1)
                : null;
    }

    /**
     * The one that is meant.
     *
     * @param what they are, for messages.
     * @throws CarillonException with {@link Kind#NO_SUCH_NAME} where there is none, or more than one: then it names
     *                           them.
     */
    <T> T one(String what, List<T> candidates, Function<T, String> name, ToIntFunction<T> id) {
        List<T> found = all(candidates, name, id);
        if (found.isEmpty()) {
            throw new CarillonException(Kind.NO_SUCH_NAME, "no such " + what + ": name=" + word);
        }
        if (found.size() > 1) {
            throw new CarillonException(Kind.NO_SUCH_NAME, "more than one " + what + " is so named: name=" + word
                    + found.stream().map(each -> System.lineSeparator() + "  #" + id.applyAsInt(each) + "  "
                            + name.apply(each)).collect(Collectors.joining()));
        }
        return found.getFirst();
    }

    /** All that may be meant. */
    <T> List<T> all(List<T> candidates, Function<T, String> name, ToIntFunction<T> id) {
        if (word.matches("#\\d{1,9}")) {
            int number = Integer.parseInt(word.substring(1));
            return candidates.stream().filter(each -> id.applyAsInt(each) == number).toList();
        }
        if (exactName() != null) {
            return candidates.stream().filter(each -> name.apply(each).equals(exactName())).toList();
        }
        List<T> whole = candidates.stream().filter(each -> name.apply(each).equals(word)).toList();
        if (!whole.isEmpty()) {
            return whole;
        }
        Predicate<String> isMeant = isMeant();
        List<T> found = candidates.stream().filter(each -> isMeant.test(name.apply(each))).toList();
        List<T> same = found.stream().filter(each -> name.apply(each).equalsIgnoreCase(word)).toList();
        return same.isEmpty() ? found : same;
    }

    private Predicate<String> isMeant() {
        if (word.length() > 2 && word.startsWith("/") && word.endsWith("/")) {
            return expression(word.substring(1, word.length() - 1)).asPredicate();
        }
        if (word.startsWith("@")) {
            String alias = word.substring(1);
            return name -> name.equalsIgnoreCase(alias) || lower(name).startsWith(lower(alias) + ":");
        }
        if (word.chars().anyMatch(letter -> WILD.indexOf(letter) >= 0)) {
            return expression(word.chars().mapToObj(Address::ofPattern).collect(Collectors.joining()))
                    .asMatchPredicate();
        }
        String part = lower(word);
        int colon = part.indexOf(':');
        if (colon < 0) {
            return name -> lower(name).contains(part);
        }
        return name -> lower(name).contains(part) || isInParts(lower(name), part.substring(0, colon),
                part.substring(colon + 1));
    }

    private static boolean isInParts(String name, String device, String port) {
        int colon = name.indexOf(':');
        return colon >= 0 && name.substring(0, colon).contains(device) && name.substring(colon + 1).contains(port);
    }

    private static String ofPattern(int letter) {
        return switch (letter) {
            case '*' -> ".*";
            case '?' -> ".";
            default -> Pattern.quote(Character.toString(letter));
        };
    }

    private static Pattern expression(String text) {
        try {
            return Pattern.compile(text, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
        } catch (PatternSyntaxException e) {
            throw new CarillonException(Kind.WRONG_USAGE,
                    "expected a regular expression: text=" + text + ", reason=" + e.getDescription());
        }
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
