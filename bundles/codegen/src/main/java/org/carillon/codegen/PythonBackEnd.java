package org.carillon.codegen;

import java.util.Map;

/** Python 3.9 and later: one module for a schema, which needs nothing but the standard library. */
final class PythonBackEnd implements BackEnd {
    @Override
    public Map<String, String> files(Schema schema, String packageName) {
        Map<String, String> words = Map.of("schema", schema.name(), "maxLength", String.valueOf(Layout.MAX_LENGTH),
                "maxDepth", String.valueOf(Layout.MAX_DEPTH));
        Code code = new Code().lines(Templates.filled("python/wire.py", words));
        for (ClassType type : schema.classes()) {
            code.blank().blank();
            new PythonClass(schema, type, code).write();
        }
        if (!schema.requests().isEmpty()) {
            code.blank().blank();
            requests(schema, code);
            code.blank().blank().lines(Templates.filled("python/client.py", words));
            methods(schema, code);
        }
        return Map.of(packageName.replace('.', '/') + ".py", code.toString());
    }

    private static void requests(Schema schema, Code code) {
        code.open("class " + schema.name() + "Request:");
        code.lines("\"\"\"The ids of what a client may ask for.\"\"\"").blank();
        for (Request each : schema.requests()) {
            code.lines(each.name() + " = " + PythonTypes.id(each.id()) + "  # needs the right to "
                    + each.right().word());
        }
        code.close();
    }

    private static void methods(Schema schema, Code code) {
        for (Request each : schema.requests()) {
            String id = schema.name() + "Request." + each.name();
            String comment = Comments.sentence(Comments.python(each.comment()), "The request " + each.name() + ".");
            code.open("").open("def " + each.name() + "(self, request: " + each.in() + ") -> "
                    + (each.isOneWay() ? "None" : each.out()) + ":");
            code.lines("\"\"\"" + comment + (each.isOneWay() ? " Nobody answers." : "") + "\"\"\"");
            code.lines(each.isOneWay()
                    ? "self._channel.send(" + id + ", request.encode())"
                    : "return " + each.out() + ".decode(_body(self._channel.call(" + id + ", request.encode()), "
                            + each.out() + ".CLASS_ID))");
            code.close().close();
        }
    }
}
