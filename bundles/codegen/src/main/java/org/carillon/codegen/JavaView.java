package org.carillon.codegen;

/** The part of a Java record that reads members of fixed length where they lie. */
final class JavaView {
    private final Schema schema;
    private final Layout layout;
    private final Code code;

    JavaView(Schema schema, Layout layout, Code code) {
        this.schema = schema;
        this.layout = layout;
        this.code = code;
    }

    static boolean usesBytes(Layout layout) {
        return layout.fixed().stream().map(each -> element(each.member()))
                .anyMatch(type -> type instanceof Scalar scalar && scalar.length() == 1);
    }

    private static Type element(Member member) {
        return member.type() instanceof Type.Array array ? array.element() : member.type();
    }

    void write() {
        code.blank().lines("/**")
                .lines(" * Reads members of fixed length where they lie, each time anew; only the length is checked.")
                .lines(" * A view belongs to one thread.").lines(" */");
        code.open("public static final class View {");
        code.lines("private MemorySegment segment;").lines("private long offset;");
        code.blank().lines("/** One that shows nothing yet. */").lines("public View() {}");
        code.blank().lines("/**").lines(" * Shows another value.").lines(" *")
                .lines(" * @throws WireException where the piece is too short for the class"
                        + (layout.isFixed() ? " or too long." : "."))
                .lines(" * @throws IndexOutOfBoundsException where the piece is not within the segment.").lines(" */");
        code.open("public View wrap(MemorySegment segment, long offset, long length) throws WireException {");
        code.lines("Objects.checkFromIndexSize(offset, length, segment.byteSize());");
        code.open("if (length " + (layout.isFixed() ? "!= FIXED_LENGTH" : "< MIN_LENGTH") + ") {");
        code.lines("throw new WireException(0, \"expected " + (layout.isFixed() ? "" : "at least ")
                + layout.minLength() + " bytes: length=\" + length);");
        code.close("}").lines("return at(segment, offset);").close("}");
        code.blank().open("View at(MemorySegment segment, long offset) {").lines("this.segment = segment;")
                .lines("this.offset = offset;").lines("return this;").close("}");
        layout.fixed().forEach(this::accessor);
        code.close("}");
    }

    private void accessor(Layout.Fixed fixed) {
        Member member = fixed.member();
        Type element = element(member);
        boolean isArray = member.type() instanceof Type.Array;
        String comment = Comments.sentence(Comments.java(member.comment()), "");
        code.blank().lines("/** " + (comment.isEmpty() ? "As {@link #" + member.name() + "()} of the record"
                : comment) + (isArray ? " By index, row by row." : comment.isEmpty() ? "." : "") + " */");
        String parameters = (isArray ? "int index" : "") + (element instanceof Type.Nested nested
                ? (isArray ? ", " : "") + nested.className() + ".View view"
                : "");
        String at = "this.offset + " + fixed.offset() + (isArray ? " + index * " + Layout.minLength(schema, element)
                + "L" : "");
        code.open("public " + (element instanceof Type.Nested nested ? nested.className() + ".View"
                : JavaTypes.name(element)) + " " + member.name() + "(" + parameters + ") {");
        if (member.type() instanceof Type.Array array) {
            code.lines("Objects.checkIndex(index, " + array.constantCount() + ");");
        }
        code.lines("return " + (element instanceof Scalar scalar ? get(scalar, at)
                : "view.at(this.segment, " + at + ")") + ";");
        code.close("}");
    }

    private static String get(Scalar scalar, String at) {
        return switch (scalar) {
            case INT8 -> "this.segment.get(ValueLayout.JAVA_BYTE, " + at + ")";
            case UINT8 -> "this.segment.get(ValueLayout.JAVA_BYTE, " + at + ") & 0xFF";
            case BOOL8 -> "this.segment.get(ValueLayout.JAVA_BYTE, " + at + ") != 0";
            case INT16 -> "this.segment.get(WireWriter.INT16, " + at + ")";
            case UINT16 -> "this.segment.get(WireWriter.INT16, " + at + ") & 0xFFFF";
            case INT32 -> "this.segment.get(WireWriter.INT32, " + at + ")";
            case UINT32 -> "Integer.toUnsignedLong(this.segment.get(WireWriter.INT32, " + at + "))";
            case INT64, UINT64 -> "this.segment.get(WireWriter.INT64, " + at + ")";
            case FLOAT32 -> "this.segment.get(WireWriter.FLOAT32, " + at + ")";
            case FLOAT64 -> "this.segment.get(WireWriter.FLOAT64, " + at + ")";
        };
    }
}
