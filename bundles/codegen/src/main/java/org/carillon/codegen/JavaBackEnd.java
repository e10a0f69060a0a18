package org.carillon.codegen;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Java: a record for each class, and a client, a handler and a dispatcher for the requests. */
final class JavaBackEnd implements BackEnd {
    private static final List<String> ALWAYS = List.of("WireMessage", "WireException", "WireCount", "WireReader",
            "WireWriter");
    private static final List<String> FOR_REQUESTS = List.of("WireRight", "WireRefusal", "WireChannel", "WireReply");

    @Override
    public Map<String, String> files(Schema schema, String packageName) {
        Map<String, String> files = new LinkedHashMap<>();
        String folder = packageName.replace('.', '/') + "/";
        Map<String, String> words = Map.of("package", packageName, "schema", schema.name(), "maxLength",
                String.valueOf(Layout.MAX_LENGTH), "maxDepth", String.valueOf(Layout.MAX_DEPTH));
        ALWAYS.forEach(name -> files.put(folder + name + ".java", Templates.filled("java/" + name + ".java", words)));
        for (ClassType type : schema.classes()) {
            files.put(folder + type.name() + ".java", new JavaClass(schema, type).text(packageName));
        }
        if (!schema.requests().isEmpty()) {
            FOR_REQUESTS.forEach(
                    name -> files.put(folder + name + ".java", Templates.filled("java/" + name + ".java", words)));
            new JavaRequests(schema).texts(packageName)
                    .forEach((name, text) -> files.put(folder + name + ".java", text));
        }
        return files;
    }
}
