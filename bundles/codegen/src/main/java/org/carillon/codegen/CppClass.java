package org.carillon.codegen;

import java.util.ArrayList;
import java.util.List;

/** A class of a schema as a struct of C++. */
final class CppClass {
    private final Schema schema;
    private final ClassType type;
    private final Layout layout;
    private final Code code;

    CppClass(Schema schema, ClassType type, Code code) {
        this.schema = schema;
        this.type = type;
        this.code = code;
        layout = schema.layout(type.name());
    }

    void write() {
        code.lines("/** " + Comments.sentence(Comments.cpp(type.comment()), "A class of the schema " + schema.name()
                + ".") + " */");
        code.open("struct " + type.name() + " {");
        constants();
        members();
        methods();
        readAndWrite();
        rows();
        equality();
        if (!layout.fixed().isEmpty()) {
            view();
        }
        code.close("};").blank();
    }

    private void constants() {
        code.lines("/** Of the class, in packets and replies. */");
        code.lines("static constexpr std::uint32_t CLASS_ID = " + CppTypes.id(type.id()) + ";");
        code.lines("/** Of the members that stand at fixed offsets, in bytes. */");
        code.lines("static constexpr std::size_t FIXED_LENGTH = " + layout.fixedLength() + ";");
        code.lines("/** The least that a value takes, in bytes. */");
        code.lines("static constexpr std::size_t MIN_LENGTH = " + layout.minLength() + ";").blank();
    }

    private void members() {
        for (Member member : type.members()) {
            String comment = Comments.sentence(Comments.cpp(member.comment()), "");
            if (member.type() instanceof Type.Array array) {
                comment = (comment + " Elements: " + array.count() + ".").strip();
            }
            if (!comment.isEmpty()) {
                code.lines("/** " + comment + " */");
            }
            code.lines(CppTypes.name(member.type()) + " " + member.name() + CppTypes.initial(member.type()) + ";");
        }
        if (!type.members().isEmpty()) {
            code.blank();
        }
    }

    private void methods() {
        code.lines(
                "/** Reads a value that fills some bytes; where they are none of this class, to_ stays as it was. */");
        code.open("static WireStatus decode(const void* from_, std::size_t length_, " + type.name() + "& to_) {")
                .lines("return wire_decode(from_, length_, to_);").close("}").blank();
        code.lines("/** Writes the value; length_ is what it takes, also where there is too little room for it. */");
        code.open("WireStatus encode(void* to_, std::size_t capacity_, std::size_t& length_) const {")
                .lines("return wire_encode(*this, to_, capacity_, length_);").close("}").blank();
        code.lines("/** Writes the value behind what a vector holds already. */");
        code.lines("WireStatus encode(std::vector<std::uint8_t>& to_) const { return wire_append(*this, to_); }");
    }

    private void readAndWrite() {
        code.blank().open("void read_from(WireReader& in) {").lines("in.enter();");
        layout.written().forEach(member -> code.lines(reading(member) + ";"));
        code.lines("in.leave();").close("}");
        code.blank().open("void write_to(WireWriter& out_) const {").lines("out_.enter();");
        for (Member member : layout.written()) {
            if (member.type() instanceof Type.Array array) {
                code.lines("out_." + (array.isConstant() ? "check" : "count") + "(\"expected a count of "
                        + array.count() + "\", " + CppTypes.count(array) + ", this->" + member.name() + ".size());");
            }
            code.lines("out_." + switch (member.type()) {
                case Type.Bytes _ -> "write_bytes";
                case Type.Array array -> array.element() instanceof Type.Bytes ? "elements_bytes" : "elements";
                default -> "write";
            } + "(this->" + member.name() + ");");
        }
        code.lines("out_.leave();").close("}");
    }

    private String reading(Member member) {
        String name = "this->" + member.name();
        return switch (member.type()) {
            case Type.Bytes _ -> "in.read_bytes(" + name + ")";
            case Type.Array array -> {
                long length = Layout.minLength(schema, array.element());
                yield "in." + (array.element() instanceof Type.Bytes ? "elements_bytes(" : "elements(") + name + ", "
                        + (array.isConstant()
                                ? "in.room(" + CppTypes.count(array)
                                : "in.count(\"expected a count of " + array.count() + "\", " + CppTypes.count(array))
                        + ", " + length + "))";
            }
            default -> "in.read(" + name + ")";
        };
    }

    /** Where elements of arrays of several dimensions stand. */
    private void rows() {
        for (Member member : type.members()) {
            if (member.type() instanceof Type.Array array && array.sizes().size() > 1) {
                List<String> parameters = new ArrayList<>();
                String index = "";
                for (int i = 0; i < array.sizes().size(); i++) {
                    parameters.add("std::size_t index" + i + "_");
                    index = i == 0 ? "index0_"
                            : "(" + index + ") * static_cast<std::size_t>("
                                    + CppTypes.size(array.sizes().get(i)) + ") + index" + i + "_";
                }
                code.blank().lines("/** Where an element of " + member.name()
                        + " stands, by its index in each dimension; they must be below it. */");
                code.open("std::size_t " + member.name() + "_at(" + String.join(", ", parameters) + ") const {")
                        .lines("return " + index + ";").close("}");
            }
        }
    }

    private void equality() {
        List<String> same = type.members().stream()
                .map(each -> "wire_same(this->" + each.name() + ", that_." + each.name() + ")").toList();
        boolean isEmpty = same.isEmpty();
        code.blank().open("bool operator==(const " + type.name() + "&" + (isEmpty ? "" : " that_") + ") const {");
        code.lines("return " + (isEmpty ? "true" : String.join("\n        && ", same)) + ";");
        code.close("}");
        code.blank().lines("bool operator!=(const " + type.name() + "& that_) const { return !(*this == that_); }");
    }

    private void view() {
        code.blank().lines(
                "/** Reads members of fixed length where they lie, each time anew; only the length is checked. */");
        code.lines("class View {").open("public:");
        code.open("static WireStatus wrap(const void* from_, std::size_t length_, View& view_) {");
        code.open("if (length_ " + (layout.isFixed() ? "!= FIXED_LENGTH" : "< MIN_LENGTH") + ") {")
                .lines("return WireStatus{0, \"expected " + (layout.isFixed() ? "" : "at least ") + layout.minLength()
                        + " bytes\"};")
                .close("}").lines("view_ = View(static_cast<const std::uint8_t*>(from_));")
                .lines("return WireStatus{};").close("}").blank();
        code.lines("/** One that shows nothing yet. */").lines("View() = default;").blank();
        code.lines("explicit View(const std::uint8_t* from_) : at_(from_) {}");
        layout.fixed().forEach(this::accessor);
        code.close().blank().open("private:").lines("const std::uint8_t* at_ = nullptr;").close("};");
    }

    private void accessor(Layout.Fixed fixed) {
        Member member = fixed.member();
        boolean isArray = member.type() instanceof Type.Array;
        Type element = member.type() instanceof Type.Array array ? array.element() : member.type();
        String at = "at_ + " + fixed.offset() + (isArray ? " + index_ * " + Layout.minLength(schema, element) : "");
        String comment = Comments.sentence(Comments.cpp(member.comment()), "");
        code.blank();
        if (member.type() instanceof Type.Array array) {
            comment = (comment + " By index, row by row; it must be below " + array.constantCount() + ".").strip();
        }
        if (!comment.isEmpty()) {
            code.lines("/** " + comment + " */");
        }
        String result = element instanceof Type.Nested nested ? nested.className() + "::View"
                : CppTypes.name(element);
        String value = switch (element) {
            case Scalar.BOOL8 -> "*(" + at + ") != 0";
            case Scalar scalar -> "wire_load<" + CppTypes.name(scalar) + ">(" + at + ")";
            default -> result + "(" + at + ")";
        };
        code.lines(result + " " + member.name() + "(" + (isArray ? "std::size_t index_" : "") + ") const { return "
                + value + "; }");
    }
}
