package org.carillon.launcher.doctor;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * The limits that the kernel has set to this process: /proc/self/limits, one to a line, as in {@code proc(5)}. Names
 * hold spaces, so that columns are found behind the name.
 */
record ProcessLimits(String text) {
    static final long UNLIMITED = Long.MAX_VALUE;
    private static final String FILE = "proc/self/limits";
    private static final String UNLIMITED_WORD = "unlimited";

    /**
     * One limit.
     *
     * @param soft what holds; {@link #UNLIMITED} for none.
     * @param hard what the process may raise it to.
     */
    record Limit(long soft, long hard) {
        @Override
        public String toString() {
            return "soft=" + word(soft) + ", hard=" + word(hard);
        }

        private static String word(long value) {
            return value == UNLIMITED ? UNLIMITED_WORD : Long.toString(value);
        }
    }

    static ProcessLimits of(Tree tree) {
        return new ProcessLimits(tree.read(FILE).orElse(""));
    }

    /** Empty where the line is missing or is none. */
    Optional<Limit> limit(String name) {
        return text.lines().filter(line -> line.startsWith(name + " ")).findFirst()
                .map(line -> line.substring(name.length()).strip().split("\\s+"))
                .filter(columns -> columns.length >= 2)
                .flatMap(columns -> {
                    OptionalLong soft = value(columns[0]);
                    OptionalLong hard = value(columns[1]);
                    return soft.isPresent() && hard.isPresent()
                            ? Optional.of(new Limit(soft.getAsLong(), hard.getAsLong()))
                            : Optional.empty();
                });
    }

    private static OptionalLong value(String word) {
        OptionalLong number = UNLIMITED_WORD.equals(word) ? OptionalLong.of(UNLIMITED) : Numbers.parse(word);
        return number.isPresent() && number.getAsLong() >= 0 ? number : OptionalLong.empty();
    }
}
