package org.carillon.kernel;

import java.util.Arrays;

/**
 * Handles of what a session of another process has waiting, so that it can be taken out when the session ends: else
 * whoever comes and goes with events of next year would fill the scheduler. Handles of what has left meanwhile are
 * weeded out when the room is used up; only when most are still waiting, more room is made. Those of owed note-offs are
 * kept as their complement: nobody loses anything when they are taken out, for the connection's end has paid them.
 */
final class PendingHandles {
    private static final int FIRST_CAPACITY = 1_024;

    private final KernelAgent agent;
    private long[] handles = new long[FIRST_CAPACITY];
    private int count;

    PendingHandles(KernelAgent agent) {
        this.agent = agent;
    }

    void add(long handle) {
        if (count == handles.length) {
            weed();
        }
        handles[count++] = handle;
    }

    /** The handle that was added last is of a note-off that the kernel owes. */
    void lastIsOwed() {
        handles[count - 1] = ~handles[count - 1];
    }

    private static long handle(long kept) {
        return kept < 0 ? ~kept : kept;
    }

    private void weed() {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (agent.isPending(handle(handles[i]))) {
                handles[kept++] = handles[i];
            }
        }
        count = kept;
        if (kept > handles.length / 2) {
            handles = Arrays.copyOf(handles, 2 * handles.length);
        }
    }

    boolean isEmpty() {
        return count == 0;
    }

    /**
     * Takes out what waits; of so many handles only, for a record takes time.
     *
     * @return how many were waiting that nobody owed.
     */
    int cancel(int limit) {
        int cancelled = 0;
        for (int i = 0; i < limit && count > 0; i++) {
            long kept = handles[--count];
            if (agent.cancel(handle(kept)) && kept >= 0) {
                cancelled++;
            }
        }
        return cancelled;
    }
}
