package org.carillon.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventTypeTest {
    private static final int CODES = 256;
    /** Length of a whole message by its status byte, from the tables of the MIDI 1.0 detailed specification. */
    private static final int[] CHANNEL_LENGTHS = {3, 3, 3, 3, 2, 2, 3};
    private static final Map<Integer, Integer> SYSTEM_LENGTHS = Map.ofEntries(Map.entry(0xF1, 2), Map.entry(0xF2, 3),
            Map.entry(0xF3, 2), Map.entry(0xF6, 1), Map.entry(0xF8, 1), Map.entry(0xFA, 1), Map.entry(0xFB, 1),
            Map.entry(0xFC, 1), Map.entry(0xFE, 1), Map.entry(0xFF, 1));

    private static int specifiedLength(int status) {
        if (status < 0x80) {
            return 0;
        }
        return status < 0xF0 ? CHANNEL_LENGTHS[(status >>> 4) - 8] : SYSTEM_LENGTHS.getOrDefault(status, 0);
    }

    @Test
    void shouldKnowEveryStatusByteAndItsLength() {
        for (int status = 0; status < CODES; status++) {
            int type = EventType.ofStatus(status);
            assertEquals(specifiedLength(status), EventType.messageLength(type), "status=" + status);
            assertEquals(specifiedLength(status) > 0, EventType.isShort(type), "status=" + status);
        }
        assertEquals(EventType.SYSEX, EventType.ofStatus(0xF0));
    }

    @Test
    void shouldGiveEachKindOfStatusATypeOfItsOwn() {
        Map<Integer, Integer> statusOf = new HashMap<>();
        for (int status = 0x80; status < CODES; status++) {
            int type = EventType.ofStatus(status);
            int kind = status < 0xF0 ? status & 0xF0 : status;
            Integer before = type < 0 ? null : statusOf.put(type, kind);
            assertTrue(before == null || before == kind, "status=" + status);
        }
        assertEquals(18, statusOf.size());
    }

    @Test
    void shouldFindEveryTypeByItsName() {
        Set<String> names = new HashSet<>();
        for (int type = EventType.BASE; type < EventType.BASE + CODES; type++) {
            String name = EventType.name(type);
            if (name != null) {
                assertTrue(names.add(name), name);
                assertEquals(type, EventType.named(name));
                assertEquals(type, EventType.named(name.toUpperCase(java.util.Locale.ROOT)));
                assertEquals(name, name.strip().toLowerCase(java.util.Locale.ROOT));
            }
        }
        assertEquals(38, names.size());
        assertEquals(-1, EventType.named("no such type"));
        assertEquals(-1, EventType.named(""));
    }

    @Test
    void shouldKeepTheKernelsOwnTypeToItself() {
        assertNull(EventType.name(EventType.OWED_NOTE_OFF));
        assertFalse(EventType.isSendable(EventType.OWED_NOTE_OFF));
        assertFalse(Event.isWellFormed(EventType.OWED_NOTE_OFF, Event.SHORT_LENGTH));
    }

    @Test
    void shouldRefuseTypesOutsideTheCodes() {
        int[] types = {Integer.MIN_VALUE, -1, 0, 1, EventType.BASE - 1, EventType.BASE + CODES, 0x10101,
            Integer.MAX_VALUE};
        for (int type : types) {
            assertFalse(EventType.isShort(type), "type=" + type);
            assertFalse(EventType.isSendable(type), "type=" + type);
            for (int length = 0; length <= Event.MAX_LENGTH; length++) {
                assertFalse(Event.isWellFormed(type, length), "type=" + type);
            }
        }
    }

    @Test
    void shouldJudgeTheLengthOfEveryType() {
        for (int type = EventType.BASE; type < EventType.BASE + CODES; type++) {
            for (int length = -1; length <= Event.MAX_LENGTH + 8; length++) {
                assertEquals(isRight(type, length), Event.isWellFormed(type, length), type + " " + length);
            }
            assertFalse(Event.isWellFormed(type, Integer.MIN_VALUE));
            assertFalse(Event.isWellFormed(type, Integer.MAX_VALUE));
        }
    }

    private static boolean isRight(int type, int length) {
        int code = type - EventType.BASE;
        if (code >= 1 && code <= 16 || code == 130 || code == 160) {
            return length == 32;
        }
        return switch (code) {
            case 0 -> length == 40;
            case 128, 129 -> length == 56;
            default -> (code == 17 || code >= 134 && code <= 149) && length >= 24 && length <= 1024;
        };
    }

    @Test
    void shouldTellChannelRealTimeAndTaskTypesApart() {
        for (int type = EventType.BASE; type < EventType.BASE + CODES; type++) {
            int code = EventType.code(type);
            assertEquals(code <= 7, EventType.hasChannel(type), "code=" + code);
            assertEquals(code >= 10 && code <= 16 && code != 14, EventType.isRealTime(type), "code=" + code);
            assertEquals(code == 128 || code == 129, EventType.isTask(type), "code=" + code);
        }
    }

    @Test
    void shouldKeepTheSizesThatOthersRelyOn() {
        assertEquals(24, Event.HEADER_LENGTH);
        assertEquals(8, Event.RING_HEADER_LENGTH);
        assertEquals(32, Event.SHORT_LENGTH);
        assertEquals(40, Event.NOTE_LENGTH);
        assertEquals(56, Event.TASK_LENGTH);
        assertEquals(1000, Event.MAX_PAYLOAD_LENGTH);
        assertEquals(56, ServerClock.LENGTH);
        assertEquals(4, Doorbell.WORD_LENGTH);
        assertEquals(1_541_120, StatusPage.LENGTH);
        for (int length = 0; length <= Event.MAX_LENGTH; length++) {
            int aligned = Event.aligned(length);
            assertTrue(aligned % 8 == 0 && aligned >= length && aligned < length + 8, "length=" + length);
        }
    }

    @Test
    void shouldKeepThePartsOfTheWordApart() {
        long word = Event.toDestination(Event.word(-2, 254, 3, Event.BEGIN | Event.END), 253);

        assertEquals(-2, Event.sourceId(word));
        assertEquals(254, Event.port(word));
        assertEquals(Event.BEGIN | Event.END, Event.flags(word));
        assertEquals(0, Event.hops(word));
        long cut = Event.withFlags(word, Event.END | Event.INCOMPLETE);
        assertEquals(Event.END | Event.INCOMPLETE, Event.flags(cut));
        assertEquals(word, Event.withFlags(cut, Event.BEGIN | Event.END));
        long forwarded = Event.forwarded(word, 9);
        assertEquals(9, Event.sourceId(forwarded));
        assertEquals(1, Event.hops(forwarded));
        assertEquals(254, Event.port(forwarded));
        assertEquals(253L, forwarded >>> 56);
    }
}
