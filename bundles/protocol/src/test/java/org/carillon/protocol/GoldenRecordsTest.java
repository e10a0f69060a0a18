package org.carillon.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenRecordsTest {
    static List<GoldenBlock> blocks() throws IOException {
        return GoldenFile.parse(GoldenFile.read());
    }

    static List<GoldenBlock> records() throws IOException {
        return blocks().stream().filter(block -> block.kind().equals("record")).toList();
    }

    private static byte[] made(GoldenBlock block) {
        return block.kind().equals("record")
                ? GoldenRecords.encode(block)
                : GoldenMemory.isMemory(block) ? GoldenMemory.encode(block) : GoldenPages.encode(block);
    }

    private static Map<String, String> read(GoldenBlock block) {
        return block.kind().equals("record")
                ? GoldenRecords.decode(block.bytes())
                : GoldenMemory.isMemory(block) ? GoldenMemory.decode(block) : GoldenPages.decode(block);
    }

    private static void check(GoldenBlock block, byte[] made) {
        assertArrayEquals(block.bytes(), made, block::toString);
        assertEquals(new ArrayList<>(block.fields().entrySet()), new ArrayList<>(read(block).entrySet()),
                block::toString);
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void shouldMakeTheBytesAndReadTheFields(GoldenBlock block) {
        check(block, made(block));
    }

    @Test
    void shouldHoldExactlyTheSamples() throws IOException {
        assertEquals(GoldenFile.format(GoldenSamples.all()), GoldenFile.read());
    }

    @Test
    void shouldReadWhatItWrites() throws IOException {
        assertEquals(GoldenFile.read(), GoldenFile.format(blocks()));
    }

    @Test
    void shouldHoldEveryTypeThatMayBeSent() throws IOException {
        Set<Integer> held = records().stream().map(block -> block.word("type")).collect(Collectors.toSet());
        Set<Integer> sendable = IntStream.range(EventType.BASE, EventType.BASE + 256).filter(EventType::isSendable)
                .boxed().collect(Collectors.toSet());

        assertEquals(sendable, held);
    }

    @ParameterizedTest
    @MethodSource("records")
    void shouldHoldOnlyWellFormedRecords(GoldenBlock block) {
        assertTrue(Event.isWellFormed(block.word("type"), block.bytes().length));
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void shouldFailOnEveryMutatedByte(GoldenBlock block) {
        byte[] made = made(block);
        for (int i = 0; i < block.bytes().length; i++) {
            GoldenBlock mutated = block.withBytes(mutated(block, i));
            assertThrows(AssertionError.class, () -> check(mutated, made), () -> block + " mutated");
        }
    }

    @ParameterizedTest
    @MethodSource("records")
    void shouldReadEveryByteOfARecord(GoldenBlock block) {
        for (int i = 0; i < block.bytes().length; i++) {
            assertNotEquals(block.fields(), GoldenRecords.decode(mutated(block, i)), block + ", byte " + i);
        }
    }

    private static byte[] mutated(GoldenBlock block, int index) {
        byte[] bytes = block.bytes().clone();
        bytes[index] ^= 1;
        return bytes;
    }
}
