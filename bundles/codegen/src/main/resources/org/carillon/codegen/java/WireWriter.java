package $package$;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Writes one value into a segment that has room for it. */
final class WireWriter {
    static final ValueLayout.OfShort INT16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfInt INT32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfLong INT64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfFloat FLOAT32 = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfDouble FLOAT64 = ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final int COUNT_LENGTH = 4;

    private final MemorySegment segment;
    private long position;

    WireWriter(MemorySegment segment, long offset, long length) {
        Objects.checkFromIndexSize(offset, length, segment.byteSize());
        this.segment = segment;
        position = offset;
    }

    /** A length within the bound, for {@code encodedLength}. */
    static long checked(long length) {
        if (length > WireReader.MAX_LENGTH) {
            throw new IllegalArgumentException("expected at most " + WireReader.MAX_LENGTH + " bytes: length="
                    + length);
        }
        return length;
    }

    /** A depth within the bound, for {@code encodedLength}. */
    static void checkDepth(int depth) {
        if (depth > WireReader.MAX_DEPTH) {
            throw new IllegalArgumentException("expected fewer classes in one another: limit="
                    + WireReader.MAX_DEPTH);
        }
    }

    /** Of a text with its length, in bytes. */
    static long length(String text) {
        long length = COUNT_LENGTH;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                length += 1;
            } else if (c < 0x800) {
                length += 2;
            } else if (!Character.isSurrogate(c)) {
                length += 3;
            } else if (Character.isHighSurrogate(c) && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                length += 4;
                i++;
            } else {
                throw new IllegalArgumentException("expected Unicode, found half of a pair: index=" + i);
            }
        }
        return length;
    }

    /** Of texts with their lengths, in bytes. */
    static long length(String[] texts) {
        long length = 0;
        for (String each : texts) {
            length += length(each);
        }
        return length;
    }

    /** Of byte strings with their lengths, in bytes. */
    static long length(byte[][] values) {
        long length = 0;
        for (byte[] each : values) {
            length += COUNT_LENGTH + each.length;
        }
        return length;
    }

    private long take(long length) {
        long at = position;
        position += length;
        return at;
    }

    void bool8(boolean value) {
        int8((byte) (value ? 1 : 0));
    }

    void int8(byte value) {
        segment.set(ValueLayout.JAVA_BYTE, take(Byte.BYTES), value);
    }

    void uint8(int value) {
        int8((byte) value);
    }

    void int16(short value) {
        segment.set(INT16, take(Short.BYTES), value);
    }

    void uint16(int value) {
        int16((short) value);
    }

    void int32(int value) {
        segment.set(INT32, take(Integer.BYTES), value);
    }

    void uint32(long value) {
        int32((int) value);
    }

    void int64(long value) {
        segment.set(INT64, take(Long.BYTES), value);
    }

    void uint64(long value) {
        int64(value);
    }

    void float32(float value) {
        segment.set(FLOAT32, take(Float.BYTES), value);
    }

    void float64(double value) {
        segment.set(FLOAT64, take(Double.BYTES), value);
    }

    void bytes(byte[] value) {
        uint32(value.length);
        int8s(value);
    }

    void string(String value) {
        bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    /** The count of an array whose size is over members. */
    void count(int count) {
        int32(count);
    }

    void bool8s(boolean[] values) {
        for (boolean each : values) {
            bool8(each);
        }
    }

    void int8s(byte[] values) {
        MemorySegment.copy(values, 0, segment, ValueLayout.JAVA_BYTE, take(values.length), values.length);
    }

    void uint8s(int[] values) {
        for (int each : values) {
            uint8(each);
        }
    }

    void int16s(short[] values) {
        MemorySegment.copy(values, 0, segment, INT16, take((long) values.length * Short.BYTES), values.length);
    }

    void uint16s(int[] values) {
        for (int each : values) {
            uint16(each);
        }
    }

    void int32s(int[] values) {
        MemorySegment.copy(values, 0, segment, INT32, take((long) values.length * Integer.BYTES), values.length);
    }

    void uint32s(long[] values) {
        for (long each : values) {
            uint32(each);
        }
    }

    void int64s(long[] values) {
        MemorySegment.copy(values, 0, segment, INT64, take((long) values.length * Long.BYTES), values.length);
    }

    void uint64s(long[] values) {
        int64s(values);
    }

    void float32s(float[] values) {
        MemorySegment.copy(values, 0, segment, FLOAT32, take((long) values.length * Float.BYTES), values.length);
    }

    void float64s(double[] values) {
        MemorySegment.copy(values, 0, segment, FLOAT64, take((long) values.length * Double.BYTES), values.length);
    }
}
