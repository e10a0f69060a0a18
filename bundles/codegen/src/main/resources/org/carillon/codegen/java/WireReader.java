package $package$;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Reads one value and checks each length and count before it is used. */
final class WireReader {
    static final long MAX_LENGTH = $maxLength$;
    static final int MAX_DEPTH = $maxDepth$;

    private final MemorySegment segment;
    private final long start;
    private final long end;
    private long position;
    private int depth;

    /** How the elements of an array are read. */
    interface Element<T> {
        T read(WireReader in) throws WireException;
    }

    WireReader(MemorySegment segment, long offset, long length) throws WireException {
        Objects.checkFromIndexSize(offset, length, segment.byteSize());
        this.segment = segment;
        start = offset;
        end = offset + length;
        position = offset;
        if (length > MAX_LENGTH) {
            throw wrong("expected at most " + MAX_LENGTH + " bytes: length=" + length);
        }
    }

    private WireException wrong(String reason) {
        return wrong(position, reason);
    }

    private WireException wrong(long at, String reason) {
        return new WireException(at - start, reason);
    }

    /** Returns where the next bytes are, which are there. */
    private long take(long length) throws WireException {
        if (length > end - position) {
            throw wrong("expected more bytes: wanted=" + length + ", left=" + (end - position));
        }
        long at = position;
        position += length;
        return at;
    }

    /** Where a class begins. */
    void enter() throws WireException {
        if (++depth > MAX_DEPTH) {
            throw wrong("expected fewer classes in one another: limit=" + MAX_DEPTH);
        }
    }

    /** Where a class ends. */
    void leave() {
        depth--;
    }

    /** Where the value ends. */
    void end() throws WireException {
        if (position < end) {
            throw wrong("expected no more bytes: left=" + (end - position));
        }
    }

    /** The stored count of an array whose size is over members. */
    int count(String size, long expected, long elementLength) throws WireException {
        long at = position;
        long count = uint32();
        if (count != expected) {
            throw wrong(at, "expected a count of " + size + ": count=" + count + ", expected="
                    + (expected < 0 ? "none" : Long.toString(expected)));
        }
        return room(count, elementLength);
    }

    /** A count for whose elements there are bytes enough. */
    int room(long count, long elementLength) throws WireException {
        if (count > (end - position) / elementLength) {
            throw wrong("expected more bytes: count=" + count + ", left=" + (end - position));
        }
        return (int) count;
    }

    boolean bool8() throws WireException {
        byte value = segment.get(ValueLayout.JAVA_BYTE, take(Byte.BYTES));
        if (value != 0 && value != 1) {
            throw wrong(position - 1, "expected 0 or 1: value=" + (value & 0xFF));
        }
        return value == 1;
    }

    byte int8() throws WireException {
        return segment.get(ValueLayout.JAVA_BYTE, take(Byte.BYTES));
    }

    int uint8() throws WireException {
        return int8() & 0xFF;
    }

    short int16() throws WireException {
        return segment.get(WireWriter.INT16, take(Short.BYTES));
    }

    int uint16() throws WireException {
        return int16() & 0xFFFF;
    }

    int int32() throws WireException {
        return segment.get(WireWriter.INT32, take(Integer.BYTES));
    }

    long uint32() throws WireException {
        return Integer.toUnsignedLong(int32());
    }

    long int64() throws WireException {
        return segment.get(WireWriter.INT64, take(Long.BYTES));
    }

    long uint64() throws WireException {
        return int64();
    }

    float float32() throws WireException {
        return segment.get(WireWriter.FLOAT32, take(Float.BYTES));
    }

    double float64() throws WireException {
        return segment.get(WireWriter.FLOAT64, take(Double.BYTES));
    }

    byte[] bytes() throws WireException {
        int length = room(uint32(), 1);
        return segment.asSlice(take(length), length).toArray(ValueLayout.JAVA_BYTE);
    }

    String string() throws WireException {
        long at = position;
        byte[] bytes = bytes();
        int ascii = 0;
        while (ascii < bytes.length && bytes[ascii] >= 0) {
            ascii++;
        }
        if (ascii == bytes.length) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw wrong(at, "expected UTF-8: length=" + bytes.length);
        }
    }

    boolean[] bool8s(int count) throws WireException {
        boolean[] values = new boolean[count];
        for (int i = 0; i < count; i++) {
            values[i] = bool8();
        }
        return values;
    }

    byte[] int8s(int count) throws WireException {
        return segment.asSlice(take(count), count).toArray(ValueLayout.JAVA_BYTE);
    }

    int[] uint8s(int count) throws WireException {
        int[] values = new int[count];
        for (int i = 0; i < count; i++) {
            values[i] = uint8();
        }
        return values;
    }

    short[] int16s(int count) throws WireException {
        short[] values = new short[count];
        MemorySegment.copy(segment, WireWriter.INT16, take((long) count * Short.BYTES), values, 0, count);
        return values;
    }

    int[] uint16s(int count) throws WireException {
        int[] values = new int[count];
        for (int i = 0; i < count; i++) {
            values[i] = uint16();
        }
        return values;
    }

    int[] int32s(int count) throws WireException {
        int[] values = new int[count];
        MemorySegment.copy(segment, WireWriter.INT32, take((long) count * Integer.BYTES), values, 0, count);
        return values;
    }

    long[] uint32s(int count) throws WireException {
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = uint32();
        }
        return values;
    }

    long[] int64s(int count) throws WireException {
        long[] values = new long[count];
        MemorySegment.copy(segment, WireWriter.INT64, take((long) count * Long.BYTES), values, 0, count);
        return values;
    }

    long[] uint64s(int count) throws WireException {
        return int64s(count);
    }

    float[] float32s(int count) throws WireException {
        float[] values = new float[count];
        MemorySegment.copy(segment, WireWriter.FLOAT32, take((long) count * Float.BYTES), values, 0, count);
        return values;
    }

    double[] float64s(int count) throws WireException {
        double[] values = new double[count];
        MemorySegment.copy(segment, WireWriter.FLOAT64, take((long) count * Double.BYTES), values, 0, count);
        return values;
    }

    /** Fills an array whose count has been checked. */
    <T> T[] elements(T[] array, Element<T> element) throws WireException {
        for (int i = 0; i < array.length; i++) {
            array[i] = element.read(this);
        }
        return array;
    }
}
