package org.carillon.protocol;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/**
 * The end of a ring of {@link SessionMemory} that puts records in. One thread; the consumer may be another process,
 * which is not trusted: the only word read from it is its head, once, checked against what it can be. The position that
 * counts is a field here.
 * <p>
 * A full ring is an answer, not an error: {@code offer} returns false at once and counts. Whoever produces calls
 * {@link #flush} after a batch, which wakes a sleeping consumer. Nothing here allocates, locks, throws or waits.
 */
public final class EventProducer {
    /** What {@link #claim} returns when there is no room. */
    public static final long NO_ROOM = -1;

    private static final VarHandle LONG = Layouts.LONG.varHandle();

    /** Holds tail and data. */
    private final MemorySegment own;
    /** Holds the consumer's head. */
    private final MemorySegment peer;
    private final MemorySegment refused;
    private final Doorbell consumerBell;
    private final int capacityBytes;
    private long position;
    /** The last head that was read and found right; read again only when the ring looks full. */
    private long head;
    /** What the next record leaves empty at the end of the ring. */
    private int padding;
    private long claimedHeader;
    private int claimedLength;
    private boolean unrung;
    private RingFault fault = RingFault.NONE;
    private long faultValue;

    EventProducer(MemorySegment own, MemorySegment peer, int capacityBytes, MemorySegment refused,
            Doorbell consumerBell) {
        this.own = own;
        this.peer = peer;
        this.capacityBytes = capacityBytes;
        this.refused = refused;
        this.consumerBell = consumerBell;
    }

    static MemorySegment newCounts() {
        return Arena.ofAuto().allocate(SessionMemory.REFUSED_LENGTH, Long.BYTES);
    }

    /** Where claimed records lie. */
    public MemorySegment segment() {
        return own;
    }

    /**
     * Puts in a short message of 32 bytes. Producer's thread only.
     *
     * @param word source, port, message length and flags, see {@link Event#word(int, int, int, int)}.
     * @param data the eight bytes of data, see {@link Event#data(int, int, int)}.
     * @return false when there is no room: nothing was put in.
     */
    public boolean offer(int type, long timeNs, long word, long data) {
        long offset = room(Event.SHORT_LENGTH);
        if (offset < 0) {
            return false;
        }
        own.set(Layouts.LONG, offset, header(Event.SHORT_LENGTH, type));
        own.set(Layouts.LONG, offset + Event.TIME_NS_OFFSET, timeNs);
        own.set(Layouts.LONG, offset + Event.SOURCE_ID_OFFSET, word);
        own.set(Layouts.LONG, offset + Event.DATA_OFFSET, data);
        publish(Event.SHORT_LENGTH);
        return true;
    }

    /**
     * Puts in a copy of a record of any length with another type, time and word. Producer's thread only.
     *
     * @param lengthBytes of the record with its header.
     * @return false when there is no room, or no record can have this length: nothing was put in.
     */
    public boolean offer(MemorySegment from, long fromOffset, int lengthBytes, int type, long timeNs, long word) {
        long offset = claim(type, lengthBytes);
        if (offset < 0) {
            return false;
        }
        own.set(Layouts.LONG, offset + Event.TIME_NS_OFFSET, timeNs);
        own.set(Layouts.LONG, offset + Event.SOURCE_ID_OFFSET, word);
        MemorySegment.copy(from, fromOffset + Event.DATA_OFFSET, own, offset + Event.DATA_OFFSET,
                lengthBytes - Event.HEADER_LENGTH);
        commit();
        return true;
    }

    /**
     * Makes room for a record, to be written in place: all but its first eight bytes, which {@link #commit} writes. A
     * second claim takes the place of the first. Producer's thread only.
     *
     * @param lengthBytes of the record with its header.
     * @return where the record starts in {@link #segment()}, or {@link #NO_ROOM}.
     */
    public long claim(int type, int lengthBytes) {
        if (lengthBytes < Event.HEADER_LENGTH || lengthBytes > Event.MAX_LENGTH) {
            count(Refusal.LENGTH);
            return NO_ROOM;
        }
        int length = Event.aligned(lengthBytes);
        long offset = room(length);
        if (offset >= 0) {
            claimedHeader = header(lengthBytes, type);
            claimedLength = length;
        }
        return offset;
    }

    /** Publishes the claimed record. Producer's thread only, after a {@link #claim} that found room. */
    public void commit() {
        int length = claimedLength;
        if (length > 0) {
            claimedLength = 0;
            long index = position + padding & capacityBytes - 1;
            own.set(Layouts.LONG, SessionMemory.DATA_OFFSET + index, claimedHeader);
            publish(length);
        }
    }

    /** Forgets the claimed record: the ring is as it was before. Producer's thread only. */
    public void abort() {
        claimedLength = 0;
    }

    /**
     * Finds room for a record in one piece; padding fills the end of the ring where the record does not.
     *
     * @return where the record starts; negative, and counted, when there is none.
     */
    private long room(int length) {
        int index = (int) position & capacityBytes - 1;
        int rest = capacityBytes - index;
        int needed = length > rest ? rest + length : length;
        if (needed > capacityBytes - (position - head) && !hasRoom(needed)) {
            count(fault == RingFault.NONE ? Refusal.FULL : Refusal.ENDED);
            return NO_ROOM;
        }
        if (length > rest) {
            own.set(Layouts.LONG, SessionMemory.DATA_OFFSET + (long) index, header(rest, SessionMemory.PADDING_TYPE));
            padding = rest;
            return SessionMemory.DATA_OFFSET;
        }
        padding = 0;
        return SessionMemory.DATA_OFFSET + (long) index;
    }

    /** Reads the head, once; the acquire load pairs with the consumer's release store, behind its last read. */
    private boolean hasRoom(int needed) {
        if (fault != RingFault.NONE) {
            return false;
        }
        long seen = (long) LONG.getAcquire(peer, (long) SessionMemory.HEAD_OFFSET);
        if (seen < head) {
            return fail(RingFault.BACKWARD, seen);
        }
        if (seen > position) {
            return fail(RingFault.BEYOND, seen);
        }
        if ((seen & Event.ALIGNMENT - 1) != 0) {
            return fail(RingFault.UNALIGNED, seen);
        }
        head = seen;
        return needed <= capacityBytes - (position - seen);
    }

    /** The release store pairs with the consumer's acquire load: the record is there before the new tail. */
    private void publish(int length) {
        position += padding + length;
        LONG.setRelease(own, (long) SessionMemory.TAIL_OFFSET, position);
        unrung = true;
    }

    private static long header(int lengthBytes, int type) {
        return lengthBytes | (long) type << Integer.SIZE;
    }

    private void count(Refusal reason) {
        long offset = (long) reason.ordinal() * Long.BYTES;
        LONG.setOpaque(refused, offset, (long) LONG.getOpaque(refused, offset) + 1);
    }

    private boolean fail(RingFault reason, long value) {
        fault = reason;
        faultValue = value;
        head = position - capacityBytes; // full from here on
        return false;
    }

    /** Wakes the consumer if something was put in since the last call. Producer's thread only. */
    public void flush() {
        if (unrung) {
            unrung = false;
            consumerBell.ring();
        }
    }

    /** Bytes that are free; the space before the end of the ring may be of no use. Producer's thread only. */
    public int freeBytes() {
        return hasRoom(0) ? capacityBytes - (int) (position - head) : 0;
    }

    /** Bytes that the ring holds when it is full. */
    public int capacityBytes() {
        return capacityBytes;
    }

    /** Records that were refused since the ring was made, for whatever reason. Any thread. */
    public long refused() {
        return refused(Refusal.FULL) + refused(Refusal.LENGTH) + refused(Refusal.ENDED);
    }

    /** Records that were refused for one reason. Any thread. */
    public long refused(Refusal reason) {
        return (long) LONG.getOpaque(refused, (long) reason.ordinal() * Long.BYTES);
    }

    /** What the consumer did that it must not; the ring takes nothing any more then. Producer's thread only. */
    public RingFault fault() {
        return fault;
    }

    /** The fault in words with its figures. Producer's thread only. */
    public String describeFault() {
        return fault.text() + ": word=head, value=" + faultValue + ", tail=" + position + ", capacityBytes="
                + capacityBytes;
    }
}
