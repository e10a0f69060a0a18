package org.carillon.transport.shm;

import java.util.concurrent.TimeUnit;

/** When a server that was started on demand ends: two seconds after its last session. Listening thread only. */
final class LifeSpan {
    static final long GRACE_NS = TimeUnit.SECONDS.toNanos(2);
    /** How long it waits for its first session: whoever started it may have died. */
    static final long FIRST_NS = TimeUnit.SECONDS.toNanos(30);

    private static final int FOREVER = -1;

    private final Runnable down;
    private boolean ends;
    private boolean isUsed;
    private boolean hasBegun;
    private long endNs;

    /** @param ends false for a server that stays. */
    LifeSpan(boolean ends, Runnable down) {
        this.ends = ends;
        this.down = down;
    }

    boolean endsWithLastSession() {
        return ends;
    }

    /** It stays from now on. */
    void stay() {
        ends = false;
    }

    /** So many sessions are open. */
    void sessions(int count, long nowNs) {
        hasBegun = true;
        isUsed = count > 0;
        endNs = nowNs + GRACE_NS;
    }

    /** How long nothing has to be looked at; -1 for ever. */
    int limitMs(long nowNs) {
        begin(nowNs);
        return ends && !isUsed ? (int) Math.max(0, TimeUnit.NANOSECONDS.toMillis(endNs - nowNs) + 1) : FOREVER;
    }

    private void begin(long nowNs) {
        if (!hasBegun) {
            hasBegun = true;
            endNs = nowNs + FIRST_NS;
        }
    }

    /** Ends the server now. */
    void down() {
        ends = false;
        down.run();
    }

    /** Ends the server if it is time, once. */
    void look(long nowNs) {
        begin(nowNs);
        if (ends && !isUsed && nowNs - endNs >= 0) {
            ends = false;
            down.run();
        }
    }
}
