package org.carillon.filter;

/** Numbers and note names as filter words write them; what is none reads as NaN. */
final class Numbers {
    /** Semitones above C of the notes A to G. */
    private static final int[] SEMITONES = {9, 11, 0, 2, 4, 5, 7};
    private static final int OCTAVE = 12;
    /** The octave of note 0; middle C, which is 60, is so in octave 4. */
    private static final int FIRST_OCTAVE = -1;
    /** Beyond every range; sums stop here, so that they cannot overflow. */
    private static final int ENOUGH = 1_000_000;

    private Numbers() {}

    /** A whole number, decimal or hex after 0x, with or without a sign. */
    static double whole(String text) {
        int start = !text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
        boolean hex = text.regionMatches(true, start, "0x", 0, 2);
        double size = digits(text, hex ? start + 2 : start, hex ? 16 : 10);
        return start == 1 && text.charAt(0) == '-' ? -size : size;
    }

    /** A decimal number without a sign. */
    static double decimal(String text) {
        boolean hasDigit = false;
        int points = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.') {
                points++;
            } else if (c >= '0' && c <= '9') {
                hasDigit = true;
            } else {
                return Double.NaN;
            }
        }
        return hasDigit && points <= 1 ? Double.parseDouble(text) : Double.NaN;
    }

    /** A note by its name: a letter, sharp or flat, the octave. */
    static double note(String text) {
        int letter = text.isEmpty() ? -1 : "abcdefg".indexOf(text.charAt(0) | 0x20);
        if (letter < 0) {
            return Double.NaN;
        }
        int next = 1;
        int semitones = SEMITONES[letter];
        if (text.startsWith("#", next)) {
            semitones++;
            next++;
        } else if (text.regionMatches(true, next, "b", 0, 1)) {
            semitones--;
            next++;
        }
        boolean below = text.startsWith("-", next);
        double octave = digits(text, below ? next + 1 : next, 10);
        return semitones + OCTAVE * ((below ? -octave : octave) - FIRST_OCTAVE);
    }

    private static double digits(String text, int start, int radix) {
        int sum = 0;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            int digit = c < 0x80 ? Character.digit(c, radix) : -1;
            if (digit < 0) {
                return Double.NaN;
            }
            sum = Math.min(sum * radix + digit, ENOUGH);
        }
        return start < text.length() ? sum : Double.NaN;
    }
}
