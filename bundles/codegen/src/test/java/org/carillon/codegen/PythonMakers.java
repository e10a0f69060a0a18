package org.carillon.codegen;

import java.util.List;
import java.util.stream.Collectors;

/** In Python. */
final class PythonMakers extends Makers {
    @Override
    void maker(Code code, Schema schema, ClassType type) {
        code.open("def " + name(schema, type.name()) + "(draw, depth):");
        for (Member member : type.members()) {
            String value = member.type() instanceof Type.Array array
                    ? "[" + draw(schema, array.element()) + " for _ in range(" + plain(array, "", "//") + ")]"
                    : sizes(type).contains(member.name())
                            ? "draw.below(" + MAX_COUNT + " if depth < " + MAX_DEPTH + " else 1)"
                            : draw(schema, member.type());
            code.lines(member.name() + " = " + value);
        }
        code.lines("return golden_" + packageOf(schema) + "." + type.name() + "(" + type.members().stream()
                .map(Member::name).collect(Collectors.joining(", ")) + ")").close().blank().blank();
    }

    private static String draw(Schema schema, Type type) {
        return switch (type) {
            case Scalar.FLOAT32 -> "draw.float32()";
            case Scalar.FLOAT64 -> "draw.float64()";
            case Scalar.BOOL8 -> "draw.truth()";
            case Scalar scalar -> "draw.number(" + scalar.length() * 8 + ", " + (scalar.word().startsWith("u")
                    ? "False"
                    : "True") + ")";
            case Type.Text _ -> "draw.string()";
            case Type.Nested nested -> name(schema, nested.className()) + "(draw, depth + 1)";
            default -> "draw.blob()";
        };
    }

    @Override
    void schemas(Code code, List<Schema> schemas) {
        code.open("SCHEMAS = {");
        for (Schema schema : schemas) {
            code.lines("\"" + packageOf(schema) + "\": (golden_" + packageOf(schema) + ", [" + schema.classes().stream()
                    .map(each -> name(schema, each.name())).collect(Collectors.joining(", ")) + "]),");
        }
        code.close("}");
    }
}
