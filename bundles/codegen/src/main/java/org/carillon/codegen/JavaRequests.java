package org.carillon.codegen;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The requests of a schema in Java: an enum of them, a client, a handler and a dispatcher. */
final class JavaRequests {
    private static final String NOTE = "// made by carillon codegen; changes here are lost";

    private final Schema schema;
    private final String request;

    JavaRequests(Schema schema) {
        this.schema = schema;
        request = schema.name() + "Request";
    }

    Map<String, String> texts(String packageName) {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put(request, requests(packageName));
        texts.put(schema.name() + "Client", client(packageName));
        texts.put(schema.name() + "Handler", handler(packageName));
        texts.put(schema.name() + "Dispatcher", Templates.filled("java/Dispatcher.java", Map.of("package", packageName,
                "schema", schema.name(), "cases", cases().indent(12).stripTrailing())));
        return texts;
    }

    private static Code file(String packageName) {
        return new Code().lines(NOTE).lines("package " + packageName + ";").blank();
    }

    private static String comment(Request each) {
        return Comments.sentence(Comments.java(each.comment()), "The request " + each.name() + ".");
    }

    private String requests(String packageName) {
        Code code = file(packageName);
        code.lines("/** What a client may ask for, with the right that it must have. */");
        code.open("public enum " + request + " {");
        List<Request> all = schema.requests();
        for (Request each : all) {
            code.lines("/** " + comment(each) + " */");
            code.lines(each.constant() + "(" + JavaTypes.id(each.id()) + ", \"" + each.name() + "\", WireRight."
                    + each.right().name() + ", " + each.isOneWay() + ")" + (each == all.getLast() ? ";" : ","));
        }
        code.lines(Templates.filled("java/Request.java", Map.of("request", request)));
        code.blank().lines("/** The request of an id; null where there is none. */");
        code.open("public static " + request + " of(int id) {").open("return switch (id) {");
        all.forEach(each -> code.lines("case " + JavaTypes.id(each.id()) + " -> " + each.constant() + ";"));
        code.lines("default -> null;").close("};").close("}");
        return code.close("}").toString();
    }

    private String client(String packageName) {
        Code code = file(packageName);
        code.lines("import java.io.IOException;");
        if (schema.requests().stream().anyMatch(each -> !each.isOneWay())) {
            code.lines("import java.lang.foreign.MemorySegment;");
        }
        code.lines("import java.util.Objects;").blank();
        code.lines("/** Asks a server over a channel: a method for each request. */");
        code.open("public final class " + schema.name() + "Client {").lines("private final WireChannel channel;");
        code.blank().lines("/** Several clients may share a channel. */");
        code.open("public " + schema.name() + "Client(WireChannel channel) {")
                .lines("this.channel = Objects.requireNonNull(channel, \"channel\");").close("}");
        for (Request each : schema.requests()) {
            String id = request + "." + each.constant() + ".id()";
            code.blank().lines("/**").lines(" * " + comment(each)).lines(" *");
            if (each.isOneWay()) {
                code.lines(" * @throws IOException where the channel fails; nobody answers.").lines(" */");
                code.open("public void " + each.name() + "(" + each.in() + " request) throws IOException {");
                code.lines("channel.send(" + id + ", request);");
            } else {
                code.lines(" * @throws WireRefusal where the server does not grant it.")
                        .lines(" * @throws IOException where the channel fails or the reply is broken.").lines(" */");
                code.open("public " + each.out() + " " + each.name() + "(" + each.in()
                        + " request) throws IOException {");
                code.lines("MemorySegment reply = channel.call(" + id + ", request);");
                code.lines("WireReply.check(reply, " + each.out() + ".CLASS_ID);");
                code.lines("return " + each.out() + ".decode(reply, WireReply.HEADER_LENGTH,");
                code.lines("        reply.byteSize() - WireReply.HEADER_LENGTH);");
            }
            code.close("}");
        }
        return code.close("}").toString();
    }

    private String handler(String packageName) {
        Code code = file(packageName);
        code.lines("/** Answers requests: a method for each. One handler may serve one caller and know who it is. */");
        code.open("public interface " + schema.name() + "Handler {");
        for (Request each : schema.requests()) {
            code.lines("/**").lines(" * " + comment(each)).lines(" *")
                    .lines(" * @throws WireRefusal where it is not granted.").lines(" */");
            code.lines((each.isOneWay() ? "void" : each.out()) + " " + each.name() + "(" + each.in()
                    + " request) throws WireRefusal;").blank();
        }
        code.lines("/**").lines(" * Called with each refusal, whether or not anybody waits for it.").lines(" *")
                .lines(" * @param request null where nobody knows it.")
                .lines(" * @param cause null unless a method of this handler has failed.").lines(" */");
        code.lines("default void refused(" + request + " request, Refused refused, RuntimeException cause) {}");
        return code.close("}").toString();
    }

    private String cases() {
        Code code = new Code();
        for (Request each : schema.requests()) {
            String call = "handler." + each.name() + "(" + each.in() + ".decode(request, offset, length))";
            if (each.isOneWay()) {
                code.open("case " + each.constant() + " -> {").lines(call + ";").lines("yield null;").close("}");
            } else {
                code.lines("case " + each.constant() + " -> " + call + ";");
            }
        }
        return code.toString();
    }
}
