package org.carillon.codegen;

/** How types and sizes are written in Python. */
final class PythonTypes {
    private PythonTypes() {}

    static String name(Type type) {
        return switch (type) {
            case Scalar scalar -> switch (scalar) {
                case FLOAT32, FLOAT64 -> "float";
                case BOOL8 -> "bool";
                default -> "int";
            };
            case Type.Text _ -> "str";
            case Type.Bytes _ -> "bytes";
            case Type.Nested nested -> nested.className();
            case Type.Array array -> "List[" + name(array.element()) + "]";
        };
    }

    /** The method of readers and writers; those of arrays have an s more. */
    static String word(Type type) {
        return switch (type) {
            case Scalar scalar -> scalar.word();
            case Type.Bytes _ -> "blob";
            default -> "string";
        };
    }

    /**
     * The count of an array, negative where there is none.
     *
     * @param prefix of members, such as {@code self.}
     */
    static String count(Type.Array array, String prefix) {
        if (array.isConstant()) {
            return String.valueOf(array.constantCount());
        }
        String count = size(array.sizes().getFirst(), prefix);
        for (Expression each : array.sizes().subList(1, array.sizes().size())) {
            count = "WireCount.area(" + count + ", " + size(each, prefix) + ")";
        }
        return count;
    }

    static String size(Expression size, String prefix) {
        return switch (size) {
            case Expression.Constant constant -> String.valueOf(constant.value());
            case Expression.Member member when member.type() == Scalar.UINT64 ->
                "WireCount.of_unsigned(" + prefix + member.name() + ")";
            case Expression.Member member -> prefix + member.name();
            case Expression.Binary binary -> "WireCount." + binary.operator().word() + "("
                    + size(binary.left(), prefix) + ", " + size(binary.right(), prefix) + ")";
        };
    }

    static String id(long id) {
        return String.format("0x%08X", id);
    }
}
