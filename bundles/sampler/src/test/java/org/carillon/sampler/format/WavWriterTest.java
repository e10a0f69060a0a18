package org.carillon.sampler.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.carillon.sampler.format.WavWriter.Encoding;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WavWriterTest {
    @TempDir
    Path folder;
    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("a.wav");
    }

    private Wav written(Encoding encoding, int channels, float... values) throws IOException {
        try (WavWriter writer = new WavWriter(file, 48_000, channels, encoding)) {
            writer.write(values, values.length / channels);
        }
        return WavReader.read(file);
    }

    @Test
    void shouldClampAndRoundToEven() throws IOException {
        float step = 1 / 32_768f;
        float[] in = {2, 1, -1, -7, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN, 0.5f * step,
            1.5f * step, -0.5f * step, -1.5f * step, 2.5f * step, 1 - step};
        float[] expected = {1 - step, 1 - step, -1, -1, 1 - step, -1, 0, 0, 2 * step, 0, -2 * step, 2 * step, 1 - step};
        assertArrayEquals(expected, written(Encoding.INT_16, 1, in).sample().channels()[0]);
        float fine = 1 / 8_388_608f;
        assertArrayEquals(new float[]{1 - fine, -1, 0, 2 * fine, 0.25f},
                written(Encoding.INT_24, 1, 1.5f, -1.5f, Float.NaN, 1.5f * fine, 0.25f).sample().channels()[0]);
        assertArrayEquals(new float[]{1.5f, -1.5f, 0, 0, 1e-9f}, written(Encoding.FLOAT_32, 1, 1.5f, -1.5f, Float.NaN,
                Float.POSITIVE_INFINITY, 1e-9f).sample().channels()[0]);
    }

    @Test
    void shouldGiveBackEachSixteenBitValue() throws IOException {
        float[] all = new float[1 << 16];
        for (int i = 0; i < all.length; i++) {
            all[i] = (i - 32_768) / 32_768f;
        }
        Wav wav = written(Encoding.INT_16, 1, all);
        assertArrayEquals(all, wav.sample().channels()[0]);
        assertEquals(List.of(), wav.notices());
    }

    @Test
    void shouldWriteAHeaderOfExactBytes() throws IOException {
        written(Encoding.INT_16, 2, 0.5f, -0.5f);
        byte[] expected = RiffBytes.riff("WAVE", RiffBytes.of().chunk("JUNK", RiffBytes.of().raw(new byte[28]))
                .chunk("fmt ", RiffBytes.format(1, 2, 48_000, 16)).chunk("data", RiffBytes.of().u16(0x4000, 0xC000)))
                .toBytes();
        assertArrayEquals(expected, Files.readAllBytes(file));
    }

    @Test
    void shouldPadOddDataAndStreamManyBlocks() throws IOException {
        float[] part = new float[1_000 * 3];
        Arrays.fill(part, 0.25f);
        try (WavWriter writer = new WavWriter(file, 48_000, 3, Encoding.INT_24)) {
            for (int i = 0; i < 101; i++) {
                writer.write(part, 1_000);
            }
            writer.write(part, 1);
            assertEquals(101_001, writer.frames());
        }
        assertEquals(0, Files.size(file) % 2);
        Wav wav = WavReader.read(file);
        assertEquals(101_001, wav.sample().frames());
        for (float value : wav.sample().channels()[1]) {
            assertEquals(0.25f, value);
        }
        assertEquals(1, wav.notices().size());
    }

    @Test
    void shouldBeReadableBeforeItIsFinished() throws IOException {
        try (WavWriter writer = new WavWriter(file, 48_000, 1, Encoding.FLOAT_32)) {
            writer.write(new float[1 << 15], 1 << 15);
            Wav wav = WavReader.read(file);
            assertEquals(1, wav.notices().size());
            assertEquals(1 << 14, wav.sample().frames());
        }
        assertEquals(List.of(), WavReader.read(file).notices());
    }

    @Test
    void shouldBecomeRf64WhereLengthsGrowTooLong() throws IOException {
        try (WavWriter writer = new WavWriter(file, 48_000, 1, Encoding.INT_16, 80)) {
            writer.write(new float[]{0.5f, 0.25f, -0.5f, 0, 0, 0, 0, 0, 0, 0}, 10);
        }
        ByteBuffer bytes = RiffBytes.read(file);
        assertEquals("RF64", RiffFile.id(bytes, 0));
        assertEquals(-1, bytes.getInt(4));
        assertEquals("ds64", RiffFile.id(bytes, 12));
        assertEquals(Files.size(file) - 8, bytes.getLong(20));
        assertEquals(20, bytes.getLong(28));
        assertEquals(10, bytes.getLong(36));
        Wav wav = WavReader.read(file);
        assertEquals(10, wav.sample().frames());
        assertEquals(-0.5f, wav.sample().channels()[0][2]);
        assertEquals(List.of(), wav.notices());
    }

    @Test
    void shouldRefuseWhatCannotBeWritten() throws IOException {
        assertThrows(IllegalArgumentException.class, () -> new WavWriter(file, 0, 1, Encoding.INT_16));
        assertThrows(IllegalArgumentException.class, () -> new WavWriter(file, 48_000, 65, Encoding.INT_16));
        try (WavWriter writer = new WavWriter(file, 48_000, 2, Encoding.INT_16)) {
            assertThrows(IllegalArgumentException.class, () -> writer.write(new float[3], 2));
        }
    }
}
