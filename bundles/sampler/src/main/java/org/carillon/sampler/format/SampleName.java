package org.carillon.sampler.format;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the name of a WAV file says: words parted by blanks, {@code _}, {@code -} or {@code .}. One word of velocity
 * ({@code v64}, {@code vel64}, {@code v1-64}) and one of the turn ({@code rr2}) are taken out; of the others the one
 * that is a note ({@code C#4}) is the key, else the one that is a number of 0 to 127. The rest is the stem.
 *
 * @param plain    the name without its extension.
 * @param key      -1 if there is none.
 * @param hasNote  whether the key was written as a note.
 * @param sequence turn among files of one key and layer; 0 if there is none.
 * @param problem  what was expected of the name; empty if nothing is wrong.
 */
record SampleName(String plain, String stem, int key, boolean hasNote, int loVelocity, int hiVelocity,
        boolean hasOneVelocity, int sequence, String problem) {
    private static final Pattern WAV = Pattern.compile("\\.wave?$", Pattern.CASE_INSENSITIVE);
    private static final String START = "(?<![^ _.-])";
    private static final String END = "(?![^ _.-])";
    private static final Pattern VELOCITY = Pattern.compile(START + "v(?:el)?(\\d{1,3})(?:-(\\d{1,3}))?" + END,
            Pattern.CASE_INSENSITIVE);
    private static final Pattern SEQUENCE = Pattern.compile(START + "rr(\\d{1,3})" + END, Pattern.CASE_INSENSITIVE);
    /** A minus is part of a note only where nothing but octave -1 can be meant. */
    private static final Pattern NOTE = Pattern.compile(START + "[A-G][#sb]?(?:-1|\\d)" + END,
            Pattern.CASE_INSENSITIVE);
    private static final Pattern NUMBER = Pattern.compile(START + "\\d{1,3}" + END);
    private static final int MAX_VELOCITY = 127;

    static boolean isWav(String fileName) {
        return WAV.matcher(fileName).find();
    }

    static SampleName of(String fileName) {
        String plain = WAV.matcher(fileName).replaceFirst("");
        return new Parts(plain).name();
    }

    /** Takes words out of a name. */
    private static final class Parts {
        private final String plain;
        private String rest;
        private String problem = "";
        private int loVelocity;
        private int hiVelocity = MAX_VELOCITY;
        private boolean hasOneVelocity;
        private int sequence;

        Parts(String plain) {
            this.plain = plain;
            rest = plain;
        }

        SampleName name() {
            velocity();
            sequence();
            int notes = count(NOTE);
            int key = NoteNames.NO_KEY;
            if (notes == 1) {
                String note = take(NOTE).group();
                key = NoteNames.key(note);
                expect(key != NoteNames.NO_KEY, "a note of C-1 to G9: note=" + note);
            } else if (notes > 1) {
                expect(false, "one note in its name: notes=" + notes);
            } else {
                key = number();
            }
            String stem = rest.toLowerCase(Locale.ROOT).replaceAll("[ _.-]+", " ").strip();
            return new SampleName(plain, stem, key, notes == 1, loVelocity, hiVelocity, hasOneVelocity, sequence,
                    problem);
        }

        private void velocity() {
            int count = count(VELOCITY);
            expect(count <= 1, "one velocity in its name: velocities=" + count);
            if (count == 1) {
                Matcher match = take(VELOCITY);
                hasOneVelocity = match.group(2) == null;
                loVelocity = Integer.parseInt(match.group(1));
                hiVelocity = hasOneVelocity ? loVelocity : Integer.parseInt(match.group(2));
                expect(loVelocity <= hiVelocity && hiVelocity <= MAX_VELOCITY,
                        "velocities of 0 to 127, the lower first: velocities=" + match.group());
            }
        }

        private void sequence() {
            int count = count(SEQUENCE);
            expect(count <= 1, "one round robin in its name: count=" + count);
            if (count == 1) {
                sequence = Integer.parseInt(take(SEQUENCE).group(1));
                expect(sequence > 0, "a round robin of rr1 or more: rr=" + sequence);
            }
        }

        private int number() {
            int found = NoteNames.NO_KEY;
            int count = 0;
            Matcher numbers = NUMBER.matcher(rest);
            while (numbers.find()) {
                int value = Integer.parseInt(numbers.group());
                if (value <= NoteNames.MAX_KEY) {
                    found = value;
                    count++;
                }
            }
            expect(count <= 1, "one number of 0 to 127 in its name, or a note: numbers=" + count);
            if (count == 1) {
                rest = rest.replaceFirst(START + "0*" + found + END, "");
            }
            return found;
        }

        private int count(Pattern pattern) {
            return (int) pattern.matcher(rest).results().count();
        }

        private Matcher take(Pattern pattern) {
            Matcher match = pattern.matcher(rest);
            if (!match.find()) {
                throw new IllegalStateException("expected a word that was counted: pattern=" + pattern);
            }
            rest = rest.substring(0, match.start()) + rest.substring(match.end());
            return match;
        }

        private void expect(boolean holds, String expected) {
            if (!holds && problem.isEmpty()) {
                problem = "expected " + expected;
            }
        }
    }
}
