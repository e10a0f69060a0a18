package org.carillon.protocol;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/**
 * The end of a ring of {@link SessionMemory} that takes records out. One thread; the producer may be another process,
 * which is not trusted: it may write to all of the ring at any time. So each of its words is read once into a local and
 * checked before it is used, a record is copied before anybody looks at it, and the position that counts is a field
 * here. What cannot be is no exception but a {@link #fault}: nothing comes out any more, and the owner ends the
 * session.
 * <p>
 * Nothing here allocates, locks, throws or waits.
 */
public final class EventConsumer {
    /** Up to here a loop of long words copies faster than the general copy. */
    private static final int WORDWISE_LENGTH = 64;
    private static final VarHandle LONG = Layouts.LONG.varHandle();

    /** Holds the producer's tail and data. */
    private final MemorySegment peer;
    /** Holds the head. */
    private final MemorySegment own;
    private final int capacityBytes;
    private final MemorySegment copy = Arena.ofAuto().allocate(Event.MAX_LENGTH, Event.ALIGNMENT);
    private long position;
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
     * Hands waiting records to a handler, each in a private copy. Consumer's thread only, not from within a handler. A
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
                long before = position;
                int index = (int) before & capacityBytes - 1;
                // one read for both: the producer may change them between two
                long header = peer.get(Layouts.LONG, SessionMemory.DATA_OFFSET + (long) index);
                int length = (int) header;
                int type = (int) (header >>> Integer.SIZE);
                if (!isRecord(type, length, index, tail - before)) {
                    break;
                }
                position = before + Event.aligned(length);
                if (type != SessionMemory.PADDING_TYPE) {
                    copyRecord(header, index, length);
                    if (!handler.onRecord(type, copy, 0, length)) {
                        position = before;
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
    private boolean isRecord(int type, int length, int index, long published) {
        int rest = capacityBytes - index;
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

    private void copyRecord(long header, int index, int length) {
        long from = SessionMemory.DATA_OFFSET + (long) index;
        copy.set(Layouts.LONG, Event.LENGTH_OFFSET, header);
        if (length > WORDWISE_LENGTH) {
            MemorySegment.copy(peer, from + Long.BYTES, copy, Long.BYTES, length - Long.BYTES);
            return;
        }
        for (int i = Long.BYTES; i < length; i += Long.BYTES) {
            copy.set(Layouts.LONG, i, peer.get(Layouts.LONG, from + i));
        }
    }

    /** The release store pairs with the producer's acquire load: what was read was read before its room is free. */
    private void publish() {
        LONG.setRelease(own, (long) SessionMemory.HEAD_OFFSET, position);
    }

    private boolean fail(RingFault reason, long value) {
        fault = reason;
        faultValue = value;
        tail = position; // nothing more comes out
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
