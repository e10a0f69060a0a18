package org.carillon.launcher.doctor;

import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Colours of verdicts, and of what is not there.
 *
 * @param isOn false for text as it is.
 */
public record Paint(boolean isOn) {
    private static final String OFF = "\033[0m";

    /**
     * On where somebody looks who has not asked for plain text, see no-color.org.
     *
     * @param variables of the environment; none where it is not set.
     */
    public static Paint of(boolean isTerminal, UnaryOperator<String> variables) {
        String noColour = variables.apply("NO_COLOR");
        return new Paint(isTerminal && (noColour == null || noColour.isEmpty())
                && !"dumb".equals(variables.apply("TERM")));
    }

    /** What is not there. */
    public String absent(String text) {
        return isOn ? "\033[2m" + text + OFF : text;
    }

    String verdict(Verdict verdict, String text) {
        return isOn ? colour(verdict) + text + OFF : text;
    }

    private static String colour(Verdict verdict) {
        return Map.of(Verdict.FAIL, "\033[31m", Verdict.WARN, "\033[33m", Verdict.UNKNOWN, "\033[36m", Verdict.PASS,
                "\033[32m").get(verdict);
    }
}
