package org.carillon.launcher.command.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.CarillonException.Kind;
import org.junit.jupiter.api.Test;

final class SendWordsTest {
    @Test
    void shouldTurnWordsIntoMessages() {
        assertEquals("903c64 803c00", hex("on C4 100 off 60"));
        assertEquals("9f4201 bf0740 cf05", hex("ch 16 on F#4 1 cc 7 64 pc 5"));
        assertEquals("e00040 f20102 a00001 d07f", hex("pb 8192 spp 257 pp C-1 1 cp 127"));
        assertEquals("f07d01f7 fa f8 fe", hex("syx 7D 1 start clock as"));
    }

    @Test
    void shouldDateWhatFollows() {
        assertEquals(List.of(0L, 500_000_000L), SendWords.parse(List.of("stop at +0.5 start".split(" "))).stream()
                .map(SendWords.Message::delayNs).toList());
    }

    @Test
    void shouldTakeHoursMinutesAndSeconds() {
        assertEquals(List.of(1_500_000_000L, 61_000_000_000L, 3_600_000_000_000L), SendWords.parse(List.of(
                "at +00:00:01.500 stop at +1:01 stop at +1:00:00 stop".split(" "))).stream()
                .map(SendWords.Message::delayNs).toList());
    }

    @Test
    void shouldReadLinesOneAfterTheOther() {
        SendWords lines = new SendWords();

        assertEquals(List.of("ch", "3", "on", "F#3", "1"), SendWords.ofLine("  ch 3 on\tF#3 1 # three sharps"));
        assertEquals(List.of(), SendWords.ofLine("# nothing"));
        lines.read(SendWords.ofLine("ch 3 at +1 on F#3 1"));
        SendWords.Message next = lines.read(SendWords.ofLine("pc 5")).getFirst();
        assertEquals("c205", HexFormat.of().formatHex(next.bytes()));
        assertEquals(0, next.delayNs());
    }

    @Test
    void shouldRefuseWhatMakesNoSense() {
        for (String words : List.of("on", "on H4 1", "on C4 128", "ch 17", "ch 0", "on G#9 1", "at 5", "wrong",
                "cc 1 x", "pb 16384")) {
            assertEquals(Kind.WRONG_USAGE, assertThrows(CarillonException.class, () -> hex(words), words).kind());
        }
    }

    private static String hex(String words) {
        return SendWords.parse(List.of(words.split(" "))).stream().map(each -> HexFormat.of().formatHex(each.bytes()))
                .collect(Collectors.joining(" "));
    }
}
