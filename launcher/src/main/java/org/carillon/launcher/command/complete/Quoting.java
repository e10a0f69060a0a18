package org.carillon.launcher.command.complete;

/** Writes words so that a shell reads them as they are. */
public final class Quoting {
    private static final String PLAIN = "_-./:=,+@%^";
    private static final String SPECIAL_IN_QUOTES = "\"\\$`";

    private Quoting() {}

    /** @param quote the mark that the word stands between, or 0 for none. */
    public static String quoted(String word, char quote) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < word.length(); i++) {
            char letter = word.charAt(i);
            if (quote == '\'') {
                text.append(letter == '\'' ? "'\\''" : letter);
                continue;
            }
            boolean isSpecial = quote == '"'
                    ? SPECIAL_IN_QUOTES.indexOf(letter) >= 0
                    : letter < 0x80 && !Character.isLetterOrDigit(letter) && PLAIN.indexOf(letter) < 0;
            text.append(isSpecial ? "\\" : "").append(letter);
        }
        return text.toString();
    }
}
