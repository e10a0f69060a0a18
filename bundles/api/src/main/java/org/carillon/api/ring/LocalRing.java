package org.carillon.api.ring;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.ControlledMessageHandler;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RecordDescriptor;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.carillon.protocol.Doorbell;
import org.carillon.protocol.Event;

/**
 * A ring of event records from one thread to one other thread of the same JVM: Agrona's one-to-one ring over a
 * {@link MemorySegment}, whose record header is the first eight bytes of the event record.
 * <p>
 * A full ring is an answer, not an error: {@code offer} returns false and counts. Whoever produces calls {@link #flush}
 * after a batch, which wakes a sleeping consumer.
 */
public final class LocalRing {
    /** The smallest capacity that holds the longest record. */
    public static final int MIN_CAPACITY = 8 * Event.MAX_LENGTH;
    public static final int DEFAULT_CAPACITY = 16 * 1024;

    private final MemorySegment segment;
    private final UnsafeBuffer buffer;
    private final OneToOneRingBuffer ring;
    private final Doorbell consumerBell;
    private final AtomicLong refused = new AtomicLong();
    private boolean unrung;

    /**
     * @param capacityBytes a power of two, at least {@link #MIN_CAPACITY}.
     * @param consumerBell  wakes the consumer.
     */
    public LocalRing(int capacityBytes, Doorbell consumerBell) {
        if (capacityBytes < MIN_CAPACITY || Integer.bitCount(capacityBytes) != 1) {
            throw new IllegalArgumentException("ring capacity must be a power of two of at least " + MIN_CAPACITY
                    + " bytes: capacityBytes=" + capacityBytes);
        }
        this.consumerBell = consumerBell;
        int lengthBytes = capacityBytes + RingBufferDescriptor.TRAILER_LENGTH;
        segment = Arena.ofAuto().allocate(lengthBytes, 128);
        buffer = new UnsafeBuffer(segment.address(), lengthBytes);
        ring = new OneToOneRingBuffer(buffer);
    }

    /** Where the records lie; a handler given index i finds its record at i minus {@link Event#RING_HEADER_LENGTH}. */
    public MemorySegment segment() {
        return segment;
    }

    /**
     * Puts in a short message of 32 bytes. Producer's thread only.
     *
     * @param word source, port, message length and flags, see {@link Event#word(int, int, int, int)}.
     * @param data the eight bytes of data, see {@link Event#data(int, int, int)}.
     * @return false when the ring is full: nothing was put in.
     */
    public boolean offer(int type, long timeNs, long word, long data) {
        int index = ring.tryClaim(type, Event.SHORT_LENGTH - Event.RING_HEADER_LENGTH);
        if (index < 0) {
            refused.setOpaque(refused.getPlain() + 1);
            return false;
        }
        buffer.putLong(index, timeNs);
        buffer.putLong(index + 8, word);
        buffer.putLong(index + 16, data);
        ring.commit(index);
        unrung = true;
        return true;
    }

    /**
     * Puts in a copy of a record of any length with another word and time. Producer's thread only.
     *
     * @return false when the ring is full: nothing was put in.
     */
    public boolean offer(MemorySegment from, long fromOffset, int lengthBytes, int type, long timeNs, long word) {
        int index = ring.tryClaim(type, lengthBytes - Event.RING_HEADER_LENGTH);
        if (index < 0) {
            refused.setOpaque(refused.getPlain() + 1);
            return false;
        }
        buffer.putLong(index, timeNs);
        buffer.putLong(index + 8, word);
        MemorySegment.copy(from, fromOffset + Event.DATA_OFFSET, segment, index + 16L,
                lengthBytes - Event.HEADER_LENGTH);
        ring.commit(index);
        unrung = true;
        return true;
    }

    /** Wakes the consumer if something was put in since the last call. Producer's thread only. */
    public void flush() {
        if (unrung) {
            unrung = false;
            consumerBell.ring();
        }
    }

    /**
     * Hands waiting records to a handler. Consumer's thread only. May return fewer than are waiting where the ring
     * wraps: nothing waits only when this returns 0.
     *
     * @return how many records were handled.
     */
    public int poll(MessageHandler handler, int limit) {
        int count = ring.read(handler, limit);
        return count > 0 || isEmpty() ? count : ring.read(handler, limit); // the first read may only have wrapped
    }

    /**
     * As {@link #poll}, with a handler that may leave a record where it is, which may be offered to it twice then.
     * Consumer's thread only.
     *
     * @return how many records were handled, without those left.
     */
    public int controlledPoll(ControlledMessageHandler handler, int limit) {
        int count = ring.controlledRead(handler, limit);
        return count > 0 || isEmpty() ? count : ring.controlledRead(handler, limit);
    }

    /**
     * Shows waiting records to a handler and leaves them where they are, for a consumer that lets urgent ones go first.
     * Consumer's thread only, not from within a handler.
     *
     * @param fromPosition what the last call returned, at first 0: what lies before it is not shown again.
     * @return the position behind the last record that was shown; the same again when there was none.
     */
    public long peek(MessageHandler handler, long fromPosition) {
        long position = Math.max(fromPosition, ring.consumerPosition());
        long end = ring.producerPosition();
        while (position < end) {
            int index = (int) position & ring.capacity() - 1;
            int length = buffer.getIntVolatile(RecordDescriptor.lengthOffset(index)); // pairs with the commit
            if (length <= 0) {
                break;
            }
            int type = buffer.getInt(RecordDescriptor.typeOffset(index));
            if (type != RingBuffer.PADDING_MSG_TYPE_ID) {
                handler.onMessage(type, buffer, RecordDescriptor.encodedMsgOffset(index),
                        length - RecordDescriptor.HEADER_LENGTH);
            }
            position += Event.aligned(length);
        }
        return position;
    }

    /** Whether nothing waits. Either thread. */
    public boolean isEmpty() {
        return ring.producerPosition() == ring.consumerPosition();
    }

    /** Bytes that are free, as either thread sees it; the space before the wrap may be of no use. */
    public int freeBytes() {
        return ring.capacity() - ring.size();
    }

    /** Bytes that the ring holds when it is full. */
    public int capacityBytes() {
        return ring.capacity();
    }

    /** Records that found no room since the ring was made. Any thread. */
    public long refused() {
        return refused.getOpaque();
    }
}
