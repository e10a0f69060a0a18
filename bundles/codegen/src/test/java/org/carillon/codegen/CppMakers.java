package org.carillon.codegen;

import java.util.List;

/** In C++. */
final class CppMakers extends Makers {
    @Override
    String text(List<Schema> schemas) {
        StringBuilder declared = new StringBuilder();
        schemas.forEach(schema -> schema.classes().forEach(type -> declared.append(head(schema, type)).append(";\n")));
        return declared + super.text(schemas);
    }

    private static String head(Schema schema, ClassType type) {
        return "static golden::" + packageOf(schema) + "::" + type.name() + " " + name(schema, type.name())
                + "([[maybe_unused]] Draw& draw, [[maybe_unused]] int depth)";
    }

    @Override
    void maker(Code code, Schema schema, ClassType type) {
        code.open(head(schema, type) + " {");
        code.lines("golden::" + packageOf(schema) + "::" + type.name() + " value;");
        for (Member member : type.members()) {
            String name = "value." + member.name();
            if (member.type() instanceof Type.Array array) {
                code.lines(name + ".resize(static_cast<std::size_t>(" + plain(array, "value.", "/") + "));");
                code.open("for (std::size_t i_ = 0; i_ < " + name + ".size(); i_++) {")
                        .lines(name + "[i_] = " + draw(schema, array.element()) + ";").close("}");
            } else {
                code.lines(name + " = " + (sizes(type).contains(member.name())
                        ? "static_cast<" + CppTypes.name(member.type()) + ">(draw.below(depth < " + MAX_DEPTH + " ? "
                                + MAX_COUNT + " : 1))"
                        : draw(schema, member.type())) + ";");
            }
        }
        code.lines("return value;").close("}").blank();
    }

    private static String draw(Schema schema, Type type) {
        return switch (type) {
            case Scalar.FLOAT32 -> "draw.float32()";
            case Scalar.FLOAT64 -> "draw.float64()";
            case Scalar.BOOL8 -> "draw.truth()";
            case Scalar scalar -> "static_cast<" + CppTypes.name(scalar) + ">(draw.number())";
            case Type.Text _ -> "draw.string()";
            case Type.Nested nested -> name(schema, nested.className()) + "(draw, depth + 1)";
            default -> "draw.bytes()";
        };
    }

    @Override
    void schemas(Code code, List<Schema> schemas) {
        schemas.forEach(schema -> schema.classes().forEach(type -> view(code, schema, type)));
        code.open("static std::uint32_t classes(const std::string& schema) {");
        schemas.forEach(each -> code.lines("if (schema == \"" + packageOf(each) + "\") return " + each.classes().size()
                + ";"));
        code.lines("std::abort();").close("}").blank();
        code.open("static Bytes make(const std::string& schema, std::uint32_t index, Draw& draw) {");
        each(code, schemas, "return bytes_of(%1$s(draw, 0));");
        code.close("}").blank();
        code.open("static std::string again(const std::string& schema, std::uint32_t index, const Bytes& from, "
                + "Bytes& to) {");
        each(code, schemas, "return again<%2$s>(from, to, in_place_%1$s);");
        code.close("}");
    }

    private static void each(Code code, List<Schema> schemas, String action) {
        code.lines("const std::string wanted = schema + std::to_string(index);");
        for (Schema schema : schemas) {
            for (int i = 0; i < schema.classes().size(); i++) {
                String name = schema.classes().get(i).name();
                code.lines("if (wanted == \"" + packageOf(schema) + i + "\") " + String.format(action,
                        name(schema, name), "golden::" + packageOf(schema) + "::" + name));
            }
        }
        code.lines("std::abort();");
    }

    /** Whether what a view shows is what has been read. */
    private static void view(Code code, Schema schema, ClassType type) {
        String qualified = "golden::" + packageOf(schema) + "::" + type.name();
        code.open("static bool in_place_" + name(schema, type.name()) + "([[maybe_unused]] const Bytes& from, "
                + "[[maybe_unused]] const " + qualified + "& value) {");
        List<Layout.Fixed> fixed = schema.layout(type.name()).fixed();
        if (!fixed.isEmpty()) {
            code.lines(qualified + "::View view;")
                    .lines("if (!" + qualified + "::View::wrap(from.data(), from.size(), view)) return false;");
        }
        for (Layout.Fixed each : fixed) {
            String name = each.member().name();
            Type member = each.member().type();
            boolean isArray = member instanceof Type.Array;
            Type element = member instanceof Type.Array array ? array.element() : member;
            String end = element instanceof Type.Nested ? ".x" : "";
            code.lines("if (!golden::" + packageOf(schema) + "::wire_same(view." + name + "(" + (isArray ? "1" : "")
                    + ")" + (end.isEmpty() ? "" : ".x()") + ", value." + name + (isArray ? "[1]" : "") + end
                    + ")) return false;");
        }
        code.lines("return true;").close("}").blank();
    }
}
