package org.carillon.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StatusPageTest {
    private static final int AT = StatusPage.portAt(3) + StatusPage.PORT_NAME;

    private final MemorySegment memory = MemorySegment.ofArray(new long[StatusPage.LENGTH / Long.BYTES]);
    private final StatusPage page = new StatusPage(memory);

    @Test
    void shouldCutNamesBetweenCharacters() {
        for (String unit : List.of("a", "\u00E9", "\u20AC", "\uD834\uDD1E")) {
            for (int prefix = 0; prefix < 4; prefix++) {
                String name = "x".repeat(prefix) + unit.repeat(100);
                int whole = name.getBytes(StandardCharsets.UTF_8).length;
                for (int limit = 0; limit <= StatusPage.MAX_NAME_LENGTH; limit++) {
                    page.nameAt(AT, name, limit);
                    String read = page.nameAt(AT);
                    int lengthBytes = read.getBytes(StandardCharsets.UTF_8).length;
                    assertTrue(name.startsWith(read), read);
                    assertFalse(read.contains("\uFFFD"), read);
                    assertTrue(lengthBytes <= limit && lengthBytes > Math.min(limit, whole) - 4, read);
                }
            }
        }
    }

    @Test
    void shouldKeepNamesThatFit() {
        String name = "\uD834\uDD1E".repeat(31) + "\u00E9";
        assertEquals(StatusPage.MAX_NAME_LENGTH, name.getBytes(StandardCharsets.UTF_8).length);
        page.nameAt(AT, name, StatusPage.MAX_NAME_LENGTH);
        assertEquals(name, page.nameAt(AT));
        page.nameAt(AT, "", StatusPage.MAX_NAME_LENGTH);
        assertEquals("", page.nameAt(AT));
    }

    @Test
    void shouldKeepSlotsApart() {
        Set<Integer> starts = new HashSet<>();
        int last = StatusPage.connectionAt(StatusPage.CONNECTION_CAPACITY - 1);
        page.nameAt(last + StatusPage.CONNECTION_FILTER, "f".repeat(StatusPage.MAX_FILTER_LENGTH),
                StatusPage.MAX_FILTER_LENGTH);
        for (int slot = 0; slot < StatusPage.SESSION_CAPACITY; slot++) {
            starts.add(StatusPage.sessionAt(slot));
        }
        for (int slot = 0; slot < StatusPage.PORT_CAPACITY; slot++) {
            starts.add(StatusPage.portAt(slot));
        }
        assertEquals(StatusPage.SESSION_CAPACITY + StatusPage.PORT_CAPACITY, starts.size());
        assertEquals(StatusPage.sessionAt(StatusPage.SESSION_CAPACITY), StatusPage.portAt(0));
        assertEquals(StatusPage.portAt(StatusPage.PORT_CAPACITY), StatusPage.connectionAt(0));
        assertEquals(StatusPage.LENGTH, last + StatusPage.CONNECTION_LENGTH);
        assertEquals('f', memory.get(ValueLayout.JAVA_BYTE, StatusPage.LENGTH - 1L));
        assertEquals(StatusPage.SESSION_LENGTH, StatusPage.SESSION_NAME + 2 + StatusPage.MAX_SESSION_NAME_LENGTH);
        assertTrue(StatusPage.PORT_NAME + 2 + StatusPage.MAX_NAME_LENGTH <= StatusPage.PORT_LENGTH);
        assertEquals(StatusPage.CONNECTION_DESTINATION_NAME,
                StatusPage.CONNECTION_SOURCE_NAME + 2 + StatusPage.MAX_NAME_LENGTH);
        assertEquals(StatusPage.CONNECTION_FILTER,
                StatusPage.CONNECTION_DESTINATION_NAME + 2 + StatusPage.MAX_NAME_LENGTH);
    }

    @Test
    void shouldKeepEveryCounterApart() {
        long value = 1;
        for (StatusCounter counter : StatusCounter.values()) {
            page.counter(counter, value++);
        }
        for (DropReason reason : DropReason.values()) {
            page.dropped(reason, value++);
        }
        value = 1;
        for (StatusCounter counter : StatusCounter.values()) {
            assertEquals(value++, page.counter(counter), counter.word());
        }
        for (DropReason reason : DropReason.values()) {
            assertEquals(value++, page.dropped(reason), reason.word());
        }
        assertEquals(1, memory.get(Layouts.LONG, 384));
        assertEquals(StatusCounter.values().length + 1, memory.get(Layouts.LONG, 640));
        assertEquals("events-in", StatusCounter.EVENTS_IN.word());
        assertEquals("sysex-queue-full", DropReason.SYSEX_QUEUE_FULL.word());
    }

    @Test
    void shouldTellAReaderThatTheTablesChanged() {
        long sequence = page.beginRead();
        assertTrue(page.isStill(sequence));
        page.beginChange();
        assertFalse(page.isStill(sequence));
        page.endChange();
        assertFalse(page.isStill(sequence));
        assertTrue(page.isStill(page.beginRead()));
    }

    @Test
    void shouldRefuseAPageThatIsTooShort() {
        MemorySegment shorter = memory.asSlice(0, StatusPage.LENGTH - 8L);
        assertThrows(IllegalArgumentException.class, () -> new StatusPage(shorter));
    }

    @Test
    void shouldShareItsClock() {
        page.clock().set(77, 11, 1.0);
        assertEquals(77, new ServerClock(memory.asSlice(128, ServerClock.LENGTH)).serverNs(11));
    }

    @Test
    void shouldClearNothingButTheSlot() {
        memory.fill((byte) 1);
        page.clear(StatusPage.portAt(5), StatusPage.PORT_LENGTH);
        for (int i = 0; i < StatusPage.PORT_LENGTH; i++) {
            assertEquals(0, memory.get(ValueLayout.JAVA_BYTE, StatusPage.portAt(5) + (long) i));
        }
        assertEquals(1, memory.get(ValueLayout.JAVA_BYTE, StatusPage.portAt(5) - 1L));
        assertEquals(1, memory.get(ValueLayout.JAVA_BYTE, StatusPage.portAt(6)));
    }
}
