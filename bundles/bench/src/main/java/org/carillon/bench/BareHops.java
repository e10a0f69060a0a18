package org.carillon.bench;

import java.lang.foreign.Arena;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.carillon.api.ring.LocalRing;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;

/** The control: the same record through bare rings, by claim, three longs and commit, with nothing between. */
final class BareHops {
    private static final int PAYLOAD_LENGTH = Event.SHORT_LENGTH - Event.RING_HEADER_LENGTH;
    private static final int WORD_INDEX = Event.SOURCE_ID_OFFSET - Event.RING_HEADER_LENGTH;
    private static final int DATA_INDEX = Event.DATA_OFFSET - Event.RING_HEADER_LENGTH;

    private final int batch;
    private final OneToOneRingBuffer[] rings;
    private final MessageHandler[] handlers;
    /** Keeps the reading of the records alive. */
    private long checksum;

    BareHops(int hops, int batch) {
        this.batch = batch;
        rings = new OneToOneRingBuffer[hops];
        handlers = new MessageHandler[hops];
        for (int i = 0; i < hops; i++) {
            int lengthBytes = LocalRing.DEFAULT_CAPACITY + RingBufferDescriptor.TRAILER_LENGTH;
            rings[i] = new OneToOneRingBuffer(
                    new UnsafeBuffer(Arena.global().allocate(lengthBytes, 128).address(), lengthBytes));
        }
        for (int i = 0; i < hops - 1; i++) {
            OneToOneRingBuffer next = rings[i + 1];
            handlers[i] = (type, buffer, index, length) -> hop(next, type, buffer, index);
        }
        handlers[hops - 1] = this::end;
    }

    /** Nanoseconds for one event through all hops. */
    double run(int events) {
        int batches = (events + batch - 1) / batch;
        long startNs = System.nanoTime();
        for (int i = 0; i < batches; i++) {
            for (int k = 0; k < batch; k++) {
                offer(rings[0], EventType.KEY_ON, 1, 1, Event.data(0x90, k, 64));
            }
            for (int hop = 0; hop < rings.length; hop++) {
                int count;
                do {
                    count = rings[hop].read(handlers[hop], batch);
                } while (count > 0);
            }
        }
        return (System.nanoTime() - startNs) / (double) (batches * batch);
    }

    private static void hop(OneToOneRingBuffer next, int type, MutableDirectBuffer buffer, int index) {
        offer(next, type, buffer.getLong(index), buffer.getLong(index + WORD_INDEX),
                buffer.getLong(index + DATA_INDEX));
    }

    private static void offer(OneToOneRingBuffer ring, int type, long timeNs, long word, long data) {
        int index = ring.tryClaim(type, PAYLOAD_LENGTH);
        AtomicBuffer buffer = ring.buffer();
        buffer.putLong(index, timeNs);
        buffer.putLong(index + WORD_INDEX, word);
        buffer.putLong(index + DATA_INDEX, data);
        ring.commit(index);
    }

    private void end(int type, MutableDirectBuffer buffer, int index, int length) {
        checksum += buffer.getLong(index + DATA_INDEX);
    }
}
