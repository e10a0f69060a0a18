package org.carillon.launcher.command.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.HexFormat;
import java.util.List;
import org.carillon.protocol.EventType;
import org.junit.jupiter.api.Test;

final class SeenMessageTest {
    private static SeenMessage seen(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        return new SeenMessage(0, EventType.ofStatus(bytes[0] & 0xFF), bytes);
    }

    @Test
    void shouldSayEveryMessageInWordsThatSendTakes() {
        for (String hex : List.of("903c64", "9f007f", "803c00", "a03c05", "b00740", "c105", "d27f", "ef0140", "f12f",
                "f20102", "f305", "f6", "f8", "fa", "fb", "fc", "fe", "ff", "f07d010203f7", "f0f7")) {
            SeenMessage seen = seen(hex);
            List<SendWords.Message> again = SendWords.parse(SendWords.ofLine(seen.words()));

            assertEquals(1, again.size(), seen.words());
            assertArrayEquals(seen.bytes(), again.getFirst().bytes(), seen.words());
        }
    }

    @Test
    void shouldShortenLongMessagesForPeople() {
        SeenMessage dump = seen("f0" + "11".repeat(100) + "f7");

        assertEquals("F0 11 11 11 11 11 11 11 11 11 .. F7", dump.shortHex());
        assertEquals("syx 102 bytes", dump.shortWords());
        assertEquals(102 * 3 - 1, dump.hex().length());
        assertEquals("ch 1 pb 8193 (1)", seen("e00140").shortWords());
    }

    @Test
    void shouldTellWhatWasCut() {
        SeenMessage cut = seen("f07d01");

        assertFalse(cut.isWholeSysex());
        assertEquals("syx cut after 3 bytes", cut.words());
    }
}
