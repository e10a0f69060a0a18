package org.carillon.codegen;

import java.util.List;
import java.util.stream.Collectors;

/** In Java. */
final class JavaMakers extends Makers {
    @Override
    void maker(Code code, Schema schema, ClassType type) {
        String qualified = "golden." + packageOf(schema) + "." + type.name();
        code.open("private static " + qualified + " " + name(schema, type.name()) + "(Draw draw, int depth) {");
        for (Member member : type.members()) {
            String name = member.name();
            if (member.type() instanceof Type.Array array) {
                String element = typeName(schema, array.element());
                code.lines(element + "[] " + name + " = new " + (element.endsWith("[]")
                        ? element.replace("[]", "[(int) (" + plain(array, "", "/") + ")][]")
                        : element + "[(int) (" + plain(array, "", "/") + ")]") + ";");
                code.open("for (int i_ = 0; i_ < " + name + ".length; i_++) {")
                        .lines(name + "[i_] = " + draw(schema, array.element()) + ";").close("}");
            } else {
                boolean isSize = sizes(type).contains(name);
                String value = isSize ? "(" + typeName(schema, member.type()) + ") draw.below(depth < " + MAX_DEPTH
                        + " ? " + MAX_COUNT + " : 1)" : draw(schema, member.type());
                code.lines(typeName(schema, member.type()) + " " + name + " = " + value + ";");
            }
        }
        code.lines("return new " + qualified + "(" + type.members().stream().map(Member::name)
                .collect(Collectors.joining(", ")) + ");").close("}").blank();
    }

    private static String typeName(Schema schema, Type type) {
        return type instanceof Type.Nested nested ? "golden." + packageOf(schema) + "." + nested.className()
                : JavaTypes.name(type);
    }

    private static String draw(Schema schema, Type type) {
        return switch (type) {
            case Scalar scalar -> switch (scalar) {
                case INT8 -> "(byte) draw.number()";
                case INT16 -> "(short) draw.number()";
                case INT32 -> "(int) draw.number()";
                case UINT8 -> "(int) (draw.number() & 0xFF)";
                case UINT16 -> "(int) (draw.number() & 0xFFFF)";
                case UINT32 -> "draw.number() & 0xFFFFFFFFL";
                case INT64, UINT64 -> "draw.number()";
                case FLOAT32 -> "draw.float32()";
                case FLOAT64 -> "draw.float64()";
                case BOOL8 -> "draw.truth()";
            };
            case Type.Text _ -> "draw.string()";
            case Type.Nested nested -> name(schema, nested.className()) + "(draw, depth + 1)";
            default -> "draw.bytes()";
        };
    }

    @Override
    void schemas(Code code, List<Schema> schemas) {
        code.open("private static int count(String schema) {").open("return switch (schema) {");
        schemas.forEach(each -> code.lines("case \"" + packageOf(each) + "\" -> " + each.classes().size() + ";"));
        code.lines("default -> throw new IllegalArgumentException(schema);").close("};").close("}").blank();
        code.open("private static byte[] make(String schema, int index, Draw draw) {")
                .open("return switch (schema + index) {");
        for (Schema schema : schemas) {
            for (int i = 0; i < schema.classes().size(); i++) {
                String name = schema.classes().get(i).name();
                code.open("case \"" + packageOf(schema) + i + "\" -> {")
                        .lines("var value = " + name(schema, name) + "(draw, 0);")
                        .lines("byte[] bytes = new byte[(int) value.encodedLength()];")
                        .lines("value.encode(java.lang.foreign.MemorySegment.ofArray(bytes), 0);").lines("yield bytes;")
                        .close("}");
            }
        }
        code.lines("default -> throw new IllegalArgumentException(schema);").close("};").close("}").blank();
        code.open("private static byte[] again(String schema, int index, byte[] bytes) throws IOException {")
                .lines("var from = java.lang.foreign.MemorySegment.ofArray(bytes);")
                .open("return switch (schema + index) {");
        for (Schema schema : schemas) {
            for (int i = 0; i < schema.classes().size(); i++) {
                String qualified = "golden." + packageOf(schema) + "." + schema.classes().get(i).name();
                code.open("case \"" + packageOf(schema) + i + "\" -> {")
                        .lines("var value = " + qualified + ".decode(from, 0, bytes.length);")
                        .lines("byte[] to = new byte[(int) value.encodedLength()];")
                        .lines("value.encode(java.lang.foreign.MemorySegment.ofArray(to), 0);")
                        .lines("var twin = " + qualified
                                + ".decode(java.lang.foreign.MemorySegment.ofArray(to), 0, to.length);")
                        .open("if (!twin.equals(value) || twin.hashCode() != value.hashCode()) {")
                        .lines("throw new IOException(\"unequal: \" + value);").close("}");
                view(code, schema, schema.classes().get(i), qualified);
                code.lines("yield to;")
                        .close("}");
            }
        }
        code.lines("default -> throw new IllegalArgumentException(schema);").close("};").close("}");
    }

    /** What a view shows must be what has been read. */
    private static void view(Code code, Schema schema, ClassType type, String qualified) {
        List<Layout.Fixed> fixed = schema.layout(type.name()).fixed();
        if (fixed.isEmpty()) {
            return;
        }
        code.lines("var view = new " + qualified + ".View().wrap(from, 0, bytes.length);");
        for (Layout.Fixed each : fixed) {
            String name = each.member().name();
            switch (each.member().type()) {
                case Scalar _ -> same(code, "view." + name + "()", "value." + name + "()");
                case Type.Array array when array.element() instanceof Type.Nested nested -> same(code,
                        "view." + name + "(1, new golden." + packageOf(schema) + "." + nested.className()
                                + ".View()).x()",
                        "value." + name + "()[1].x()");
                case Type.Array _ -> same(code, "view." + name + "(1)", "value." + name + "()[1]");
                case Type.Nested nested -> same(code, "view." + name + "(new golden." + packageOf(schema) + "."
                        + nested.className() + ".View()).x()", "value." + name + "().x()");
                default -> throw new IllegalStateException(name);
            }
        }
    }

    private static void same(Code code, String seen, String read) {
        code.open("if (!java.util.Objects.equals(" + seen + ", " + read + ")) {")
                .lines("throw new IOException(\"otherwise in place: \" + value);").close("}");
    }
}
