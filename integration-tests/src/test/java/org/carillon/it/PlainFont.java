package org.carillon.it;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The smallest sound font (SoundFont Technical Specification 2.04): one looped sine, which one instrument plays, and
 * the generators that a test gives it.
 */
final class PlainFont {
    static final int RATE_HZ = 48_000;
    static final int KEY = 69;
    static final double AMPLITUDE = 0.5;
    private static final int PERIOD_FRAMES = 100;
    /** Of the sine on its own key. */
    static final double HZ = (double) RATE_HZ / PERIOD_FRAMES;
    private static final int FRAMES = 100 * PERIOD_FRAMES;
    private static final int REST_FRAMES = 46;
    private static final int NAME_LENGTH = 20;
    private static final int INSTRUMENT = 41;
    private static final int SAMPLE_MODES = 54;
    private static final int SAMPLE = 53;

    private PlainFont() {}

    /** @param generators numbers and amounts by turns. */
    static void write(Path file, int... generators) throws IOException {
        int count = generators.length / 2 + 2;
        byte[] tables = join(chunk("phdr", join(name("p"), shorts(0, 0, 0), new byte[12], name("EOP"),
                shorts(0, 0, 1), new byte[12])), chunk("pbag", shorts(0, 0, 1, 0)), chunk("pmod", new byte[10]),
                chunk("pgen", shorts(INSTRUMENT, 0, 0, 0)),
                chunk("inst", join(name("i"), shorts(0), name("EOI"), shorts(1))),
                chunk("ibag", shorts(0, 0, count, 0)), chunk("imod", new byte[10]),
                chunk("igen", join(shorts(generators), shorts(SAMPLE_MODES, 1, SAMPLE, 0, 0, 0))),
                chunk("shdr", join(name("s"), ints(0, FRAMES, 10 * PERIOD_FRAMES, 60 * PERIOD_FRAMES, RATE_HZ),
                        new byte[]{KEY, 0}, shorts(0, 1), name("EOS"), new byte[26])));
        byte[] info = join(chunk("ifil", shorts(2, 1)), chunk("isng", name("EMU8000")), chunk("INAM", name("plain")));
        Files.write(file, chunk("RIFF", join(text("sfbk"), list("INFO", info),
                list("sdta", chunk("smpl", shorts(sine()))), list("pdta", tables))));
    }

    private static int[] sine() {
        int[] frames = new int[FRAMES + REST_FRAMES];
        for (int i = 0; i < FRAMES; i++) {
            frames[i] = (int) Math.rint(AMPLITUDE * 32_768 * Math.sin(2 * Math.PI * i / PERIOD_FRAMES));
        }
        return frames;
    }

    private static byte[] list(String form, byte[] chunks) {
        return chunk("LIST", join(text(form), chunks));
    }

    private static byte[] chunk(String id, byte[] data) {
        return join(text(id), ints(data.length), data);
    }

    private static byte[] name(String name) {
        return ByteBuffer.allocate(NAME_LENGTH).put(text(name)).array();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] shorts(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : values) {
            bytes.putShort((short) value);
        }
        return bytes.array();
    }

    private static byte[] ints(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : values) {
            bytes.putInt(value);
        }
        return bytes.array();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
