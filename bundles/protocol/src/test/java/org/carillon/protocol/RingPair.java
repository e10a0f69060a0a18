package org.carillon.protocol;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Both ends of the ring to the server, and the memory between them, for tests to spoil. */
final class RingPair {
    static final int CAPACITY = SessionMemory.MIN_CAPACITY;

    final MemorySegment toServer = Arena.ofAuto().allocate(SessionMemory.lengthBytes(CAPACITY), 128);
    final MemorySegment toClient = Arena.ofAuto().allocate(SessionMemory.lengthBytes(CAPACITY), 128);
    final AtomicInteger wakes = new AtomicInteger();
    final SessionMemory server = SessionMemory.create(toServer, toClient, 7);
    final SessionMemory client = SessionMemory.open(toServer, toClient);
    final Doorbell bell = new Doorbell(client.kernelWord(), wakes::incrementAndGet);
    final EventProducer producer = client.clientProducer(bell);
    final EventConsumer consumer = server.serverConsumer();

    /** Offers a note whose words follow from one number. */
    boolean offer(long number) {
        return producer.offer(EventType.KEY_ON, number, ~number, number * 3);
    }

    /** Takes out records as text: type, length and all bytes in hex. */
    List<String> poll(int limit) {
        List<String> records = new ArrayList<>();
        RecordHandler handler = (type, segment, offset, length) -> records.add(text(type, segment, offset, length));
        int count;
        do {
            count = consumer.poll(handler, limit - records.size());
        } while (count > 0 && records.size() < limit);
        return records;
    }

    static String text(int type, MemorySegment segment, long offset, int lengthBytes) {
        return type + ":" + HexFormat.of()
                .formatHex(segment.asSlice(offset, lengthBytes).toArray(java.lang.foreign.ValueLayout.JAVA_BYTE));
    }

    void tail(long value) {
        toServer.set(Layouts.LONG, SessionMemory.TAIL_OFFSET, value);
    }

    void head(long value) {
        toClient.set(Layouts.LONG, SessionMemory.HEAD_OFFSET, value);
    }

    /** Writes a record's header at an index of the data. */
    void header(int index, int lengthBytes, int type) {
        toServer.set(Layouts.INT, SessionMemory.DATA_OFFSET + index, lengthBytes);
        toServer.set(Layouts.INT, SessionMemory.DATA_OFFSET + index + Integer.BYTES, type);
    }
}
