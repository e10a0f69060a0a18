package org.carillon.sampler.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.carillon.sampler.instrument.LoopMode;
import org.carillon.sampler.instrument.Region;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WavReaderTest {
    private static final int INT = 1;
    private static final int FLOAT = 3;

    @TempDir
    Path folder;
    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("a.wav");
    }

    private Wav read(RiffBytes bytes) throws IOException {
        return WavReader.read(bytes.write(file));
    }

    private Wav read(int tag, int channels, int bits, RiffBytes data) throws IOException {
        return read(RiffBytes.riff("WAVE", RiffBytes.of().chunk("fmt ", RiffBytes.format(tag, channels, 44_100, bits))
                .chunk("data", data)));
    }

    private String error(RiffBytes bytes) {
        bytes.write(file);
        String message = assertThrows(FormatException.class, () -> WavReader.read(file)).getMessage();
        assertTrue(message.startsWith(file.toString()), message);
        return message;
    }

    private static void assertSaid(Wav wav, Notice.Kind kind, String text) {
        assertTrue(wav.notices().stream().anyMatch(n -> n.kind() == kind && n.text().contains(text)),
                wav.notices().toString());
    }

    @Test
    void shouldReadEachWholeNumber() throws IOException {
        Wav bits8 = read(INT, 1, 8, RiffBytes.of().u8(0, 128, 255));
        assertArrayEquals(new float[]{-1, 0, 127 / 128f}, bits8.sample().channels()[0]);
        Wav bits16 = read(INT, 1, 16, RiffBytes.of().u16(0x8000, 0, 0x7FFF, 0xFFFF));
        assertArrayEquals(new float[]{-1, 0, 32_767 / 32_768f, -1 / 32_768f}, bits16.sample().channels()[0]);
        Wav bits24 = read(INT, 1, 24, RiffBytes.of().u8(0, 0, 0x80, 0xFF, 0xFF, 0x7F, 1, 0x80, 0));
        assertArrayEquals(new float[]{-1, 8_388_607 / 8_388_608f, 32_769 / 8_388_608f},
                bits24.sample().channels()[0]);
        Wav bits32 = read(INT, 1, 32, RiffBytes.of().u32(0x8000_0000L, 0x4000_0000L));
        assertArrayEquals(new float[]{-1, 0.5f}, bits32.sample().channels()[0]);
        assertEquals(44_100, bits32.sample().sampleRateHz());
        assertEquals(List.of(), bits32.notices());
    }

    @Test
    void shouldReadFloatsAndSilenceWhatIsNoNumber() throws IOException {
        Wav single = read(FLOAT, 1, 32, RiffBytes.of().f32(0.25f, 2, Float.NaN, Float.NEGATIVE_INFINITY,
                1_000, 1_001));
        assertArrayEquals(new float[]{0.25f, 2, 0, 0, 1_000, 0}, single.sample().channels()[0]);
        assertSaid(single, Notice.Kind.WRONG, "values=3");
        Wav twice = read(FLOAT, 1, 64, RiffBytes.of().f64(-0.125, 1e300));
        assertArrayEquals(new float[]{-0.125f, 0}, twice.sample().channels()[0]);
    }

    @Test
    void shouldKeepChannelsApart() throws IOException {
        Wav stereo = read(INT, 2, 16, RiffBytes.of().u16(0x4000, 0xC000, 0x2000, 0xE000));
        assertArrayEquals(new float[]{0.5f, 0.25f}, stereo.sample().channels()[0]);
        assertArrayEquals(new float[]{-0.5f, -0.25f}, stereo.sample().channels()[1]);
        Wav three = read(INT, 3, 8, RiffBytes.of().u8(192, 64, 255, 160, 96, 255));
        assertArrayEquals(new float[]{0.5f, 0.25f}, three.sample().channels()[0]);
        assertArrayEquals(new float[]{-0.5f, -0.25f}, three.sample().channels()[1]);
        assertSaid(three, Notice.Kind.NOT_HONOURED, "channels=3");
    }

    @Test
    void shouldReadMoreThanABlock() throws IOException {
        int frames = 50_000;
        RiffBytes data = RiffBytes.of();
        for (int i = 0; i < frames; i++) {
            data.u16(i, -i);
        }
        Wav wav = read(INT, 2, 16, data);
        assertEquals(frames, wav.sample().frames());
        for (int i = 0; i < frames; i++) {
            assertEquals((short) i / 32_768f, wav.sample().channels()[0][i]);
            assertEquals((short) -i / 32_768f, wav.sample().channels()[1][i]);
        }
    }

    @Test
    void shouldReadExtensibleFormats() throws IOException {
        // 20 bits at the upper end of three bytes
        RiffBytes format = RiffBytes.format(0xFFFE, 1, 96_000, 24).u16(22, 20).u32(4).u16(INT).raw(new byte[14]);
        Wav wav = read(RiffBytes.riff("WAVE", RiffBytes.of().chunk("fmt ", format).chunk("data",
                RiffBytes.of().u8(0, 0, 0x40))));
        assertArrayEquals(new float[]{0.5f}, wav.sample().channels()[0]);
        assertEquals(96_000, wav.sample().sampleRateHz());
    }

    @Test
    void shouldReadLoopsAndRoot() throws IOException {
        Wav wav = read(RiffBytes.mono(RiffBytes.sampler(57, 0x8000_0000L, new int[]{0, 1, 3, 0}, new int[]{1, 0, 9, 2},
                new int[]{0, 5, 6, 0}, new int[]{0, 3, 2, 0}), 1, 2, 3, 4, 5));
        assertEquals(57, wav.root().orElseThrow().key());
        assertEquals(50, wav.root().orElseThrow().cents());
        assertEquals(List.of(new Wav.Loop(1, 4), new Wav.Loop(0, 5)), wav.loops());
        assertSaid(wav, Notice.Kind.NOT_HONOURED, "loopType=1");
        assertSaid(wav, Notice.Kind.NOT_HONOURED, "plays=2");
        assertSaid(wav, Notice.Kind.WRONG, "lastFrame=9");
        assertSaid(wav, Notice.Kind.WRONG, "firstFrame=5");
        assertSaid(wav, Notice.Kind.WRONG, "firstFrame=3, lastFrame=2");
        Region.Builder region = wav.region();
        assertEquals(LoopMode.CONTINUOUS, region.loopMode);
        assertEquals(1, region.loopStartFrame);
        assertEquals(4, region.loopEndFrame);
        assertEquals(57, region.rootKey);
        assertEquals(-50, region.tuneCents);
    }

    @Test
    void shouldReadChunkInst() throws IOException {
        RiffBytes inst = RiffBytes.of().chunk("inst", RiffBytes.of().u8(62, 10, -3, 60, 64, 1, 100));
        Wav wav = read(RiffBytes.mono(inst, 1));
        assertEquals(new Wav.Root(62, -10), wav.root().orElseThrow());
        assertEquals(new Wav.Zone(60, 64, 1, 100, -3), wav.zone().orElseThrow());
        assertEquals(10, wav.region().tuneCents);
        assertEquals(-3, wav.region().volumeDb);
        Wav both = read(RiffBytes.mono(inst.raw(RiffBytes.sampler(40, 0).toBytes()), 1));
        assertEquals(40, both.root().orElseThrow().key());
        Wav wrong = read(RiffBytes.mono(RiffBytes.of().chunk("inst", RiffBytes.of().u8(62, 0, 0, 64, 60, 1, 100)), 1));
        assertTrue(wrong.root().isEmpty() && wrong.zone().isEmpty());
        assertSaid(wrong, Notice.Kind.WRONG, "keys=64..60");
    }

    @Test
    void shouldStepOverOddChunks() throws IOException {
        Wav wav = read(RiffBytes.mono(RiffBytes.of().chunk("LIST", RiffBytes.of().u8(1, 2, 3)), 0x4000));
        assertArrayEquals(new float[]{0.5f}, wav.sample().channels()[0]);
        Wav behind = read(RiffBytes.riff("WAVE", RiffBytes.of().chunk("fmt ", RiffBytes.format(INT, 1, 8_000, 8))
                .chunk("data", RiffBytes.of().u8(192)).raw(RiffBytes.sampler(33, 0).toBytes())));
        assertEquals(33, behind.root().orElseThrow().key());
    }

    @Test
    void shouldReadWhatIsThereWhateverTheHeaderSays() throws IOException {
        for (long declared : new long[]{0xFFFF_FFFFL, 0x7FFF_FFFFL, 5}) {
            Wav wav = read(RiffBytes.riff("WAVE", RiffBytes.of().chunk("fmt ", RiffBytes.format(INT, 1, 8_000, 16))
                    .chunk("data", declared, RiffBytes.of().u16(0x4000, 0x2000))));
            assertArrayEquals(new float[]{0.5f, 0.25f}, wav.sample().channels()[0]);
            assertEquals(1, wav.notices().size(), wav.notices().toString());
        }
    }

    @Test
    void shouldTellAnUnfinishedHeaderFromAnEmptyFile() throws IOException {
        RiffBytes head = RiffBytes.of().chunk("fmt ", RiffBytes.format(INT, 1, 8_000, 16)).text("data").u32(0);
        RiffBytes unfinished = RiffBytes.of().text("RIFF").u32(36).text("WAVE").raw(head.toBytes()).u16(0x4000);
        Wav wav = read(unfinished);
        assertArrayEquals(new float[]{0.5f}, wav.sample().channels()[0]);
        assertSaid(wav, Notice.Kind.WRONG, "never finished");

        assertTrue(error(RiffBytes.riff("WAVE", head)).contains("at byte 44: expected at least one frame"));
        RiffBytes empty = RiffBytes.riff("WAVE", head.chunk("LIST", RiffBytes.of().text("INFO")));
        assertTrue(error(empty).contains("expected at least one frame: dataBytes=0"));
    }

    @Test
    void shouldReadRf64() throws IOException {
        RiffBytes chunks = RiffBytes.of().chunk("ds64", RiffBytes.of().u64(0).u64(4).u64(2).u32(0))
                .chunk("fmt ", RiffBytes.format(INT, 1, 8_000, 16))
                .chunk("data", 0xFFFF_FFFFL, RiffBytes.of().u16(0x4000, 0x2000))
                .raw(RiffBytes.sampler(41, 0).toBytes());
        Wav wav = read(RiffBytes.of().text("RF64").u32(0xFFFF_FFFFL).text("WAVE").raw(chunks.toBytes()));
        assertArrayEquals(new float[]{0.5f, 0.25f}, wav.sample().channels()[0]);
        assertEquals(41, wav.root().orElseThrow().key());
        assertEquals(List.of(), wav.notices());
    }

    @Test
    void shouldRefuseWhatMemoryDoesNotHold() throws IOException {
        // a file with a hole: 2^35 bytes of 8-bit sound, whose length the header can only give modulo 2^32
        RiffBytes.riff("WAVE", RiffBytes.of().chunk("fmt ", RiffBytes.format(INT, 1, 8_000, 8)).text("data").u32(0x100))
                .write(file);
        long frames = (1L << 35) + 0x100;
        try (RandomAccessFile hole = new RandomAccessFile(file.toFile(), "rw")) {
            hole.setLength(44 + frames);
        }
        String message = assertThrows(FormatException.class, () -> WavReader.read(file)).getMessage();
        assertTrue(message.contains("expected no more frames than memory holds: frames=" + frames), message);
    }

    @Test
    void shouldRefuseWhatIsNoSound() {
        assertTrue(error(RiffBytes.of().text("RIFF")).contains("expected 12 more bytes"));
        assertTrue(error(RiffBytes.riff("AVI ", RiffBytes.of())).contains("at byte 0: expected a RIFF or RF64 file"));
        assertTrue(error(RiffBytes.riff("WAVE", RiffBytes.of())).contains("fmt=false, data=false"));
        for (int[] wrong : new int[][]{{2, 1, 8_000, 16}, {FLOAT, 1, 8_000, 16}, {INT, 1, 8_000, 64},
            {INT, 0, 8_000, 16}, {INT, 1, 0, 16}, {INT, 1, 800_000, 16}}) {
            String message = error(RiffBytes.riff("WAVE", RiffBytes.of().chunk("fmt ", RiffBytes.format(wrong[0],
                    wrong[1], wrong[2], wrong[3])).chunk("data", RiffBytes.of().u64(0))));
            assertTrue(message.contains("at byte 20: expected"), message);
        }
        RiffBytes odd = RiffBytes.of().u16(INT, 2).u32(8_000, 24_000).u16(3, 8);
        assertTrue(error(RiffBytes.riff("WAVE", RiffBytes.of().chunk("fmt ", odd).chunk("data", RiffBytes.of().u64(0))))
                .contains("channels=2, frameBytes=3, bits=8"));
        String missing = assertThrows(FormatException.class, () -> WavReader.read(folder.resolve("none.wav")))
                .getMessage();
        assertTrue(missing.endsWith("none.wav: expected a file that can be read"), missing);
        assertThrows(FormatException.class, () -> WavReader.read(folder));
    }

    @Test
    void shouldStandEveryCut() throws IOException {
        byte[] whole = RiffBytes.mono(RiffBytes.sampler(60, 0, new int[]{0, 0, 2, 0}), 1, 2, 3, 4).toBytes();
        int played = 0;
        for (int length = 0; length < whole.length; length++) {
            RiffBytes.of().raw(Arrays.copyOf(whole, length)).write(file);
            try {
                assertFalse(WavReader.read(file).notices().isEmpty());
                played++;
            } catch (FormatException e) {
                assertFalse(e.getMessage().isBlank());
            }
        }
        assertEquals(6, played);
    }
}
