package org.carillon.sampler.format;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Chunk {@code fmt }:
 *
 * <pre>
 *  0 uint16 tag  2 uint16 channels  4 uint32 sampleRateHz  8 uint32 bytesPerSecond  12 uint16 frameBytes
 * 14 uint16 bits, which is all of a plain format
 * 16 uint16 extraLength  18 uint16 validBits  20 uint32 channelMask  24 uint8[16] sub-format, which begins with a tag
 * </pre>
 * Fewer bits than fill their bytes stand at the upper end, so that the bytes are read as one number.
 */
record WavFormat(SampleCoding coding, int channels, int sampleRateHz, int frameBytes) {
    static final int TAG_INT = 1;
    static final int TAG_FLOAT = 3;
    static final int TAG_EXTENSIBLE = 0xFFFE;
    static final int TAG_OFFSET = 0;
    static final int CHANNELS_OFFSET = 2;
    static final int RATE_OFFSET = 4;
    static final int FRAME_BYTES_OFFSET = 12;
    static final int BITS_OFFSET = 14;
    static final int LENGTH = 16;
    static final int SUB_FORMAT_OFFSET = 24;
    static final int EXTENSIBLE_LENGTH = 40;
    private static final int MAX_SAMPLE_RATE_HZ = 768_000;

    static WavFormat read(RiffFile file, RiffFile.Chunk chunk) throws IOException {
        if (chunk.length() < LENGTH) {
            throw file.wrong(chunk.start(), "expected 16 bytes of format: bytes=" + chunk.length());
        }
        ByteBuffer bytes = file.read(chunk.start(), (int) Math.min(chunk.length(), EXTENSIBLE_LENGTH));
        int tag = bytes.getShort(TAG_OFFSET) & 0xFFFF;
        if (tag == TAG_EXTENSIBLE && bytes.capacity() >= EXTENSIBLE_LENGTH) {
            tag = bytes.getShort(SUB_FORMAT_OFFSET) & 0xFFFF;
        }
        int channels = bytes.getShort(CHANNELS_OFFSET) & 0xFFFF;
        long rateHz = bytes.getInt(RATE_OFFSET) & RiffFile.MAX_UINT32;
        int frameBytes = bytes.getShort(FRAME_BYTES_OFFSET) & 0xFFFF;
        int bits = bytes.getShort(BITS_OFFSET) & 0xFFFF;
        if (channels == 0 || frameBytes % channels != 0 || bits > frameBytes / channels * Byte.SIZE || bits == 0) {
            throw file.wrong(chunk.start(), "expected frames that hold their channels: channels=" + channels
                    + ", frameBytes=" + frameBytes + ", bits=" + bits);
        }
        if (rateHz == 0 || rateHz > MAX_SAMPLE_RATE_HZ) {
            throw file.wrong(chunk.start(), "expected a sample rate of 1 to 768000 Hz: sampleRateHz=" + rateHz);
        }
        SampleCoding coding = switch (tag) {
            case TAG_INT -> SampleCoding.ofInts(frameBytes / channels);
            case TAG_FLOAT -> SampleCoding.ofFloats(frameBytes / channels);
            default -> null;
        };
        if (coding == null) {
            throw file.wrong(chunk.start(), "expected whole numbers of 8 to 32 bits or floats of 32 or 64: formatTag="
                    + tag + ", bits=" + bits + ", bytes=" + frameBytes / channels);
        }
        return new WavFormat(coding, channels, (int) rateHz, frameBytes);
    }
}
