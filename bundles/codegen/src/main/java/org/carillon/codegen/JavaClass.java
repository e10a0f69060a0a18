package org.carillon.codegen;

import java.util.ArrayList;
import java.util.List;

/** A class of a schema as a record of Java. */
final class JavaClass {
    private final Schema schema;
    private final ClassType type;
    private final Layout layout;
    private final Code code = new Code();

    JavaClass(Schema schema, ClassType type) {
        this.schema = schema;
        this.type = type;
        layout = schema.layout(type.name());
    }

    String text(String packageName) {
        header(packageName);
        constants();
        constructor();
        read();
        write();
        rows();
        if (type.members().stream().anyMatch(member -> JavaTypes.isArray(member.type()))) {
            equality();
        }
        if (!layout.fixed().isEmpty()) {
            new JavaView(schema, layout, code).write();
        }
        return code.close("}").toString();
    }

    private void header(String packageName) {
        code.lines("// made by carillon codegen; changes here are lost").lines("package " + packageName + ";").blank();
        code.lines("import java.lang.foreign.MemorySegment;");
        if (!layout.fixed().isEmpty() && JavaView.usesBytes(layout)) {
            code.lines("import java.lang.foreign.ValueLayout;");
        }
        if (type.members().stream().anyMatch(member -> JavaTypes.isArray(member.type()))) {
            code.lines("import java.util.Arrays;");
        }
        code.lines("import java.util.Objects;").blank();
        code.lines("/**").lines(" * " + Comments.sentence(Comments.java(type.comment()), "A class of the schema "
                + schema.name() + "."));
        List<Member> commented = type.members().stream().filter(member -> !member.comment().isEmpty()
                || JavaTypes.isArray(member.type())).toList();
        if (!commented.isEmpty()) {
            code.lines(" *");
            commented.forEach(member -> code.lines(" * @param " + member.name() + " " + comment(member)));
        }
        code.lines(" */");
        code.list("public record " + type.name() + "(", type.members().stream()
                .map(member -> JavaTypes.name(member.type()) + " " + member.name()).toList(),
                ") implements WireMessage {");
        code.open("");
    }

    private static String comment(Member member) {
        String comment = Comments.sentence(Comments.java(member.comment()), "");
        String count = member.type() instanceof Type.Array array ? "Elements: " + array.count() + "." : "";
        return (comment + " " + count).strip();
    }

    private void constants() {
        code.lines("/** Of the class, in packets and replies. */");
        code.lines("public static final int CLASS_ID = " + JavaTypes.id(type.id()) + ";");
        code.lines("/** Of the members that stand at fixed offsets, in bytes. */");
        code.lines("public static final int FIXED_LENGTH = " + layout.fixedLength() + ";");
        code.lines("/** The least that a value takes, in bytes. */");
        code.lines("static final int MIN_LENGTH = " + layout.minLength() + ";");
    }

    private void constructor() {
        List<String> checks = new ArrayList<>();
        for (Member member : type.members()) {
            check(member, checks);
        }
        if (checks.isEmpty()) {
            return;
        }
        code.blank().lines("/**").lines(" * Arrays are taken as they are, not copied.").lines(" *")
                .lines(" * @throws IllegalArgumentException where a number or a count is not what the schema says.")
                .lines(" */");
        code.open("public " + type.name() + " {");
        checks.forEach(code::lines);
        code.close("}");
    }

    private static void check(Member member, List<String> checks) {
        String name = member.name();
        String quoted = "\"" + name + "\"";
        Type element = member.type() instanceof Type.Array array ? array.element() : member.type();
        if (!(member.type() instanceof Scalar)) {
            checks.add("Objects.requireNonNull(" + name + ", " + quoted + ");");
        }
        if (member.type() instanceof Type.Array array) {
            checks.add("WireCount.check(" + quoted + ", " + name + ".length, \"" + array.count() + "\", "
                    + JavaTypes.count(array, "") + ");");
            if (JavaTypes.isDeep(array)) {
                checks.add("WireCount.checkPresent(" + quoted + ", " + name + ");");
            }
        }
        if (JavaTypes.limit(element) > 0) {
            checks.add("WireCount.checkRange" + (member.type() instanceof Type.Array ? "s" : "") + "(" + quoted + ", "
                    + name + ", " + JavaTypes.limit(element) + "L);");
        }
    }

    private void read() {
        code.blank().lines("/**").lines(" * Reads a value that fills a piece of a segment.").lines(" *")
                .lines(" * @throws WireException where the bytes are none of this class.")
                .lines(" * @throws IndexOutOfBoundsException where the piece is not within the segment.").lines(" */");
        code.open("public static " + type.name() + " decode(MemorySegment segment, long offset, long length)")
                .lines("        throws WireException {")
                .lines("WireReader in = new WireReader(segment, offset, length);")
                .lines(type.name() + " value = readFrom(in);").lines("in.end();").lines("return value;").close("}");
        code.blank().open("static " + type.name() + " readFrom(WireReader in) throws WireException {");
        code.lines("in.enter();");
        for (Member member : layout.written()) {
            code.lines(JavaTypes.name(member.type()) + " " + member.name() + " = " + reading(member) + ";");
        }
        code.lines("in.leave();");
        code.list("return new " + type.name() + "(", type.members().stream().map(Member::name).toList(), ");");
        code.close("}");
    }

    private String reading(Member member) {
        if (!(member.type() instanceof Type.Array array)) {
            return switch (member.type()) {
                case Type.Nested nested -> nested.className() + ".readFrom(in)";
                case Type other -> "in." + word(other) + "()";
            };
        }
        long length = Layout.minLength(schema, array.element());
        String count = array.isConstant()
                ? "in.room(" + JavaTypes.count(array, "") + ", " + length + ")"
                : "in.count(\"" + array.count() + "\", " + JavaTypes.count(array, "") + ", " + length + ")";
        return switch (array.element()) {
            case Scalar scalar -> "in." + scalar.word() + "s(" + count + ")";
            case Type.Bytes _ -> "in.elements(new byte[" + count + "][], WireReader::bytes)";
            case Type.Nested nested -> "in.elements(new " + nested.className() + "[" + count + "], "
                    + nested.className() + "::readFrom)";
            default -> "in.elements(new String[" + count + "], WireReader::string)";
        };
    }

    /** The method of readers and writers. */
    private static String word(Type type) {
        return switch (type) {
            case Scalar scalar -> scalar.word();
            case Type.Bytes _ -> "bytes";
            default -> "string";
        };
    }

    private void write() {
        code.blank().lines("@Override").open("public int classId() {").lines("return CLASS_ID;").close("}");
        code.blank().lines("@Override").open("public long encodedLength() {")
                .lines("return WireWriter.checked(length(1));").close("}");
        code.blank().open("long length(int depth) {").lines("WireWriter.checkDepth(depth);");
        length();
        code.close("}");
        code.blank().lines("@Override").open("public long encode(MemorySegment segment, long offset) {")
                .lines("long length = encodedLength();").lines("writeTo(new WireWriter(segment, offset, length));")
                .lines("return length;").close("}");
        code.blank().open("void writeTo(WireWriter out) {");
        for (Member member : layout.written()) {
            writing(member);
        }
        code.close("}");
    }

    private void length() {
        long constant = 0;
        for (Member member : type.members()) {
            constant += switch (member.type()) {
                case Scalar scalar -> scalar.length();
                case Type.Bytes _ -> Layout.COUNT_LENGTH;
                case Type.Array array -> array.isConstant() ? 0 : Layout.COUNT_LENGTH;
                default -> 0;
            };
        }
        code.lines("long length = " + constant + ";");
        for (Member member : layout.written()) {
            String name = "this." + member.name();
            switch (member.type()) {
                case Scalar _ -> {
                }
                case Type.Text _ -> code.lines("length += WireWriter.length(" + name + ");");
                case Type.Bytes _ -> code.lines("length += " + name + ".length;");
                case Type.Nested _ -> code.lines("length += " + name + ".length(depth + 1);");
                case Type.Array array -> arrayLength(array, name);
            }
        }
        code.lines("return length;");
    }

    private void arrayLength(Type.Array array, String name) {
        switch (array.element()) {
            case Scalar scalar -> code.lines("length += " + scalar.length() + "L * " + name + ".length;");
            case Type.Nested nested -> code.open("for (" + nested.className() + " each : " + name + ") {")
                    .lines("length += each.length(depth + 1);").close("}");
            default -> code.lines("length += WireWriter.length(" + name + ");");
        }
    }

    private void writing(Member member) {
        String name = "this." + member.name();
        switch (member.type()) {
            case Type.Nested _ -> code.lines(name + ".writeTo(out);");
            case Type.Array array -> {
                if (!array.isConstant()) {
                    code.lines("out.count(" + name + ".length);");
                }
                switch (array.element()) {
                    case Scalar scalar -> code.lines("out." + scalar.word() + "s(" + name + ");");
                    case Type element -> code.open("for (" + JavaTypes.name(element) + " each : " + name + ") {")
                            .lines(element instanceof Type.Nested ? "each.writeTo(out);"
                                    : "out." + word(element) + "(each);")
                            .close("}");
                }
            }
            case Type other -> code.lines("out." + word(other) + "(" + name + ");");
        }
    }

    /** Elements of arrays of several dimensions, by their indexes. */
    private void rows() {
        for (Member member : type.members()) {
            if (member.type() instanceof Type.Array array && array.sizes().size() > 1) {
                List<String> parameters = new ArrayList<>();
                String index = "0";
                for (int i = 0; i < array.sizes().size(); i++) {
                    parameters.add("int index" + i);
                    index = "WireCount.index(" + index + ", " + JavaTypes.size(array.sizes().get(i), "this.")
                            + ", index" + i + ")";
                }
                code.blank()
                        .lines("/** An element of {@code " + member.name() + "}, by its index in each dimension. */");
                code.open("public " + JavaTypes.name(array.element()) + " " + member.name() + "("
                        + String.join(", ", parameters) + ") {");
                code.lines("return this." + member.name() + "[(int) " + index + "];").close("}");
            }
        }
    }

    private void equality() {
        List<String> equal = new ArrayList<>();
        List<String> hashes = new ArrayList<>();
        List<String> words = new ArrayList<>();
        for (Member member : type.members()) {
            String name = member.name();
            String deep = JavaTypes.isDeep(member.type()) ? "deep" : "";
            if (JavaTypes.isArray(member.type())) {
                equal.add("Arrays." + (deep.isEmpty() ? "equals" : "deepEquals") + "(this." + name + ", that." + name
                        + ")");
                hashes.add("Arrays." + (deep.isEmpty() ? "hashCode" : "deepHashCode") + "(this." + name + ")");
                words.add("\"" + name + "=\" + Arrays." + (deep.isEmpty() ? "toString" : "deepToString") + "(this."
                        + name + ")");
            } else {
                equal.add(member.type() instanceof Scalar scalar ? scalarEqual(scalar, name)
                        : "this." + name + ".equals(that." + name + ")");
                hashes.add("this." + name);
                words.add("\"" + name + "=\" + this." + name);
            }
        }
        code.blank().lines("@Override").open("public boolean equals(Object object) {");
        code.lines("return object instanceof " + type.name() + " that");
        equal.forEach(each -> code.lines("        && " + each + (each.equals(equal.getLast()) ? ";" : "")));
        code.close("}");
        code.blank().lines("@Override").open("public int hashCode() {").list("return Objects.hash(", hashes, ");")
                .close("}");
        code.blank().lines("@Override").open("public String toString() {");
        code.lines("return \"" + type.name() + "[\"");
        words.forEach(each -> code.lines("        + " + (each.equals(words.getFirst()) ? each
                : "\", " + each.substring(1))));
        code.lines("        + \"]\";").close("}");
    }

    private static String scalarEqual(Scalar scalar, String name) {
        return switch (scalar) {
            case FLOAT32 -> "Float.compare(this." + name + ", that." + name + ") == 0";
            case FLOAT64 -> "Double.compare(this." + name + ", that." + name + ") == 0";
            default -> "this." + name + " == that." + name;
        };
    }
}
