package org.carillon.sampler.format;

import java.nio.ByteBuffer;

/** How a WAV file writes one number, little-endian; whole numbers are scaled by their most negative one. */
enum SampleCoding {
    UNSIGNED_8(1) {
        @Override
        float at(ByteBuffer bytes, int index) {
            return ((bytes.get(index) & 0xFF) - 128) / 128f;
        }
    },
    INT_16(2) {
        @Override
        float at(ByteBuffer bytes, int index) {
            return bytes.getShort(index) / 32_768f;
        }
    },
    INT_24(3) {
        @Override
        float at(ByteBuffer bytes, int index) {
            return (bytes.get(index + 2) << 16 | bytes.getShort(index) & 0xFFFF) / 8_388_608f;
        }
    },
    INT_32(4) {
        @Override
        float at(ByteBuffer bytes, int index) {
            return bytes.getInt(index) / 2_147_483_648f;
        }
    },
    FLOAT_32(4) {
        @Override
        float at(ByteBuffer bytes, int index) {
            return bytes.getFloat(index);
        }
    },
    FLOAT_64(8) {
        @Override
        float at(ByteBuffer bytes, int index) {
            return (float) bytes.getDouble(index);
        }
    };

    private final int lengthBytes;

    SampleCoding(int lengthBytes) {
        this.lengthBytes = lengthBytes;
    }

    abstract float at(ByteBuffer bytes, int index);

    int lengthBytes() {
        return lengthBytes;
    }

    /** The coding of whole numbers in so many bytes; null if there is none. */
    static SampleCoding ofInts(int lengthBytes) {
        return switch (lengthBytes) {
            case 1 -> UNSIGNED_8;
            case 2 -> INT_16;
            case 3 -> INT_24;
            case 4 -> INT_32;
            default -> null;
        };
    }

    /** The coding of floating-point numbers in so many bytes; null if there is none. */
    static SampleCoding ofFloats(int lengthBytes) {
        return switch (lengthBytes) {
            case 4 -> FLOAT_32;
            case 8 -> FLOAT_64;
            default -> null;
        };
    }
}
