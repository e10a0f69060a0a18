package org.carillon.bench;

import java.util.List;

/** One benchmark: it measures a part of the server beside a control and tells what it found. */
public interface Benchmark {
    /** What a user types. */
    String name();

    /** One line for the list of benchmarks. */
    String description();

    /** Measures; on the calling thread, for about as long as the options allow. */
    Report run(Options options);

    /** Which of its counters must be what, whatever the machine; one that is not ends the command with an error. */
    default List<Promise> promises(Options options) {
        return List.of();
    }
}
