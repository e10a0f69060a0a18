package org.carillon.api.ring;

/**
 * How many events of one user may wait for their dates, over all of the user's sessions. Kernel's thread only, but for
 * the constructor.
 */
public final class PendingQuota {
    private final int limit;
    private int count;

    public PendingQuota(int limit) {
        this.limit = limit;
    }

    /** Whether one more may wait. */
    public boolean hasRoom() {
        return count < limit;
    }

    /** So many more wait, or fewer. */
    public void add(int events) {
        count += events;
    }

    /** How many wait. */
    public int count() {
        return count;
    }
}
