package org.carillon.codegen;

import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of a class. Numbers are little-endian; nothing is aligned and nothing stands between members.
 *
 * <pre>
 *   class     its fixed part: the members of fixed length, in the order of the schema
 *             its variable part: the other members, in the order of the schema
 *   intN, uintN           N / 8 bytes, two's complement
 *   float, double         4, 8 bytes, IEEE 754; every pattern of bits is kept
 *   bool                  1 byte, 0 or 1
 *   string                uint32 length in bytes, UTF-8 without a closing 0
 *   bytes                 uint32 length, the bytes
 *   class                 its bytes; of fixed length where it has no variable part
 *   array, size constant  the elements in row-major order; of fixed length where the elements are
 *   array, size of members  uint32 count, the elements; the count must be what the size says
 * </pre>
 *
 * So every member of the fixed part stands at an offset that is known beforehand, and each count is checked against
 * integers that have been read before it. An encoded value has at most {@link #MAX_LENGTH} bytes and at most
 * {@link #MAX_DEPTH} classes in one another, and no byte follows it. A reply is the id of its class, a uint32, and the
 * bytes of the class.
 */
final class Layout {
    static final int MAX_LENGTH = 16 * 1024 * 1024;
    static final int MAX_DEPTH = 32;
    static final int COUNT_LENGTH = 4;

    /** A member at its offset from the start of its class. */
    record Fixed(Member member, int offset) {}

    private final List<Fixed> fixed = new ArrayList<>();
    private final List<Member> variable = new ArrayList<>();
    private long fixedLength;
    private long minLength;

    Layout(Schema schema, ClassType type) {
        for (Member member : type.members()) {
            long length = minLength(schema, member.type());
            if (isFixed(schema, member.type())) {
                fixed.add(new Fixed(member, (int) fixedLength));
                fixedLength = Math.min(fixedLength + length, MAX_LENGTH + 1L);
            } else {
                variable.add(member);
            }
            minLength = Math.min(minLength + length, MAX_LENGTH + 1L);
        }
    }

    static boolean isFixed(Schema schema, Type type) {
        return switch (type) {
            case Scalar _ -> true;
            case Type.Text _,Type.Bytes _ -> false;
            case Type.Nested nested -> schema.layout(nested.className()).isFixed();
            case Type.Array array -> array.isConstant() && isFixed(schema, array.element());
        };
    }

    /** The least that a value takes, in bytes; at most one more than the limit. */
    static long minLength(Schema schema, Type type) {
        return switch (type) {
            case Scalar scalar -> scalar.length();
            case Type.Text _,Type.Bytes _ -> COUNT_LENGTH;
            case Type.Nested nested -> schema.layout(nested.className()).minLength;
            case Type.Array array when array.isConstant() -> Math.min(MAX_LENGTH + 1L,
                    Math.multiplyExact(array.constantCount(), minLength(schema, array.element())));
            case Type.Array _ -> COUNT_LENGTH;
        };
    }

    /** Members of fixed length, as they are written. */
    List<Fixed> fixed() {
        return fixed;
    }

    /** The others, which are written after them. */
    List<Member> variable() {
        return variable;
    }

    /** All members as they are written. */
    List<Member> written() {
        List<Member> written = new ArrayList<>(fixed.stream().map(Fixed::member).toList());
        written.addAll(variable);
        return written;
    }

    boolean isFixed() {
        return variable.isEmpty();
    }

    long fixedLength() {
        return fixedLength;
    }

    long minLength() {
        return minLength;
    }
}
