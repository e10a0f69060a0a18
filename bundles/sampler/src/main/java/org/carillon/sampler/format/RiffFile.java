package org.carillon.sampler.format;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A RIFF file, read by place and never past its end. Its chunks (Multimedia Programming Interface 1.0, "RIFF"):
 *
 * <pre>
 *  0 char[4] id   4 uint32 length   8 uint8[length] data, then a byte more where length is odd
 * </pre>
 */
final class RiffFile implements Closeable {
    static final int ID_LENGTH = 4;
    static final int LENGTH_OFFSET = 4;
    static final int HEADER_LENGTH = 8;
    /** Header and the form, such as {@code WAVE}. */
    static final int FORM_LENGTH = HEADER_LENGTH + ID_LENGTH;
    static final long MAX_UINT32 = 0xFFFF_FFFFL;
    /** Of more small chunks than any file needs the reading would take minutes. */
    static final int MAX_CHUNKS = 4_096;

    /**
     * A chunk.
     *
     * @param start    of the data.
     * @param length   of the data that is there, bytes.
     * @param declared length in the header.
     */
    record Chunk(String id, long start, long length, long declared) {
        /** Where the next chunk begins. */
        long next() {
            return start + declared + (declared & 1);
        }
    }

    private final Path file;
    private final SeekableByteChannel channel;
    private final long size;

    private RiffFile(Path file, SeekableByteChannel channel, long size) {
        this.file = file;
        this.channel = channel;
        this.size = size;
    }

    static RiffFile open(Path file) throws FormatException {
        // a device or a FIFO would hold the reader for ever
        if (!Files.isRegularFile(file)) {
            throw new FormatException(Place.of(file), "expected a file that can be read");
        }
        try {
            SeekableByteChannel channel = Files.newByteChannel(file);
            return new RiffFile(file, channel, channel.size());
        } catch (IOException e) {
            throw new FormatException(Place.of(file), "expected a file that can be read: cause=" + e.getMessage(), e);
        }
    }

    Path file() {
        return file;
    }

    long size() {
        return size;
    }

    /** The chunk at a place, cut where its parent ends; null where there is no room for one. */
    Chunk chunk(long offset, long end) throws IOException {
        long limit = Math.min(end, size);
        if (offset > limit - HEADER_LENGTH) {
            return null;
        }
        ByteBuffer header = read(offset, HEADER_LENGTH);
        long declared = header.getInt(LENGTH_OFFSET) & MAX_UINT32;
        long start = offset + HEADER_LENGTH;
        return new Chunk(id(header, 0), start, Math.min(declared, limit - start), declared);
    }

    /** The chunks in a stretch. */
    List<Chunk> chunks(long start, long end) throws IOException {
        List<Chunk> chunks = new ArrayList<>();
        for (Chunk chunk = chunk(start, end); chunk != null && chunks.size() < MAX_CHUNKS;) {
            chunks.add(chunk);
            chunk = chunk(chunk.next(), end);
        }
        return chunks;
    }

    /** Little-endian bytes of their own. */
    ByteBuffer read(long offset, int lengthBytes) throws IOException {
        if (offset < 0 || lengthBytes > size - offset) {
            throw wrong(offset, "expected " + lengthBytes + " more bytes: fileBytes=" + size);
        }
        ByteBuffer bytes = ByteBuffer.allocate(lengthBytes).order(ByteOrder.LITTLE_ENDIAN);
        read(offset, bytes);
        return bytes;
    }

    /** Fills what remains of a buffer, and flips it. */
    void read(long offset, ByteBuffer bytes) throws IOException {
        channel.position(offset);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw wrong(offset, "file became shorter while it was read: fileBytes=" + channel.size());
            }
        }
        bytes.flip();
    }

    Place at(long offset) {
        return Place.offset(file, offset);
    }

    FormatException wrong(long offset, String expected) {
        return new FormatException(at(offset), expected);
    }

    /** Room for samples; a file that claims more than memory holds is an error of that file. */
    float[][] allocate(int channels, long frames, long offset) throws FormatException {
        String expected = "expected no more frames than memory holds: frames=" + frames + ", channels=" + channels;
        if (frames > Runtime.getRuntime().maxMemory() / Float.BYTES / channels || frames > Integer.MAX_VALUE - 8) {
            throw wrong(offset, expected);
        }
        try {
            return new float[channels][(int) frames];
        } catch (OutOfMemoryError e) {
            throw new FormatException(at(offset), expected, e);
        }
    }

    static String id(ByteBuffer bytes, int index) {
        return new String(bytes.array(), index, ID_LENGTH, StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
