package org.carillon.codegen;

/** How types and sizes are written in C++. */
final class CppTypes {
    private CppTypes() {}

    static String name(Type type) {
        return switch (type) {
            case Scalar scalar -> switch (scalar) {
                case FLOAT32 -> "float";
                case FLOAT64 -> "double";
                case BOOL8 -> "bool";
                default -> "std::" + scalar.word() + "_t";
            };
            case Type.Text _ -> "std::string";
            case Type.Bytes _ -> "std::vector<std::uint8_t>";
            case Type.Nested nested -> nested.className();
            case Type.Array array -> "std::vector<" + name(array.element()) + ">";
        };
    }

    /** The value of a member that has been given none. */
    static String initial(Type type) {
        return switch (type) {
            case Scalar.BOOL8 -> " = false";
            case Scalar _ -> " = 0";
            default -> "";
        };
    }

    /** The count of an array, negative where there is none. */
    static String count(Type.Array array) {
        if (array.isConstant()) {
            return String.valueOf(array.constantCount());
        }
        String count = size(array.sizes().getFirst());
        for (Expression each : array.sizes().subList(1, array.sizes().size())) {
            count = "WireCount::area(" + count + ", " + size(each) + ")";
        }
        return count;
    }

    static String size(Expression size) {
        return switch (size) {
            case Expression.Constant constant -> String.valueOf(constant.value());
            case Expression.Member member when member.type() == Scalar.UINT64 ->
                "WireCount::of_unsigned(this->" + member.name() + ")";
            case Expression.Member member -> "this->" + member.name();
            case Expression.Binary binary -> "WireCount::" + binary.operator().word() + "(" + size(binary.left()) + ", "
                    + size(binary.right()) + ")";
        };
    }

    static String id(long id) {
        return String.format("0x%08Xu", id);
    }
}
