package org.carillon.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventRingTest {
    private static final int SHORTS_THAT_FIT = RingPair.CAPACITY / Event.SHORT_LENGTH;

    private final RingPair ring = new RingPair();
    private final MemorySegment record = Arena.ofAuto().allocate(Event.MAX_LENGTH, 8);

    @Test
    void shouldHandOverAShortMessage() {
        long word = Event.word(9, 5, 3, 0);
        assertTrue(ring.producer.offer(EventType.KEY_ON, 1_234, word, Event.data(0x90, 60, 100)));

        List<String> seen = new ArrayList<>();
        int count = ring.consumer.poll((type, segment, offset, length) -> {
            Event event = new Event().wrap(segment, offset);
            assertEquals(word, event.word());
            return seen.add(type + " " + event.type() + " " + length + " " + event.lengthBytes() + " "
                    + event.timeNs() + " " + event.status() + " " + event.data(1) + " " + event.data(2));
        }, 10);

        assertEquals(1, count);
        assertEquals(List.of("257 257 32 32 1234 144 60 100"), seen);
        assertTrue(ring.consumer.isEmpty());
    }

    @Test
    void shouldHandOverRecordsOfAllLengthsAcrossTheEndOfTheRing() {
        for (int round = 0; round < 20; round++) {
            for (int length = Event.HEADER_LENGTH; length <= Event.MAX_LENGTH; length += 1 + round) {
                for (int i = Event.DATA_OFFSET; i < length; i++) {
                    record.set(ValueLayout.JAVA_BYTE, i, (byte) (i * 31 + length));
                }
                assertTrue(ring.producer.offer(record, 0, length, EventType.TEXT, length, -length));

                new Event().wrap(record, 0).header(length, EventType.TEXT).timeNs(length).word(-length);
                assertEquals(List.of(RingPair.text(EventType.TEXT, record, 0, length)), ring.poll(2));
            }
        }
    }

    @Test
    void shouldRefuseAndCountWhenFullAndGoOnWhenThereIsRoom() {
        for (int i = 0; i < SHORTS_THAT_FIT; i++) {
            assertTrue(ring.offer(i));
        }
        assertEquals(0, ring.producer.freeBytes());
        assertFalse(ring.offer(-1));
        assertFalse(ring.producer.offer(record, 0, Event.MAX_LENGTH, EventType.TEXT, 0, 0));
        assertEquals(2, ring.producer.refused(Refusal.FULL));
        assertEquals(2, ring.server.refused(Refusal.FULL), "the server reads the client's count");

        assertEquals(1, ring.poll(1).size());

        assertTrue(ring.offer(-1));
        assertFalse(ring.offer(-1));
        assertEquals(SHORTS_THAT_FIT, ring.poll(Integer.MAX_VALUE).size());
        assertEquals(3, ring.producer.refused());
    }

    @Test
    void shouldRefuseLengthsThatNoRecordHas() {
        assertFalse(ring.producer.offer(record, 0, Event.MAX_LENGTH + 1, EventType.TEXT, 0, 0));
        assertFalse(ring.producer.offer(record, 0, Event.HEADER_LENGTH - 1, EventType.TEXT, 0, 0));
        assertEquals(EventProducer.NO_ROOM, ring.producer.claim(EventType.TEXT, -1));

        assertEquals(3, ring.producer.refused(Refusal.LENGTH));
        assertTrue(ring.consumer.isEmpty());
    }

    @Test
    void shouldPublishAClaimAtItsCommitOnly() {
        long offset = ring.producer.claim(EventType.MARKER, Event.HEADER_LENGTH + 1);
        new Event().wrap(ring.producer.segment(), offset).timeNs(5).word(6).data((long) 'A');
        assertTrue(ring.consumer.isEmpty());

        ring.producer.commit();
        ring.producer.commit();

        assertEquals(List.of("396:190000008c0100000500000000000000060000000000000041"), ring.poll(10));
    }

    @Test
    void shouldForgetAnAbortedClaimAlsoAtTheEndOfTheRing() {
        for (int i = 0; i < SHORTS_THAT_FIT - 1; i++) {
            assertTrue(ring.offer(i));
            ring.poll(1);
        }
        assertNotEquals(EventProducer.NO_ROOM, ring.producer.claim(EventType.TEXT, Event.MAX_LENGTH));
        ring.producer.abort();
        assertTrue(ring.consumer.isEmpty());

        assertTrue(ring.offer(1), "fits before the end, without padding");
        assertTrue(ring.offer(2));

        assertEquals(2, ring.poll(10).size());
        assertEquals((SHORTS_THAT_FIT + 1L) * Event.SHORT_LENGTH,
                ring.toServer.get(Layouts.LONG, SessionMemory.TAIL_OFFSET));
    }

    @Test
    void shouldKeepToTheLimit() {
        for (int i = 0; i < 5; i++) {
            ring.offer(i);
        }

        assertEquals(0, ring.poll(0).size());
        assertEquals(2, ring.poll(2).size());
        assertFalse(ring.consumer.isEmpty());
        assertEquals(3, ring.poll(10).size());
    }

    @Test
    void shouldOfferAgainWhatWasLeft() {
        ring.offer(1);
        ring.offer(2);
        List<Long> seen = new ArrayList<>();

        assertEquals(1, ring.consumer.poll((type, segment, offset, length) -> {
            seen.add(new Event().wrap(segment, offset).timeNs());
            return seen.size() < 2;
        }, 10));
        assertFalse(ring.consumer.isEmpty());
        assertEquals(1, ring.consumer.poll((type, segment, offset, length) -> seen
                .add(new Event().wrap(segment, offset).timeNs()), 10));

        assertEquals(List.of(1L, 2L, 2L), seen);
    }

    @Test
    void shouldTakeTheRecordOfAHandlerThatThrows() {
        ring.offer(1);
        ring.offer(2);

        assertThrows(IllegalStateException.class, () -> ring.consumer.poll((type, segment, offset, length) -> {
            throw new IllegalStateException("as the test wants");
        }, 10));

        assertEquals(1, ring.poll(10).size());
    }

    @Test
    void shouldWakeOnceABatchAndOnlyASleepingConsumer() {
        ring.offer(1);
        ring.producer.flush();
        assertEquals(0, ring.wakes.get());

        ring.bell.arm();
        ring.producer.flush();
        assertEquals(0, ring.wakes.get(), "nothing new");
        ring.offer(2);
        ring.offer(3);
        ring.producer.flush();
        ring.producer.flush();

        assertEquals(1, ring.wakes.get());
    }

    @Test
    void shouldCarryTheOtherWayToo() {
        EventProducer producer = ring.server.serverProducer(new Doorbell(ring.server.clientWord(), () -> {}));
        EventConsumer consumer = SessionMemory.open(ring.toServer, ring.toClient.asReadOnly()).clientConsumer();

        assertTrue(producer.offer(EventType.CLOCK, 1, 2, 0xF8));

        assertEquals(1, consumer.poll((type, segment, offset, length) -> type == EventType.CLOCK, 10));
        assertEquals(RingPair.CAPACITY, producer.freeBytes());
        assertEquals(Event.SHORT_LENGTH, ring.toServer.get(Layouts.LONG, SessionMemory.HEAD_OFFSET));
    }
}
