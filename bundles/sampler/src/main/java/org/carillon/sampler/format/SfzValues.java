package org.carillon.sampler.format;

import java.util.TreeSet;
import java.util.regex.Pattern;

/** Sets the opcodes of a region, and says what is wrong with their values. */
final class SfzValues {
    private static final Pattern NUMBER = Pattern.compile("[+-]?(?:\\d{1,18}(?:\\.\\d{0,18})?|\\.\\d{1,18})");

    private final Notices notices;

    SfzValues(Notices notices) {
        this.notices = notices;
    }

    /** A number; NaN for what is none. */
    static double plainNumber(String text) {
        return NUMBER.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
    }

    /** A key by number or name; {@link NoteNames#NO_KEY} for what is none. */
    static int plainKey(String text) {
        double number = plainNumber(text);
        if (Double.isNaN(number)) {
            return NoteNames.key(text);
        }
        return number >= 0 && number <= NoteNames.MAX_KEY && number == Math.rint(number)
                ? (int) number
                : NoteNames.NO_KEY;
    }

    /** A whole number of a header; the default for what is none. */
    int whole(SfzOpcode opcode, int low, int high, int otherwise) {
        double value = number(opcode, true, low, high);
        return Double.isNaN(value) ? otherwise : (int) value;
    }

    /**
     * Sets an opcode.
     *
     * @param keyOffset added to keys.
     * @return false if the opcode is not honoured.
     */
    boolean set(SfzRegion region, SfzOpcode opcode, int keyOffset) {
        SfzVocabulary.Opcode meaning = SfzVocabulary.opcode(opcode.name());
        switch (meaning) {
            case null -> {
                return false;
            }
            case SfzVocabulary.Quantity quantity -> {
                double value = number(opcode, quantity.isWhole(), quantity.low(), quantity.high());
                if (!Double.isNaN(value)) {
                    quantity.setter().set(region, value);
                }
            }
            case SfzVocabulary.Key key -> key(region, key, opcode, keyOffset);
            case SfzVocabulary.Choice choice -> choose(region, choice, opcode);
        }
        return true;
    }

    private void key(SfzRegion region, SfzVocabulary.Key key, SfzOpcode opcode, int keyOffset) {
        if (opcode.name().equals("pitch_keycenter") && opcode.value().equals("sample")) {
            if (!region.takePitch()) {
                notices.add(Notice.Kind.MISSING, opcode.place(),
                        "sample says no pitch, the default serves" + opcode.shown());
            }
            return;
        }
        int value = plainKey(opcode.value());
        if (value != NoteNames.NO_KEY) {
            key.setter().set(region, value + keyOffset);
        } else if (opcode.value().equals("-1")) {
            // keys do not start this region
            key.setter().set(region, NoteNames.NO_KEY);
        } else {
            wrong(opcode, "expected a key of 0 to 127 or of C-1 to G9");
        }
    }

    private void choose(SfzRegion region, SfzVocabulary.Choice choice, SfzOpcode opcode) {
        if (!choice.words().containsKey(opcode.value())) {
            wrong(opcode, "expected one of " + String.join(", ", new TreeSet<>(choice.words().keySet())));
            return;
        }
        choice.set(region, opcode.value());
        if (opcode.name().equals("off_mode") && opcode.value().equals("time")) {
            notices.once("off_mode=time", Notice.Kind.NOT_HONOURED, opcode.place(), "off_mode is played as fast"
                    + opcode.shown());
        } else if (opcode.value().equals("release_key")) {
            notices.once("trigger=release_key", Notice.Kind.NOT_HONOURED, opcode.place(),
                    "trigger is played as release, the pedal delays it" + opcode.shown());
        }
    }

    private double number(SfzOpcode opcode, boolean isWhole, double low, double high) {
        double value = plainNumber(opcode.value());
        String kind = isWhole ? "a whole number" : "a number";
        String range = kind + " of " + shown(low) + " to " + shown(high);
        if (Double.isNaN(value) || isWhole && value != Math.rint(value)) {
            wrong(opcode, "expected " + range);
            return Double.NaN;
        }
        if (value < low || value > high) {
            notices.add(Notice.Kind.WRONG, opcode.place(),
                    "expected " + range + ", the nearest serves" + opcode.shown());
        }
        return Math.clamp(value, low, high);
    }

    private static String shown(double limit) {
        return limit == Math.rint(limit) ? String.valueOf((long) limit) : String.valueOf(limit);
    }

    private void wrong(SfzOpcode opcode, String expected) {
        notices.add(Notice.Kind.WRONG, opcode.place(), expected + ", the default serves" + opcode.shown());
    }
}
