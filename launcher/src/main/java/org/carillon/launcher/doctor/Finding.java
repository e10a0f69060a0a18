package org.carillon.launcher.doctor;

/**
 * What a check has found. Texts are one line each, whatever was in the files.
 *
 * @param id     of the check; stays the same from version to version.
 * @param value  what was read.
 * @param advice what to do; empty where nothing is to be done.
 * @param undo   how to take the advice back; empty where there is none.
 */
public record Finding(String id, Level level, String value, Verdict verdict, String advice, String undo) {
    private static final int LONGEST_VALUE = 160;

    /** Takes out of the value what could play with a terminal. */
    public Finding {
        value = printable(value);
    }

    /** A recorded tree may hold anything: line ends, escape sequences, a megabyte in one line. */
    static String printable(String text) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < text.length() && line.length() < LONGEST_VALUE; i++) {
            char each = Character.isISOControl(text.charAt(i)) ? ' ' : text.charAt(i);
            boolean isFurtherBlank = each == ' ' && (line.isEmpty() || line.charAt(line.length() - 1) == ' ');
            line.append(isFurtherBlank ? "" : each);
        }
        return line.toString().strip();
    }
}
