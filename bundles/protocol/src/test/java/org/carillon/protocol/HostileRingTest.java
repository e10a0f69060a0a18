package org.carillon.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the other side can write must end in a fault with a reason, or in a record that can be one. */
class HostileRingTest {
    private static final int CAPACITY = RingPair.CAPACITY;
    private static final int LAST = CAPACITY - Event.SHORT_LENGTH;
    private static final int BEFORE = 64;

    private final RingPair ring = new RingPair();

    @ParameterizedTest
    @CsvSource({"0,BACKWARD", "56,BACKWARD", "-1,BACKWARD", "-9223372036854775808,BACKWARD", "65,UNALIGNED",
        "71,UNALIGNED", "8264,BEYOND", "9223372036854775800,BEYOND", "9223372036854775807,BEYOND"})
    void shouldSeeWildTails(long tail, RingFault fault) {
        takeTwo();

        ring.tail(tail);

        assertFault(fault);
        assertTrue(ring.consumer.describeFault().contains("value=" + tail), ring.consumer.describeFault());
    }

    @ParameterizedTest
    @CsvSource({"0,257,LENGTH", "8,257,LENGTH", "23,257,LENGTH", "-1,257,LENGTH", "-2147483648,257,LENGTH",
        "1025,257,LENGTH", "2147483647,257,LENGTH", "40,257,UNPUBLISHED", "1024,257,UNPUBLISHED", "32,0,TYPE",
        "32,-2,TYPE", "32,-2147483648,TYPE", "32,-1,PADDING", "0,-1,PADDING", "-8,-1,PADDING", "8128,-1,PADDING"})
    void shouldSeeForgedHeaders(int length, int type, RingFault fault) {
        takeTwo();

        ring.header(BEFORE, length, type);
        ring.tail(BEFORE + Event.SHORT_LENGTH);

        assertFault(fault);
    }

    @Test
    void shouldSeeARecordAcrossTheEnd() {
        takeAllBut(1);

        ring.header(LAST, Event.MAX_LENGTH, EventType.TEXT);
        ring.tail(LAST + Event.MAX_LENGTH);

        assertFault(RingFault.WRAPPED);
    }

    @Test
    void shouldHandOverWhatCameBeforeTheFault() {
        ring.offer(1);
        ring.header(Event.SHORT_LENGTH, 0, 0);
        ring.tail(2 * Event.SHORT_LENGTH);

        assertEquals(1, ring.poll(10).size());
        assertFault(RingFault.TYPE);
        assertEquals(Event.SHORT_LENGTH, ring.toClient.get(Layouts.LONG, SessionMemory.HEAD_OFFSET));
    }

    @Test
    void shouldStayBrokenWhenThePeerTakesItBack() {
        ring.offer(1);
        ring.tail(-8);
        assertFault(RingFault.BACKWARD);

        ring.tail(Event.SHORT_LENGTH);

        assertFault(RingFault.BACKWARD);
    }

    @Test
    void shouldNotMindAHeadThatAnotherWrote() {
        ring.offer(1);
        ring.poll(10);
        ring.head(1_000_000);
        ring.tail(2 * Event.SHORT_LENGTH);
        ring.header(Event.SHORT_LENGTH, Event.SHORT_LENGTH, EventType.CLOCK);

        assertEquals(1, ring.poll(10).size());
        assertEquals(2 * Event.SHORT_LENGTH, ring.toClient.get(Layouts.LONG, SessionMemory.HEAD_OFFSET));
    }

    @ParameterizedTest
    @CsvSource({"-8,BACKWARD", "56,BACKWARD", "-9223372036854775808,BACKWARD", "8264,BEYOND",
        "9223372036854775800,BEYOND", "68,UNALIGNED"})
    void shouldSeeWildHeads(long head, RingFault fault) {
        takeTwo();
        ring.producer.freeBytes();

        ring.head(head);
        while (ring.offer(1)) {
            assertEquals(RingFault.NONE, ring.producer.fault());
        }

        assertEquals(fault, ring.producer.fault());
        assertTrue(ring.producer.describeFault().contains("value=" + head), ring.producer.describeFault());
        ring.head(2 * Event.SHORT_LENGTH + CAPACITY);
        assertFalse(ring.offer(1), "stays broken");
        assertEquals(0, ring.producer.freeBytes());
        assertEquals(2, ring.producer.refused(Refusal.ENDED));
    }

    @Test
    void shouldNeverHandOverALengthThatMovesMeanwhile() throws InterruptedException {
        AtomicBoolean ended = new AtomicBoolean();
        Thread forger = new Thread(() -> {
            int[] lengths = {32, Integer.MIN_VALUE, 32, 1024, 32, 7, 40, 32, 0};
            for (int i = 0; !ended.get(); i++) {
                ring.header(0, lengths[i % lengths.length], EventType.TEXT);
            }
        }, "forger");
        forger.start();
        try {
            int handed = 0;
            for (int round = 0; round < 200_000; round++) {
                EventConsumer consumer = ring.server.serverConsumer();
                ring.tail(40);
                int[] length = {0};
                handed += consumer.poll((type, segment, offset, lengthBytes) -> {
                    length[0] = lengthBytes;
                    assertEquals(lengthBytes, new Event().wrap(segment, offset).lengthBytes(), "read twice");
                    return true;
                }, 1);
                assertTrue(length[0] == 0 || length[0] == 32 || length[0] == 40, () -> "lengthBytes=" + length[0]);
                assertTrue(length[0] != 0 || consumer.fault() != RingFault.NONE);
            }
            assertTrue(handed > 0);
        } finally {
            ended.set(true);
            forger.join();
        }
    }

    private void takeTwo() {
        ring.offer(1);
        ring.offer(2);
        assertEquals(2, ring.poll(10).size());
    }

    private void takeAllBut(int count) {
        for (int i = 0; i < CAPACITY / Event.SHORT_LENGTH - count; i++) {
            ring.offer(i);
        }
        ring.poll(Integer.MAX_VALUE);
    }

    private void assertFault(RingFault fault) {
        assertEquals(List.of(), ring.poll(10));
        assertTrue(ring.consumer.isEmpty(), "a broken ring gives nothing to do");
        assertEquals(fault, ring.consumer.fault());
        assertTrue(ring.consumer.describeFault().startsWith(fault.text()), ring.consumer.describeFault());
    }
}
