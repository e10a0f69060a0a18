package org.carillon.api.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.ControlledMessageHandler.Action;
import org.agrona.concurrent.MessageHandler;
import org.carillon.protocol.Doorbell;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;
import org.junit.jupiter.api.Test;

class LocalRingTest {
    private static final long LIMIT_NS = 20_000_000_000L;
    private static final int SHORTS_IN_SMALLEST = LocalRing.MIN_CAPACITY / Event.SHORT_LENGTH;

    private final AtomicInteger wakes = new AtomicInteger();
    private final Doorbell bell = new Doorbell(Arena.ofAuto().allocate(Doorbell.WORD_LENGTH, 8),
            wakes::incrementAndGet);
    private final LocalRing ring = new LocalRing(LocalRing.MIN_CAPACITY, bell);
    private final MemorySegment record = Arena.ofAuto().allocate(Event.MAX_LENGTH, Event.ALIGNMENT);
    private final Event event = new Event();
    private final List<Long> read = new ArrayList<>();
    private final MessageHandler reader = (type, buffer, index, length) -> read
            .add(event.wrap(ring.segment(), index - (long) Event.RING_HEADER_LENGTH).timeNs());

    private boolean offer(long timeNs) {
        return ring.offer(EventType.KEY_ON, timeNs, Event.word(7, 1, 3, 0), Event.data(0x90, 60, 100));
    }

    private boolean offer(long timeNs, int lengthBytes) {
        return ring.offer(record, 0, lengthBytes, EventType.SYSEX, timeNs, Event.word(7, 0, 0, Event.BEGIN));
    }

    @Test
    void shouldRefuseCapacitiesThatCannotBe() {
        for (int capacity : new int[]{Integer.MIN_VALUE, -1, 0, 1, 4096, 8191, 8193, 12_288, Integer.MAX_VALUE}) {
            assertThrows(IllegalArgumentException.class, () -> new LocalRing(capacity, bell), "capacity=" + capacity);
        }
        assertEquals(LocalRing.MIN_CAPACITY, new LocalRing(LocalRing.MIN_CAPACITY, bell).freeBytes());
        assertEquals(1 << 20, new LocalRing(1 << 20, bell).freeBytes());
    }

    @Test
    void shouldHandOverARecordAsItWasPutIn() {
        offer(42);

        ring.poll((type, buffer, index, length) -> {
            event.wrap(ring.segment(), index - (long) Event.RING_HEADER_LENGTH);
            assertEquals(EventType.KEY_ON, type);
            assertEquals(EventType.KEY_ON, event.type());
            assertEquals(Event.SHORT_LENGTH, event.lengthBytes());
            assertEquals(42, event.timeNs());
            assertEquals(7, event.sourceId());
            assertEquals(1, event.port());
            assertEquals(Event.data(0x90, 60, 100), event.data());
        }, 1);

        assertTrue(ring.isEmpty());
    }

    @Test
    void shouldRefuseAndCountWhatFindsNoRoom() {
        int taken = 0;
        while (offer(taken)) {
            taken++;
        }

        assertEquals(SHORTS_IN_SMALLEST - 1, taken, "the ring keeps the room for one header free");
        assertEquals(Event.SHORT_LENGTH, ring.freeBytes());
        assertEquals(1, ring.refused());
        assertFalse(offer(0, Event.MAX_LENGTH));
        assertEquals(2, ring.refused());
        assertEquals(1, ring.poll(reader, 1));
        assertTrue(offer(taken), "room for one again");
        assertFalse(offer(taken));
        assertEquals(3, ring.refused());
    }

    @Test
    void shouldKeepOrderAndBytesThroughManyWraps() {
        long next = 0;
        long expected = 0;
        for (int turn = 0; turn < 5_000; turn++) {
            int length = Event.HEADER_LENGTH + turn * 37 % (Event.MAX_PAYLOAD_LENGTH + 1);
            record.asSlice(Event.DATA_OFFSET, Event.MAX_PAYLOAD_LENGTH).fill((byte) turn);
            while (!offer(next, length)) {
                expected += check(expected, 3);
            }
            next++;
        }
        while (expected < next) {
            expected += check(expected, 100);
        }
        assertTrue(ring.isEmpty());
    }

    private int check(long expected, int limit) {
        long[] at = {expected};
        return ring.poll((type, buffer, index, length) -> {
            event.wrap(ring.segment(), index - (long) Event.RING_HEADER_LENGTH);
            assertEquals(at[0], event.timeNs());
            int payload = event.payloadLength();
            assertEquals(at[0] * 37 % (Event.MAX_PAYLOAD_LENGTH + 1), payload);
            for (int i = 0; i < payload; i++) {
                assertEquals((int) at[0] & 0xFF, event.data(i));
            }
            at[0]++;
        }, limit);
    }

    @Test
    void shouldHoldTheLongestRecord() {
        record.set(ValueLayout.JAVA_BYTE, Event.MAX_LENGTH - 1L, (byte) 0xF7);
        for (int i = 0; i < 100; i++) {
            assertTrue(offer(i, Event.MAX_LENGTH));
            assertTrue(offer(i), "and something behind it, so that the wrap moves");
            assertEquals(0xF7, lastByteOfNext());
            while (!ring.isEmpty()) {
                ring.poll(reader, 10);
            }
        }
    }

    private int lastByteOfNext() {
        int[] last = new int[1];
        ring.poll((type, buffer, index, length) -> last[0] = event
                .wrap(ring.segment(), index - (long) Event.RING_HEADER_LENGTH).data(Event.MAX_PAYLOAD_LENGTH - 1), 1);
        return last[0];
    }

    @Test
    void shouldBeEmptyWhenAPollFindsNothing() {
        int beforeWrap = SHORTS_IN_SMALLEST - 1;
        for (int i = 0; i < beforeWrap; i++) {
            offer(i);
        }
        assertEquals(beforeWrap / 2, ring.poll(reader, beforeWrap / 2));
        assertTrue(offer(beforeWrap, Event.NOTE_LENGTH), "does not fit before the wrap");
        assertEquals(beforeWrap - beforeWrap / 2, ring.poll(reader, beforeWrap - beforeWrap / 2));

        assertFalse(ring.isEmpty());
        assertEquals(1, ring.poll(reader, 10));
        assertTrue(ring.isEmpty());
    }

    @Test
    void shouldFindWhatLiesBehindTheWrapWhenControlled() {
        int beforeWrap = SHORTS_IN_SMALLEST - 1;
        for (int i = 0; i < beforeWrap; i++) {
            offer(i);
        }
        ring.poll(reader, beforeWrap / 2);
        offer(beforeWrap, Event.NOTE_LENGTH);
        ring.poll(reader, beforeWrap - beforeWrap / 2);

        assertEquals(1, ring.controlledPoll((type, buffer, index, length) -> Action.CONTINUE, 10));
        assertTrue(ring.isEmpty());
    }

    @Test
    void shouldLeaveARecordThatIsNotWanted() {
        offer(1);
        offer(2);

        assertEquals(0, ring.controlledPoll((type, buffer, index, length) -> Action.ABORT, 10));
        assertEquals(2, ring.poll(reader, 10));
        assertEquals(List.of(1L, 2L), read);
    }

    @Test
    void shouldWakeTheConsumerOncePerBatch() {
        bell.arm();
        ring.flush();
        assertEquals(0, wakes.get(), "nothing was put in");

        offer(1);
        offer(2);
        assertEquals(0, wakes.get());
        ring.flush();
        ring.flush();
        assertEquals(1, wakes.get());
    }

    @Test
    void shouldCarryRecordsFromThreadToThread() throws InterruptedException {
        int count = 300_000;
        Thread producer = new Thread(() -> {
            for (int i = 0; i < count; i++) {
                while (!offer(i)) {
                    Thread.onSpinWait();
                }
            }
        }, "producer");
        producer.setDaemon(true);
        producer.start();

        long[] expected = {0};
        long untilNs = System.nanoTime() + LIMIT_NS;
        while (expected[0] < count && System.nanoTime() - untilNs < 0) {
            ring.poll((type, buffer, index, length) -> assertEquals(expected[0]++, buffer.getLong(index)), 64);
        }
        producer.join(LIMIT_NS / 1_000_000);
        assertEquals(count, expected[0]);
    }

    @Test
    void shouldShowEveryRecordOnceBeforeItIsTakenHoweverTheRingWraps() {
        List<Long> shown = new ArrayList<>();
        MessageHandler onShown = (type, buffer, index, length) -> shown
                .add(event.wrap(ring.segment(), index - (long) Event.RING_HEADER_LENGTH).timeNs());
        long position = 0;
        long timeNs = 0;
        for (int turn = 0; turn < 2_000; turn++) {
            for (int i = 0; i < turn % 5; i++) {
                if (offer(timeNs, Event.SHORT_LENGTH + (int) (timeNs * 8 % 600))) {
                    timeNs++;
                }
            }
            position = ring.peek(onShown, position);
            assertEquals(timeNs, shown.size());
            assertEquals(position, ring.peek(onShown, position));
            ring.poll(reader, turn % 3);
            if (turn % 7 == 0) {
                ring.poll(reader, Integer.MAX_VALUE); // what was not shown before it was taken is not shown
                ring.poll(reader, Integer.MAX_VALUE);
            }
        }
        assertTrue(timeNs > 2_000, "records=" + timeNs);
        for (int i = 0; i < shown.size(); i++) {
            assertEquals(i, shown.get(i));
        }
        assertEquals(read, shown.subList(0, read.size()));
    }
}
