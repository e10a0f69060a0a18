package org.carillon.bench.kill;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.carillon.protocol.Doorbell;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventConsumer;
import org.carillon.protocol.EventProducer;
import org.carillon.protocol.EventType;
import org.carillon.protocol.SessionMemory;
import org.junit.jupiter.api.Test;

class RemainsTest {
    private static final int CAPACITY = SessionMemory.MIN_CAPACITY;
    private static final long LENGTH = SessionMemory.lengthBytes(CAPACITY);
    private static final int LONG_RECORD = 1_000;
    private static final long FIRST = Numbered.first(3);

    private final Arena arena = Arena.ofAuto();
    private final MemorySegment toServer = arena.allocate(LENGTH, 128);
    private final SessionMemory memory = SessionMemory.create(toServer, arena.allocate(LENGTH, 128), 1);
    private final EventProducer producer = memory.clientProducer(new Doorbell(memory.kernelWord(), () -> {}));
    private final EventConsumer consumer = memory.serverConsumer();

    @Test
    void shouldSeeARecordThatIsWrittenAndNotPublishedWhereverItLies() {
        int padded = 0;
        for (long number = FIRST; number < FIRST + 100; number++) {
            long before = producer.freeBytes();
            long at = producer.claim(EventType.SYSEX, LONG_RECORD);
            assertTrue(at >= 0);
            assertFalse(Remains.holdsUnpublished(toServer, number), "nothing is written yet: number=" + number);

            new Event().wrap(producer.segment(), at).timeNs(Numbered.date(number));

            assertTrue(Remains.holdsUnpublished(toServer, number), "number=" + number);
            producer.commit();
            assertFalse(Remains.holdsUnpublished(toServer, number), "it is published: number=" + number);
            padded += before - producer.freeBytes() > LONG_RECORD ? 1 : 0;
            while (consumer.poll((type, segment, offset, lengthBytes) -> true, 8) > 0) {
                Thread.onSpinWait();
            }
        }
        assertTrue(padded > 0, "some have come behind padding");
    }
}
