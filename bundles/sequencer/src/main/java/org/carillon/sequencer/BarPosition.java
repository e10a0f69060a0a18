package org.carillon.sequencer;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the music as people count it.
 *
 * @param bar  from 1.
 * @param beat of the bar, from 1; a beat is the note value of the time signature.
 * @param tick of the beat, from 0.
 */
public record BarPosition(long bar, int beat, long tick) {
    private static final Pattern WORDS = Pattern.compile("(\\d{1,9}):(\\d{1,4})(?::(\\d{1,9}))?");

    public BarPosition {
        if (bar < 1 || beat < 1 || tick < 0) {
            throw new IllegalArgumentException("place must be a bar from 1, a beat from 1 and a tick from 0: bar=" + bar
                    + ", beat=" + beat + ", tick=" + tick);
        }
    }

    /** @param words {@code bar:beat} or {@code bar:beat:tick}. */
    public static BarPosition parse(String words) {
        Matcher matcher = WORDS.matcher(words);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("place must be bar:beat or bar:beat:tick: place=" + words);
        }
        return new BarPosition(Long.parseLong(matcher.group(1)), Integer.parseInt(matcher.group(2)),
                matcher.group(3) == null ? 0 : Long.parseLong(matcher.group(3)));
    }

    /** {@code bar:beat}, and the tick where it is not 0. */
    @Override
    public String toString() {
        return bar + ":" + beat + (tick == 0 ? "" : ":" + tick);
    }
}
