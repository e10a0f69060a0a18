package org.carillon.codegen;

/** How types and sizes are written in Java. */
final class JavaTypes {
    private JavaTypes() {}

    /** Unsigned types are the next wider ones; uint64 is long, its bits as they are. */
    static String name(Type type) {
        return switch (type) {
            case Scalar scalar -> switch (scalar) {
                case INT8 -> "byte";
                case INT16 -> "short";
                case INT32, UINT8, UINT16 -> "int";
                case INT64, UINT32, UINT64 -> "long";
                case FLOAT32 -> "float";
                case FLOAT64 -> "double";
                case BOOL8 -> "boolean";
            };
            case Type.Text _ -> "String";
            case Type.Bytes _ -> "byte[]";
            case Type.Nested nested -> nested.className();
            case Type.Array array -> name(array.element()) + "[]";
        };
    }

    /** Whether values are compared by what they hold only with the help of {@code Arrays}. */
    static boolean isArray(Type type) {
        return type instanceof Type.Array || type instanceof Type.Bytes;
    }

    /** Arrays of arrays and of objects, which {@code Arrays} treats otherwise. */
    static boolean isDeep(Type type) {
        return type instanceof Type.Array array && !(array.element() instanceof Scalar);
    }

    /** The largest value of an unsigned type that has a wider one in Java; 0 for others. */
    static long limit(Type type) {
        return switch (type) {
            case Scalar.UINT8 -> 0xFFL;
            case Scalar.UINT16 -> 0xFFFFL;
            case Scalar.UINT32 -> 0xFFFF_FFFFL;
            default -> 0;
        };
    }

    /** The count of an array, a long that is negative where there is none. */
    static String count(Type.Array array, String prefix) {
        if (array.isConstant()) {
            return array.constantCount() + "L";
        }
        String count = size(array.sizes().getFirst(), prefix);
        for (Expression each : array.sizes().subList(1, array.sizes().size())) {
            count = "WireCount.area(" + count + ", " + size(each, prefix) + ")";
        }
        return count;
    }

    /** @param prefix of members, such as {@code this.} */
    static String size(Expression size, String prefix) {
        return switch (size) {
            case Expression.Constant constant -> constant.value() + "L";
            case Expression.Member member when member.type() == Scalar.UINT64 ->
                "WireCount.unsigned(" + prefix + member.name() + ")";
            case Expression.Member member -> prefix + member.name();
            case Expression.Binary binary -> "WireCount." + binary.operator().word() + "("
                    + size(binary.left(), prefix) + ", " + size(binary.right(), prefix) + ")";
        };
    }

    /** An id as a constant of type int. */
    static String id(long id) {
        return String.format("0x%08X", id);
    }
}
