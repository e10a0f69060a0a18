package org.carillon.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.carillon.protocol.Doorbell;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventConsumer;
import org.carillon.protocol.EventProducer;
import org.carillon.protocol.EventType;
import org.carillon.protocol.RingFault;
import org.carillon.protocol.SessionMemory;

/**
 * A client that writes whatever it likes into the memory of its session, at any time: the server's ends of both rings
 * hand over nothing but records that can be, or say what is wrong, and keep to their own positions.
 */
public final class RingTarget {
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int CAPACITY = SessionMemory.MIN_CAPACITY;
    private static final long LENGTH = SessionMemory.lengthBytes(CAPACITY);
    private static final int MAX_STEPS = 400;
    private static final MemorySegment TO_SERVER = Arena.global().allocate(LENGTH, 128);
    private static final MemorySegment TO_CLIENT = Arena.global().allocate(LENGTH, 128);

    private final SessionMemory memory;
    private final EventConsumer consumer;
    private final EventProducer producer;
    private long read;

    private RingTarget() {
        TO_SERVER.fill((byte) 0);
        TO_CLIENT.fill((byte) 0);
        memory = SessionMemory.create(TO_SERVER, TO_CLIENT, 1);
        consumer = memory.serverConsumer();
        producer = memory.serverProducer(new Doorbell(memory.clientWord(), () -> {}));
    }

    public static void fuzzerTestOneInput(FuzzedDataProvider data) {
        RingTarget target = new RingTarget();
        for (int step = 0; step < MAX_STEPS && data.remainingBytes() > 0; step++) {
            target.write(data);
            target.poll(data.consumeInt(0, 20));
            target.offer(data);
        }
    }

    /** The client writes: mostly where it hurts. */
    private void write(FuzzedDataProvider data) {
        long position = TO_CLIENT.get(LONG, SessionMemory.HEAD_OFFSET);
        long recordAt = SessionMemory.DATA_OFFSET + (position & CAPACITY - 1);
        switch (data.consumeInt(0, 5)) {
            case 0 -> TO_SERVER.set(LONG, SessionMemory.TAIL_OFFSET, data.consumeLong());
            case 1 -> TO_SERVER.set(LONG, SessionMemory.TAIL_OFFSET, position + data.consumeInt(-64, CAPACITY + 64));
            case 2 -> TO_SERVER.set(LONG, recordAt, data.consumeLong());
            case 3 -> TO_SERVER.set(LONG, recordAt, data.consumeInt(-8, Event.MAX_LENGTH + 8) & 0xFFFF_FFFFL
                    | (long) data.consumeInt(-2, 300) << Integer.SIZE);
            case 4 -> TO_SERVER.set(LONG, SessionMemory.HEAD_OFFSET,
                    TO_CLIENT.get(LONG, SessionMemory.TAIL_OFFSET) - 32L * data.consumeInt(-1, 300));
            default -> TO_SERVER.set(LONG, data.consumeInt(0, (int) LENGTH / Long.BYTES - 1) * (long) Long.BYTES,
                    data.consumeLong());
        }
    }

    private void poll(int limit) {
        long before = TO_CLIENT.get(LONG, SessionMemory.HEAD_OFFSET);
        boolean wasBroken = consumer.fault() != RingFault.NONE;
        read = 0;
        int count = consumer.poll((type, segment, offset, length) -> {
            require(type > 0 && length >= Event.HEADER_LENGTH && length <= Event.MAX_LENGTH, "a record that cannot be");
            require(offset % Event.ALIGNMENT == 0 && offset + length <= segment.byteSize(), "a record without bytes");
            require(segment.get(LONG, offset) == (length | (long) type << Integer.SIZE), "a header read twice");
            read += Event.aligned(length);
            return true;
        }, limit);
        long after = TO_CLIENT.get(LONG, SessionMemory.HEAD_OFFSET);
        require(count <= limit, "more than the limit");
        require(!wasBroken || count == 0, "a record out of a broken ring");
        require(after - before >= read && after - before <= CAPACITY && after % Event.ALIGNMENT == 0,
                "a position that another chose");
        require(consumer.fault() == RingFault.NONE || consumer.isEmpty(), "a broken ring with something to do");
    }

    private void offer(FuzzedDataProvider data) {
        long before = TO_CLIENT.get(LONG, SessionMemory.TAIL_OFFSET);
        boolean wasBroken = producer.fault() != RingFault.NONE;
        int count = data.consumeInt(0, 40);
        int taken = 0;
        for (int i = 0; i < count && producer.offer(EventType.KEY_ON, i, i, i); i++) {
            taken++;
        }
        long after = TO_CLIENT.get(LONG, SessionMemory.TAIL_OFFSET);
        require(after - before == (long) taken * Event.SHORT_LENGTH, "a position that another chose");
        require(!wasBroken || taken == 0, "a broken ring took a record");
        require(producer.freeBytes() >= 0 && producer.freeBytes() <= CAPACITY, "more room than there is");
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException(what);
        }
    }
}
