package org.carillon.sampler.instrument;

import java.util.List;

/**
 * One or many programs. Immutable, so that it may be replaced as a whole while notes sound.
 *
 * @param programs at least one; the first one is what a program change that names none leaves.
 */
public record Instrument(String name, List<Program> programs) {
    /** Keeps its own list. */
    public Instrument {
        programs = List.copyOf(programs);
        if (programs.isEmpty()) {
            throw new IllegalArgumentException("instrument must have a program: name=" + name);
        }
    }

    /** An instrument of one program. */
    public static Instrument of(String name, List<Region> regions) {
        return new Instrument(name, List.of(new Program(0, 0, name, regions)));
    }
}
