package org.carillon.launcher.demo;

/**
 * A note or rest as it is written, such as {@code F#5q.} or {@code re}.
 *
 * @param pitch MIDI key, C4 = 60, or {@link #REST}.
 * @param ticks length; {@link #TICKS_PER_BEAT} to the quarter.
 * @param tied  whether the next note of the same pitch only prolongs this one.
 */
record ScoreNote(int pitch, int ticks, boolean tied) {
    static final int REST = -1;
    static final int TICKS_PER_BEAT = 480;

    private static final String STEPS = "C D EF G A B";
    private static final int STEPS_PER_OCTAVE = 12;
    private static final String LENGTHS = "whqest";
    private static final int WHOLE_TICKS = 4 * TICKS_PER_BEAT;

    static ScoreNote parse(ScoreWord word) {
        String text = word.text();
        int lengthIndex = 1;
        int pitch = REST;
        if (text.charAt(0) != 'r') {
            lengthIndex = lengthIndex(text);
            pitch = pitch(word.upTo(lengthIndex));
        }
        boolean tied = pitch != REST && text.endsWith("~");
        ScoreWord length = word.upTo(tied ? text.length() - 1 : text.length()).from(lengthIndex);
        return new ScoreNote(pitch, ticks(length), tied);
    }

    private static int lengthIndex(String text) {
        int index = 1;
        while (index < text.length() && "#b0123456789".indexOf(text.charAt(index)) >= 0) {
            index++;
        }
        return index;
    }

    private static int pitch(ScoreWord word) {
        String text = word.text();
        int step = STEPS.indexOf(text.charAt(0));
        if (step < 0) {
            throw word.wrong("note must begin with a letter from A to G, or r for a rest");
        }
        int octaveIndex = 1;
        if (text.startsWith("#", octaveIndex)) {
            step++;
            octaveIndex++;
        } else if (text.startsWith("b", octaveIndex)) {
            step--;
            octaveIndex++;
        }
        int octave = word.from(octaveIndex).number("octave", 0, 9);
        int pitch = STEPS_PER_OCTAVE * (octave + 1) + step;
        if (pitch > ScoreMessages.DATA_MAX) {
            throw word.wrong("pitch must be a MIDI key up to 127", "key=" + pitch);
        }
        return pitch;
    }

    private static int ticks(ScoreWord length) {
        String text = length.text();
        int halvings = text.isEmpty() ? -1 : LENGTHS.indexOf(text.charAt(0));
        if (halvings < 0) {
            throw length.wrong("duration must be one of w h q e s t");
        }
        int ticks = WHOLE_TICKS >> halvings;
        int dot = ticks;
        for (int i = 1; i < text.length(); i++) {
            if (text.charAt(i) != '.' || dot % 2 != 0) {
                throw length.from(i).wrong("duration may only be followed by dots and a tie");
            }
            dot /= 2;
            ticks += dot;
        }
        return ticks;
    }
}
