package org.carillon.transport.shm;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Says what clients did wrong, at most once a second: no client fills the disk. Listening thread only. */
final class Complaints {
    private static final long QUIET_NS = TimeUnit.SECONDS.toNanos(1);

    private final Consumer<String> log;
    private boolean hasSpoken;
    private long spokenNs;
    private int unsaid;

    Complaints(Consumer<String> log) {
        this.log = log;
    }

    /** Says a line or, within a second of the last one, counts it for the next. */
    void say(String line, long nowNs) {
        if (hasSpoken && nowNs - spokenNs < QUIET_NS) {
            unsaid++;
            return;
        }
        log.accept(unsaid == 0 ? line : line + ", unsaidBefore=" + unsaid);
        hasSpoken = true;
        spokenNs = nowNs;
        unsaid = 0;
    }
}
