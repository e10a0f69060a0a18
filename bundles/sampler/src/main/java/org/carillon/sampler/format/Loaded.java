package org.carillon.sampler.format;

import java.util.List;
import org.carillon.sampler.instrument.Instrument;

/**
 * An instrument out of files, and what about it is otherwise than the files say.
 *
 * @param notices each once, in the order of reading; at most some 1,000.
 */
public record Loaded(Instrument instrument, List<Notice> notices) {
    /** Keeps its own list. */
    public Loaded {
        notices = List.copyOf(notices);
    }
}
