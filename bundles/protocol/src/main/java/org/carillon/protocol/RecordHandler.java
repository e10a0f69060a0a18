package org.carillon.protocol;

import java.lang.foreign.MemorySegment;

/** Takes records out of an {@link EventConsumer}, on the consumer's thread. */
@FunctionalInterface
public interface RecordHandler {
    /**
     * Takes a record. Its length and place are checked; whether they fit its type is not, see
     * {@link Event#isWellFormed}.
     *
     * @param type        what the record says it is, above 0.
     * @param segment     a private copy of the record, which the handler may change when it takes it; good until it
     *                    returns.
     * @param offset      where in the copy the record starts, a multiple of 8.
     * @param lengthBytes of the record, its header included: {@link Event#HEADER_LENGTH} to {@link Event#MAX_LENGTH}.
     * @return true when the record is done with; false to leave it where it is: the poll ends and the next one begins
     *         with it.
     */
    boolean onRecord(int type, MemorySegment segment, long offset, int lengthBytes);
}
