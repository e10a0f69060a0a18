package org.carillon.driver.rawmidi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.carillon.protocol.EventType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MidiByteParserTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            90 3c 40                        | 90 3c 40                              | 0 | 0 | 0
            90 3c 40 3e 41 3c 00            | 90 3c 40, 90 3e 41, 90 3c 00          | 0 | 0 | 0
            c5 07 08 d0 7f                  | c5 07, c5 08, d0 7f                   | 0 | 0 | 0
            90 f8 3c fe 40 fa 3e 41         | f8, fe, 90 3c 40, fa, 90 3e 41        | 0 | 0 | 0
            90 3c 40 f9 3e fd 41            | 90 3c 40, 90 3e 41                    | 0 | 2 | 0
            3c 40 90                        | -                                     | 2 | 0 | 1
            90 3c 80 3c 40                  | 80 3c 40                              | 0 | 0 | 1
            90 80 3c 40 3d                  | 80 3c 40                              | 0 | 0 | 2
            f1 35 36                        | f1 35                                 | 1 | 0 | 0
            90 3c 40 f2 01 02 3c 40         | 90 3c 40, f2 01 02                    | 2 | 0 | 0
            90 3c 40 f6 3c                  | 90 3c 40, f6                          | 1 | 0 | 0
            90 3c 40 f4 01 f5 02            | 90 3c 40                              | 2 | 2 | 0
            f7 90 3c 40 f7 3c               | 90 3c 40                              | 3 | 0 | 0
            f0 7e f7                        | f0 7e f7                              | 0 | 0 | 0
            f0 f7                           | f0 f7                                 | 0 | 0 | 0
            f0 01 f8 02 fe f7 03            | f8, fe, f0 01 02 f7                   | 1 | 0 | 0
            f0 01 90 3c 40                  | f0 01 incomplete, 90 3c 40            | 0 | 0 | 0
            f0 01 f0 02 f7                  | f0 01 incomplete, f0 02 f7            | 0 | 0 | 0
            f0 01 f4 02                     | f0 01 incomplete                      | 1 | 1 | 0
            f0 01                           | f0 01 incomplete                      | 0 | 0 | 0
            """)
    void shouldMakeMessages(String bytes, String messages, int stray, int undefined, int unfinished) {
        ReadRing read = new ReadRing().read(bytes).end();

        assertEquals(messages == null ? List.of() : List.of(messages.split(", ")), read.messages);
        assertEquals(stray, read.counters.get(Count.STRAY_BYTES_IN));
        assertEquals(undefined, read.counters.get(Count.UNDEFINED_BYTES_IN));
        assertEquals(unfinished, read.counters.get(Count.UNFINISHED_IN));
        assertEquals(read.messages.stream().filter(each -> each.endsWith("incomplete")).count(),
                read.counters.get(Count.CUT_SYSEX_IN));
    }

    @Test
    void shouldStampMessagesWithTheReadThatCompletesThemAndSysexWithItsFirst() {
        ReadRing read = new ReadRing();
        byte[] bytes = {(byte) 0x90, 60, 64, (byte) 0xF0, 1, (byte) 0xF7, 62};
        read.read(10, bytes, 0, 2).read(20, bytes, 2, 2).read(30, bytes, 4, 1).read(40, bytes, 5, 2);

        assertEquals(List.of("90 3c 40", "f0 01 f7"), read.messages);
        assertEquals(List.of(20L, 20L), read.timesNs);
    }

    @Test
    void shouldMakeTheSameMessagesHoweverTheBytesAreCut() {
        Random random = new Random(3);
        for (int turn = 0; turn < 300; turn++) {
            byte[] bytes = new byte[random.nextInt(3_000)];
            random.nextBytes(bytes);
            for (int i = 0; i < bytes.length; i++) {
                if (random.nextInt(100) < turn % 100) {
                    bytes[i] &= 0x7F; // long system exclusive messages come about
                }
            }
            List<String> whole = new ReadRing().read(0, bytes, 0, bytes.length).end().messages;
            assertEquals(whole, inPieces(bytes, random).end().messages);
        }
    }

    private static ReadRing inPieces(byte[] bytes, Random random) {
        ReadRing read = new ReadRing();
        long timeNs = 0;
        for (int from = 0; from < bytes.length;) {
            int length = Math.min(bytes.length - from, random.nextInt(random.nextBoolean() ? 4 : 2_000));
            timeNs += random.nextInt(20_000_000);
            read.read(timeNs, bytes, from, length);
            from += length;
        }
        return read;
    }

    @Test
    void shouldReadBackWhateverIsWrittenWithRunningStatusAndRealTimeBytesAnywhere() {
        Random random = new Random(4);
        for (int turn = 0; turn < 100; turn++) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            List<String> sent = new ArrayList<>();
            List<String> realTime = new ArrayList<>();
            int running = 0;
            for (int i = 0; i < 100; i++) {
                byte[] message = message(random);
                int status = message[0] & 0xFF;
                sent.add(ReadRing.hex(message, message.length));
                for (int k = status == running && random.nextBoolean() ? 1 : 0; k < message.length; k++) {
                    if (random.nextInt(5) == 0) {
                        int clock = new int[]{0xF8, 0xFA, 0xFB, 0xFC, 0xFE, 0xFF}[random.nextInt(6)];
                        bytes.write(clock);
                        realTime.add(Integer.toHexString(clock));
                    }
                    bytes.write(message[k]);
                }
                running = status < 0xF0 ? status : 0;
            }
            List<String> come = inPieces(bytes.toByteArray(), random).end().messages;
            assertEquals(realTime, come.stream().filter(each -> each.length() == 2 && !each.equals("f6")).toList());
            assertEquals(sent, come.stream().filter(each -> each.length() > 2 || each.equals("f6")).toList());
        }
    }

    private static byte[] message(Random random) {
        int status = random.nextInt(3) == 0 ? 0xF0 | new int[]{0, 1, 2, 3, 6}[random.nextInt(5)]
                : 0x90 | random.nextInt(2);
        int length = status == 0xF0 ? 2 + random.nextInt(random.nextBoolean() ? 10 : 4_000)
                : EventType.messageLength(EventType.ofStatus(status));
        byte[] message = new byte[length];
        for (int i = 0; i < length; i++) {
            message[i] = (byte) random.nextInt(128);
        }
        message[0] = (byte) status;
        if (status == 0xF0) {
            message[length - 1] = (byte) 0xF7;
        }
        return message;
    }

    @Test
    void shouldAllocateNothing() {
        byte[] bytes = new byte[1_000];
        new Random(5).nextBytes(bytes);
        ReadRing read = new ReadRing();
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int turn = 0; turn < 1_000; turn++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            read.parser.parse(buffer.clear(), turn);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            read.drop();
        }
        assertEquals(0, least);
        assertTrue(read.counters.get(Count.MESSAGES_IN) > 1_000);
    }

    @Test
    void shouldCutASystemExclusiveMessageThatFindsNoRoomAndGoOnWithTheNext() {
        ReadRing read = new ReadRing();
        byte[] bytes = new byte[100_000];
        bytes[0] = (byte) 0xF0;
        bytes[bytes.length - 1] = (byte) 0xF7;
        read.parser.parse(ByteBuffer.wrap(bytes), 0); // nobody takes anything: more than fits

        assertEquals(1, read.counters.get(Count.CUT_SYSEX_IN));
        assertEquals(1, read.counters.get(Count.NO_ROOM_IN));
        read.drop();
        assertEquals(List.of("f0 01 f7", "90 3c 40"), read.read("f0 01 f7 90 3c 40").messages);
    }
}
