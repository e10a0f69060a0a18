package org.carillon.sampler.format;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes sound into a WAV file while it is made. Whole numbers are the value times 32,768 or 8,388,608, rounded to the
 * nearest, halves to the even one, and held at the ends of their range; there is no dither, so that the same sound
 * gives the same bytes. Floats are written as they are, above full scale, too; what is no number, and among floats the
 * infinite, is written as 0.
 * <p>
 * The header is finished by {@link #close}; until then its lengths say "unknown". Beyond 4 GB the file becomes RF64
 * (EBU Tech 3306), for which its second chunk keeps the room:
 *
 * <pre>
 *  0 "RIFF" or "RF64"  4 uint32 length  8 "WAVE"
 * 12 "JUNK" or "ds64"  16 uint32 28  20 int64 riffLength  28 int64 dataLength  36 int64 frames  44 uint32 0
 * 48 "fmt ", of floats "fact", "data"
 * </pre>
 * One thread at a time, never the audio thread: it waits for the disk.
 */
public final class WavWriter implements Closeable {
    /** How numbers are written. */
    public enum Encoding {
        INT_16(2), INT_24(3), FLOAT_32(4);

        private final int lengthBytes;

        Encoding(int lengthBytes) {
            this.lengthBytes = lengthBytes;
        }
    }

    private static final int MAX_CHANNELS = 64;
    private static final int MAX_SAMPLE_RATE_HZ = 768_000;
    private static final int BLOCK_BYTES = 1 << 16;
    private static final int UNKNOWN = -1;
    private static final int JUNK_LENGTH = 28;
    /** Format of floats: a count of no extra bytes follows. */
    private static final int FLOAT_FORMAT_LENGTH = 18;
    private static final int FACT_LENGTH = 4;
    private static final int MAX_HEADER_LENGTH = 128;
    /** Of extensible formats, after their tag: {@code 00000000-0010-8000-00AA00389B71}. */
    private static final byte[] SUB_FORMAT_TAIL = {0, 0, 0, 0, 0x10, 0, (byte) 0x80, 0, 0, (byte) 0xAA, 0, 0x38,
        (byte) 0x9B, 0x71};
    /** Extra bytes of an extensible format. */
    private static final int EXTRA_LENGTH = 22;
    /** More channels than two need an extensible format, which may leave open where they stand. */
    private static final int MAX_PLAIN_CHANNELS = 2;
    private static final int NO_CHANNEL_MASK = 0;

    private final FileChannel channel;
    private final int sampleRateHz;
    private final int channels;
    private final Encoding encoding;
    private final long maxRiffLength;
    private final int headerLength;
    private final ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private long frames;

    /**
     * Begins a file; one that is there is overwritten.
     *
     * @param sampleRateHz 1 to 768,000.
     * @param channels     1 to 64.
     */
    public WavWriter(Path file, int sampleRateHz, int channels, Encoding encoding) throws IOException {
        this(file, sampleRateHz, channels, encoding, RiffFile.MAX_UINT32);
    }

    /** With a shorter way to RF64, for tests. */
    WavWriter(Path file, int sampleRateHz, int channels, Encoding encoding, long maxRiffLength) throws IOException {
        if (sampleRateHz < 1 || sampleRateHz > MAX_SAMPLE_RATE_HZ || channels < 1 || channels > MAX_CHANNELS) {
            throw new IllegalArgumentException("expected 1 to 768000 Hz and 1 to 64 channels: sampleRateHz="
                    + sampleRateHz + ", channels=" + channels);
        }
        this.sampleRateHz = sampleRateHz;
        this.channels = channels;
        this.encoding = encoding;
        this.maxRiffLength = maxRiffLength;
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING);
        ByteBuffer header = header(UNKNOWN);
        headerLength = header.remaining();
        writeAll(header);
        channel.position(headerLength);
    }

    /**
     * Appends frames.
     *
     * @param buffer interleaved, at least {@code frames} times the channels; full scale is ±1.
     */
    public void write(float[] buffer, int frames) throws IOException {
        int values = Math.multiplyExact(frames, channels);
        if (frames < 0 || values > buffer.length) {
            throw new IllegalArgumentException("expected a buffer that holds its frames: frames=" + frames
                    + ", channels=" + channels + ", length=" + buffer.length);
        }
        for (int i = 0; i < values; i++) {
            if (block.remaining() < encoding.lengthBytes) {
                flush();
            }
            put(buffer[i]);
        }
        this.frames += frames;
    }

    /** Frames written so far. */
    public long frames() {
        return frames;
    }

    /** Writes what is left and finishes the header. */
    @Override
    public void close() throws IOException {
        if (!channel.isOpen()) {
            return;
        }
        try (channel) {
            if ((dataLength() & 1) != 0) {
                if (!block.hasRemaining()) {
                    flush();
                }
                block.put((byte) 0);
            }
            flush();
            writeAll(header(headerLength - RiffFile.HEADER_LENGTH + dataLength() + (dataLength() & 1)));
        }
    }

    private void put(float value) {
        switch (encoding) {
            case INT_16 -> block.putShort((short) whole(value, 0x1p15));
            case INT_24 -> {
                int bits = whole(value, 0x1p23);
                block.putShort((short) bits).put((byte) (bits >> Short.SIZE));
            }
            default -> block.putFloat(Float.isFinite(value) ? value : 0);
        }
    }

    /** A value that is no number compares as none and becomes 0 by the cast. */
    private static int whole(float value, double scale) {
        return (int) Math.max(-scale, Math.min(Math.rint(value * scale), scale - 1));
    }

    private long dataLength() {
        return frames * channels * encoding.lengthBytes;
    }

    /** The header of a file of known length, or of an unknown one. */
    private ByteBuffer header(long riffLength) {
        boolean isLong = riffLength > maxRiffLength;
        boolean isOpen = isLong || riffLength == UNKNOWN;
        ByteBuffer bytes = ByteBuffer.allocate(MAX_HEADER_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        chunk(bytes, isLong ? "RF64" : "RIFF", isOpen ? UNKNOWN : (int) riffLength);
        bytes.put(id("WAVE"));
        chunk(bytes, isLong ? "ds64" : "JUNK", JUNK_LENGTH);
        bytes.putLong(isLong ? riffLength : 0).putLong(isLong ? dataLength() : 0).putLong(isLong ? frames : 0);
        bytes.putInt(0);
        format(bytes);
        if (encoding == Encoding.FLOAT_32) {
            chunk(bytes, "fact", FACT_LENGTH);
            bytes.putInt(isOpen ? UNKNOWN : (int) frames);
        }
        chunk(bytes, "data", isOpen ? UNKNOWN : (int) dataLength());
        return bytes.flip();
    }

    private void format(ByteBuffer bytes) {
        int tag = encoding == Encoding.FLOAT_32 ? WavFormat.TAG_FLOAT : WavFormat.TAG_INT;
        boolean isPlain = channels <= MAX_PLAIN_CHANNELS;
        int frameBytes = channels * encoding.lengthBytes;
        int bits = encoding.lengthBytes * Byte.SIZE;
        int plainLength = tag == WavFormat.TAG_FLOAT ? FLOAT_FORMAT_LENGTH : WavFormat.LENGTH;
        chunk(bytes, "fmt ", isPlain ? plainLength : WavFormat.EXTENSIBLE_LENGTH);
        bytes.putShort((short) (isPlain ? tag : WavFormat.TAG_EXTENSIBLE)).putShort((short) channels);
        bytes.putInt(sampleRateHz).putInt(sampleRateHz * frameBytes).putShort((short) frameBytes)
                .putShort((short) bits);
        if (!isPlain) {
            bytes.putShort((short) EXTRA_LENGTH).putShort((short) bits).putInt(NO_CHANNEL_MASK);
            bytes.putShort((short) tag).put(SUB_FORMAT_TAIL);
        } else if (tag == WavFormat.TAG_FLOAT) {
            bytes.putShort((short) 0);
        }
    }

    private static void chunk(ByteBuffer bytes, String id, int length) {
        bytes.put(id(id)).putInt(length);
    }

    private static byte[] id(String id) {
        return id.getBytes(StandardCharsets.ISO_8859_1);
    }

    private void flush() throws IOException {
        block.flip();
        while (block.hasRemaining()) {
            channel.write(block);
        }
        block.clear();
    }

    private void writeAll(ByteBuffer bytes) throws IOException {
        for (long next = 0; bytes.hasRemaining();) {
            next += channel.write(bytes, next);
        }
    }
}
