package org.carillon.protocol;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/**
 * The end of a ring of {@link SessionMemory} that takes records out. One thread; the producer may be another process,
 * which is not trusted: it may write to all of the ring at any time. So its tail is read once and checked before it is
 * used, what is published is copied before anybody looks at it, and the position that counts is a field here. Records
 * are copied many at a time: one check and one copy for all of them cost less than one for each word.
 * <p>
 * What cannot be is no exception but a {@link #fault}: nothing comes out any more, and the owner ends the session.
 * Nothing here allocates, locks, throws or waits.
 */
public final class EventConsumer {
    /** Most bytes that are copied at a time: four of the longest records, and they stay in the cache. */
    private static final int COPY_LENGTH = 4 * Event.MAX_LENGTH;
    private static final VarHandle LONG = Layouts.LONG.varHandle();

    /** Holds the producer's tail and data. */
    private final MemorySegment peer;
    /** Holds the head. */
    private final MemorySegment own;
    private final int capacityBytes;
    private final MemorySegment copy = Arena.ofAuto().allocate(COPY_LENGTH, Event.ALIGNMENT);
    private long position;
    /** Where the copy starts and ends, as positions. */
    private long copyStart;
    private long copyEnd;
    /** The last tail that was read and found right; read again only when all before it is taken. */
    private long tail;
    private RingFault fault = RingFault.NONE;
    private long faultValue;

    EventConsumer(MemorySegment peer, MemorySegment own, int capacityBytes) {
        this.peer = peer;
        this.own = own;
        this.capacityBytes = capacityBytes;
    }

    /**
     * Hands waiting records to a handler, in a private copy. Consumer's thread only, not from within a handler. A
     * handler that throws has taken its record.
     *
     * @param limit the most records to hand over.
     * @return how many records were taken, which may be fewer than wait; 0 only when none waits, the first was left
     *         where it is, or the ring is broken.
     */
    public int poll(RecordHandler handler, int limit) {
        if (position == tail && !readTail()) {
            return 0;
        }
        int count = 0;
        long start = position;
        try {
            while (count < limit && position < tail) {
                if (position == copyEnd) {
                    copyMore();
                }
                int offset = (int) (position - copyStart);
                long header = copy.get(Layouts.LONG, offset);
                int length = (int) header;
                int type = (int) (header >>> Integer.SIZE);
                if (!isRecord(type, length)) {
                    break;
                }
                int aligned = Event.aligned(length);
                if (type == SessionMemory.PADDING_TYPE) {
                    position += aligned;
                    copyEnd = position; // the ring begins anew
                } else if (aligned > copyEnd - position) {
                    copyEnd = position; // it ends behind the copy: again, from its start
                } else {
                    position += aligned; // also where the handler throws
                    if (!handler.onRecord(type, copy, offset, length)) {
                        position -= aligned;
                        break;
                    }
                    count++;
                }
            }
        } finally {
            if (position != start) {
                publish();
            }
        }
        return count;
    }

    /** Copies what is published, as much as fits and lies in one piece. */
    private void copyMore() {
        int index = (int) position & capacityBytes - 1;
        long length = Math.min(Math.min(tail - position, capacityBytes - index), COPY_LENGTH);
        MemorySegment.copy(peer, SessionMemory.DATA_OFFSET + (long) index, copy, 0, length);
        copyStart = position;
        copyEnd = position + length;
    }

    /**
     * Reads the tail, once, and checks it; the acquire load pairs with the producer's release store, behind its record.
     *
     * @return whether something waits.
     */
    private boolean readTail() {
        if (fault != RingFault.NONE) {
            return false;
        }
        long seen = (long) LONG.getAcquire(peer, (long) SessionMemory.TAIL_OFFSET);
        if (seen == tail) {
            return false;
        }
        if (seen < tail) {
            return fail(RingFault.BACKWARD, seen);
        }
        if (seen - position > capacityBytes) {
            return fail(RingFault.BEYOND, seen);
        }
        if ((seen & Event.ALIGNMENT - 1) != 0) {
            return fail(RingFault.UNALIGNED, seen);
        }
        tail = seen;
        return true;
    }

    /** Whether a header can be one: of a record, or of padding. */
    private boolean isRecord(int type, int length) {
        int rest = capacityBytes - ((int) position & capacityBytes - 1);
        long published = tail - position;
        if (type > 0 && length >= Event.HEADER_LENGTH && length <= Event.MAX_LENGTH) {
            int aligned = Event.aligned(length);
            if (aligned <= published && aligned <= rest) {
                return true;
            }
            return fail(aligned > rest ? RingFault.WRAPPED : RingFault.UNPUBLISHED, length);
        }
        if (type == SessionMemory.PADDING_TYPE) {
            return length == rest && length <= published || fail(RingFault.PADDING, length);
        }
        return type <= 0 ? fail(RingFault.TYPE, type) : fail(RingFault.LENGTH, length);
    }

    /** The release store pairs with the producer's acquire load: what was read was read before its room is free. */
    private void publish() {
        LONG.setRelease(own, (long) SessionMemory.HEAD_OFFSET, position);
    }

    private boolean fail(RingFault reason, long value) {
        fault = reason;
        faultValue = value;
        tail = position; // nothing more comes out
        copyEnd = position;
        return false;
    }

    /** Whether nothing waits; a wrong tail is a {@link #fault} from here on, too. Consumer's thread only. */
    public boolean isEmpty() {
        return position == tail && !readTail();
    }

    /** Bytes that the ring holds when it is full. */
    public int capacityBytes() {
        return capacityBytes;
    }

    /** What the producer did that it must not; nothing comes out any more then. Consumer's thread only. */
    public RingFault fault() {
        return fault;
    }

    /** The fault in words with its figures. Consumer's thread only. */
    public String describeFault() {
        return fault.text() + ": value=" + faultValue + ", head=" + position + ", capacityBytes=" + capacityBytes;
    }
}
