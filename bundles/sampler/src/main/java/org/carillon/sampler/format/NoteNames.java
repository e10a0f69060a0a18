package org.carillon.sampler.format;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of keys: a letter, maybe a sharp ({@code #}, {@code s}) or a flat ({@code b}), an octave; C4 is 60. */
final class NoteNames {
    static final int NO_KEY = -1;
    static final int MAX_KEY = 127;

    private static final Pattern NAME = Pattern.compile("([A-Ga-g])([#sSb]?)(-1|\\d)");
    /** Semitones above C of the notes A to G. */
    private static final int[] SEMITONES = {9, 11, 0, 2, 4, 5, 7};
    private static final int OCTAVE = 12;
    /** The octave that begins with key 0. */
    private static final int FIRST_OCTAVE = -1;

    private NoteNames() {}

    /** The key of a name; {@link #NO_KEY} for what is none or lies outside 0 to 127. */
    static int key(String name) {
        Matcher parts = NAME.matcher(name);
        if (!parts.matches()) {
            return NO_KEY;
        }
        int key = SEMITONES[Character.toUpperCase(parts.group(1).charAt(0)) - 'A'];
        if (!parts.group(2).isEmpty()) {
            key += parts.group(2).equals("b") ? -1 : 1;
        }
        key += OCTAVE * (Integer.parseInt(parts.group(3)) - FIRST_OCTAVE);
        return key >= 0 && key <= MAX_KEY ? key : NO_KEY;
    }
}
