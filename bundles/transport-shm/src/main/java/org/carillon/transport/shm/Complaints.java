package org.carillon.transport.shm;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Says what clients did wrong, a line for each. A user who does wrong again and again gets so many lines at once and
 * one a second from then on, with how many went unsaid: nobody fills the disk, and nobody hides another's wrongs.
 * Listening thread only.
 */
final class Complaints {
    /** Of users that are not known. */
    static final int NOBODY = -1;
    /** About 200 KB of log. */
    static final int LINES_AT_ONCE = 1_000;

    private static final long NS_PER_LINE = TimeUnit.SECONDS.toNanos(1);

    private final Consumer<String> log;
    private final Map<Integer, Allowance> users = new HashMap<>();

    Complaints(Consumer<String> log) {
        this.log = log;
    }

    /** Says a line or, where its user has had too many, counts it for the next one. */
    void say(int userId, String line, long nowNs) {
        Allowance allowance = users.computeIfAbsent(userId, id -> new Allowance(nowNs));
        if (!allowance.take(nowNs)) {
            allowance.unsaid++;
            return;
        }
        log.accept(allowance.unsaid == 0 ? line : line + ", unsaidBefore=" + allowance.unsaid);
        allowance.unsaid = 0;
    }

    /** Says how many lines were never said; at the end. */
    void sayRest() {
        users.forEach((userId, allowance) -> {
            if (allowance.unsaid > 0) {
                log.accept("more clients were ended for what they did: userId=" + userId + ", unsaidBefore="
                        + allowance.unsaid);
                allowance.unsaid = 0;
            }
        });
    }

    /** How many lines a user may still have. */
    private static final class Allowance {
        private int lines = LINES_AT_ONCE;
        private long filledNs;
        private int unsaid;

        Allowance(long nowNs) {
            filledNs = nowNs;
        }

        boolean take(long nowNs) {
            long more = (nowNs - filledNs) / NS_PER_LINE;
            filledNs += more * NS_PER_LINE;
            lines = (int) Math.min(LINES_AT_ONCE, lines + more);
            if (lines == 0) {
                return false;
            }
            lines--;
            return true;
        }
    }
}
