package org.carillon.api.schedule;

import java.lang.foreign.MemorySegment;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A store of event records ordered by (deadline, arrival): of two records with one deadline, the one that came first
 * leaves first, however far ahead each was put in. Times are server-clock nanoseconds. One thread owns an instance and
 * makes every call; nothing is allocated after construction. A service of prototype scope: each user gets its own.
 */
@ProviderType
public interface Scheduler {
    /** What {@link #schedule} returns when the store is full. */
    long FULL = -1;
    /** What {@link #nextNs} returns when the store is empty. */
    long NEVER = Long.MAX_VALUE;

    /** Receives due records. */
    interface DueHandler {
        /**
         * One record is due. The record is already out of the store, so the handler may schedule and cancel; its memory
         * is good until the call returns.
         *
         * @param offset      where in the segment the record starts.
         * @param lengthBytes of the record, with its header.
         */
        void onDue(long deadlineNs, MemorySegment segment, long offset, int lengthBytes);
    }

    /**
     * Stores a copy of a record until its deadline, which may be past: it then leaves at the next poll, after
     * everything
     * of an earlier deadline.
     *
     * @param lengthBytes of the record with its header, at most {@link org.carillon.protocol.Event#MAX_LENGTH}.
     * @return a handle of 0 or more for {@link #cancel}, never used twice; or {@link #FULL}.
     */
    long schedule(long deadlineNs, MemorySegment from, long offset, int lengthBytes);

    /**
     * Takes a record out before its time.
     *
     * @return false when the handle is stale: its record has left, or there never was one.
     */
    boolean cancel(long handle);

    /** Whether the record of a handle is still in the store. */
    boolean isPending(long handle);

    /**
     * Hands over records whose deadline is not after now, in order, with bounded work: when it stops at a limit,
     * {@link #nextNs} is not after now.
     *
     * @param limit of records in this call.
     * @return how many records were handed over.
     */
    int poll(long nowNs, DueHandler handler, int limit);

    /** The earliest server time at which {@link #poll} has work, or {@link #NEVER}. Never later than a deadline. */
    long nextNs();

    /** Records in the store. */
    int pending();

    /** Takes all records out in order, whatever their deadlines: the hand-over to another scheduler. */
    void drain(DueHandler handler);
}
