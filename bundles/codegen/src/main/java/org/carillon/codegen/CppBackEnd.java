package org.carillon.codegen;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** C++17: one header for a schema, which needs nothing but the standard library. */
final class CppBackEnd implements BackEnd {
    @Override
    public Map<String, String> files(Schema schema, String packageName) {
        String guard = "CARILLON_" + packageName.toUpperCase(java.util.Locale.ROOT).replace("::", "_") + "_HPP";
        Map<String, String> words = Map.of("package", packageName, "schema", schema.name(), "maxLength",
                String.valueOf(Layout.MAX_LENGTH), "maxDepth", String.valueOf(Layout.MAX_DEPTH));
        Code code = new Code().lines("// made by carillon codegen; changes here are lost").lines("#ifndef " + guard)
                .lines("#define " + guard).blank();
        for (String header : List.of("cstddef", "cstdint", "cstring", "string", "type_traits", "utility", "vector")) {
            code.lines("#include <" + header + ">");
        }
        code.blank().lines(Templates.filled("cpp/wire.hpp", words)).blank();
        for (ClassType type : ordered(schema)) {
            new CppClass(schema, type, code).write();
        }
        if (!schema.requests().isEmpty()) {
            requests(schema, code);
            code.lines(Templates.filled("cpp/client.hpp", Map.of("schema", schema.name(), "methods",
                    methods(schema).indent(4).stripTrailing()))).blank();
        }
        code.lines("} // namespace " + packageName).blank().lines("#endif");
        return Map.of(packageName.replace("::", "/") + ".hpp", code.toString());
    }

    /** Each class after those that it holds by value. */
    private static Set<ClassType> ordered(Schema schema) {
        Set<ClassType> ordered = new LinkedHashSet<>();
        schema.classes().forEach(each -> order(schema, each, new ArrayList<>(), ordered));
        return ordered;
    }

    private static void order(Schema schema, ClassType type, List<ClassType> open, Set<ClassType> ordered) {
        if (open.contains(type) || ordered.contains(type)) {
            return;
        }
        open.add(type);
        for (boolean isArray : new boolean[]{false, true}) {
            for (Member member : type.members()) {
                Type held = member.type() instanceof Type.Array array && isArray ? array.element() : member.type();
                if (held instanceof Type.Nested nested) {
                    order(schema, schema.named(nested.className()), open, ordered);
                }
            }
        }
        open.removeLast();
        ordered.add(type);
    }

    private static void requests(Schema schema, Code code) {
        code.lines("/** The ids of what a client may ask for. */");
        code.open("struct " + schema.name() + "Request {");
        for (Request each : schema.requests()) {
            code.lines("/** " + Comments.sentence(Comments.cpp(each.comment()), "") + " Needs the right to "
                    + each.right().word() + ". */");
            code.lines("static constexpr std::uint32_t " + each.name() + " = " + CppTypes.id(each.id()) + ";");
        }
        code.close("};").blank();
    }

    private static String methods(Schema schema) {
        Code code = new Code();
        for (Request each : schema.requests()) {
            String id = schema.name() + "Request::" + each.name();
            code.lines("/** " + Comments.sentence(Comments.cpp(each.comment()), "The request " + each.name() + ".")
                    + (each.isOneWay() ? " Nobody answers." : "") + " */");
            if (each.isOneWay()) {
                code.lines("WireStatus " + each.name() + "(const " + each.in() + "& request) { return tell(" + id
                        + ", request); }");
            } else {
                code.open("WireAnswer<" + each.out() + "> " + each.name() + "(const " + each.in() + "& request) {")
                        .lines("return ask<" + each.out() + ">(" + id + ", request);").close("}");
            }
            if (each != schema.requests().getLast()) {
                code.blank();
            }
        }
        return code.toString();
    }
}
