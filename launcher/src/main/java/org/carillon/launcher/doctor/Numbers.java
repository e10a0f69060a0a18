package org.carillon.launcher.doctor;

import java.util.OptionalLong;

/** Numbers out of files that may hold anything. */
final class Numbers {
    private Numbers() {}

    /** A whole decimal number with white space around; empty for anything else, and for one beyond 64 bits. */
    static OptionalLong parse(String text) {
        try {
            return OptionalLong.of(Long.parseLong(text.strip()));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
