package org.carillon.sampler.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Bytes of RIFF files, written by hand. */
final class RiffBytes {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    static RiffBytes of() {
        return new RiffBytes();
    }

    RiffBytes text(String text) {
        return raw(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** A name of fixed length, filled with zeros. */
    RiffBytes name(String text, int length) {
        byte[] name = new byte[length];
        byte[] from = text.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(from, 0, name, 0, Math.min(from.length, length));
        return raw(name);
    }

    RiffBytes u8(int... values) {
        for (int value : values) {
            bytes.write(value);
        }
        return this;
    }

    RiffBytes u16(int... values) {
        for (int value : values) {
            u8(value, value >> 8);
        }
        return this;
    }

    RiffBytes u32(long... values) {
        for (long value : values) {
            u16((int) value, (int) (value >> 16));
        }
        return this;
    }

    RiffBytes u64(long value) {
        return u32(value, value >> 32);
    }

    RiffBytes f32(float... values) {
        for (float value : values) {
            u32(Float.floatToRawIntBits(value));
        }
        return this;
    }

    RiffBytes f64(double... values) {
        for (double value : values) {
            u64(Double.doubleToRawLongBits(value));
        }
        return this;
    }

    RiffBytes raw(byte... more) {
        bytes.writeBytes(more);
        return this;
    }

    /** A chunk, filled to an even length. */
    RiffBytes chunk(String id, RiffBytes data) {
        return chunk(id, data.size(), data);
    }

    /** A chunk whose header says something else. */
    RiffBytes chunk(String id, long declared, RiffBytes data) {
        text(id).u32(declared).raw(data.toBytes());
        return data.size() % 2 == 0 ? this : u8(0);
    }

    int size() {
        return bytes.size();
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }

    Path write(Path file) {
        try {
            return Files.write(file, toBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ByteBuffer read(Path file) throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** A RIFF file of chunks. */
    static RiffBytes riff(String form, RiffBytes chunks) {
        return of().text("RIFF").u32(4 + chunks.size()).text(form).raw(chunks.toBytes());
    }

    static RiffBytes format(int tag, int channels, int rateHz, int bits) {
        int frameBytes = channels * bits / 8;
        return of().u16(tag, channels).u32(rateHz, (long) rateHz * frameBytes).u16(frameBytes, bits);
    }

    /** A mono file of 16 bits. */
    static RiffBytes mono(int... frames) {
        return mono(of(), frames);
    }

    /** A mono file of 16 bits with further chunks before its data. */
    static RiffBytes mono(RiffBytes chunks, int... frames) {
        return riff("WAVE", of().chunk("fmt ", format(1, 1, 48_000, 16)).raw(chunks.toBytes()).chunk("data",
                of().u16(frames)));
    }

    /** Chunk {@code smpl}; loops are type, first and last frame, plays. */
    static RiffBytes sampler(int rootKey, long fraction, int[]... loops) {
        RiffBytes data = of().u32(0, 0, 20_833, rootKey, fraction, 0, 0, loops.length, 0);
        for (int[] loop : loops) {
            data.u32(0, loop[0], loop[1], loop[2], 0, loop[3]);
        }
        return of().chunk("smpl", data);
    }
}
