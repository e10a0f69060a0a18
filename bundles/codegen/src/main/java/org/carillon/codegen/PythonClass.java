package org.carillon.codegen;

import java.util.ArrayList;
import java.util.List;

/** A class of a schema as a data class of Python. */
final class PythonClass {
    private final Schema schema;
    private final ClassType type;
    private final Layout layout;
    private final Code code;

    PythonClass(Schema schema, ClassType type, Code code) {
        this.schema = schema;
        this.type = type;
        this.code = code;
        layout = schema.layout(type.name());
    }

    void write() {
        code.lines("@dataclass").open("class " + type.name() + ":");
        documentation();
        code.lines("CLASS_ID: ClassVar[int] = " + PythonTypes.id(type.id()));
        code.lines("FIXED_LENGTH: ClassVar[int] = " + layout.fixedLength());
        code.lines("MIN_LENGTH: ClassVar[int] = " + layout.minLength());
        if (!type.members().isEmpty()) {
            code.blank();
        }
        type.members().forEach(each -> code.lines(each.name() + ": " + PythonTypes.name(each.type())));
        methods();
        read();
        writeTo();
        rows();
        if (!layout.fixed().isEmpty()) {
            view();
        }
        code.close();
    }

    private void documentation() {
        String comment = Comments.sentence(Comments.python(type.comment()), "A class of the schema " + schema.name()
                + ".");
        List<String> members = new ArrayList<>();
        for (Member member : type.members()) {
            String words = Comments.sentence(Comments.python(member.comment()), "");
            if (member.type() instanceof Type.Array array) {
                words = (words + " Elements: " + array.count() + ".").strip();
            }
            if (!words.isEmpty()) {
                members.add(member.name() + ": " + words);
            }
        }
        if (members.isEmpty()) {
            code.lines("\"\"\"" + comment + "\"\"\"").blank();
        } else {
            code.lines("\"\"\"" + comment).blank();
            members.forEach(code::lines);
            code.lines("\"\"\"").blank();
        }
    }

    private void methods() {
        code.blank().lines("@staticmethod").open("def decode(_data: Buffer) -> " + type.name() + ":")
                .lines("\"\"\"Reads a value that fills a buffer; raises WireError where its bytes are none.\"\"\"")
                .lines("return _decoded(" + type.name() + ", _data)").close();
        code.blank().open("def encode(self) -> bytes:")
                .lines("\"\"\"The bytes of the value; raises WireError where a member is not what it should be.\"\"\"")
                .lines("return _encoded(self)").close();
    }

    private void read() {
        code.blank().lines("@staticmethod").open("def read_from(_in: WireReader) -> " + type.name() + ":")
                .lines("\"\"\"For classes that hold this one.\"\"\"");
        code.lines("_in.enter()");
        layout.written().forEach(member -> code.lines(member.name() + " = " + reading(member.type())));
        code.lines("_in.leave()");
        code.list("return " + type.name() + "(", type.members().stream().map(Member::name).toList(), ")");
        code.close();
    }

    private String reading(Type member) {
        if (!(member instanceof Type.Array array)) {
            return member instanceof Type.Nested nested ? nested.className() + ".read_from(_in)"
                    : "_in." + PythonTypes.word(member) + "()";
        }
        long length = Layout.minLength(schema, array.element());
        String count = array.isConstant()
                ? "_in.room(" + array.constantCount() + ", " + length + ")"
                : "_in.count(\"" + array.count() + "\", " + PythonTypes.count(array, "") + ", " + length + ")";
        return array.element() instanceof Type.Nested nested
                ? "_in.elements(" + nested.className() + ", " + count + ")"
                : "_in." + PythonTypes.word(array.element()) + "s(" + count + ")";
    }

    private void writeTo() {
        code.blank().open("def write_to(self, _out: WireWriter) -> None:")
                .lines("\"\"\"For classes that hold this one.\"\"\"").lines("_out.enter()");
        for (Member member : layout.written()) {
            String name = "self." + member.name();
            if (member.type() instanceof Type.Array array) {
                code.lines("_out." + (array.isConstant() ? "check" : "count") + "(\"" + array.count() + "\", "
                        + PythonTypes.count(array, "self.") + ", " + name + ")");
            }
            code.lines(switch (member.type()) {
                case Type.Nested _ -> name + ".write_to(_out)";
                case Type.Array array when array.element() instanceof Type.Nested -> "_out.elements(" + name + ")";
                case Type.Array array -> "_out." + PythonTypes.word(array.element()) + "s(" + name + ")";
                case Type other -> "_out." + PythonTypes.word(other) + "(" + name + ")";
            });
        }
        code.lines("_out.leave()").close();
    }

    /** Elements of arrays of several dimensions, by their indexes. */
    private void rows() {
        for (Member member : type.members()) {
            if (member.type() instanceof Type.Array array && array.sizes().size() > 1) {
                List<String> parameters = new ArrayList<>();
                String index = "0";
                for (int i = 0; i < array.sizes().size(); i++) {
                    parameters.add("index" + i + ": int");
                    index = "_place(" + index + ", " + PythonTypes.size(array.sizes().get(i), "self.") + ", index" + i
                            + ")";
                }
                code.blank().open("def " + member.name() + "_at(self, " + String.join(", ", parameters) + ") -> "
                        + PythonTypes.name(array.element()) + ":");
                code.lines("\"\"\"An element of " + member.name() + ", by its index in each dimension.\"\"\"");
                code.lines("return self." + member.name() + "[" + index + "]").close();
            }
        }
    }

    private void view() {
        code.blank().open("class View:").lines("\"\"\"Reads members of fixed length where they lie; only the length is "
                + "checked.\"\"\"").blank();
        code.open("def __init__(self, _data: Buffer, _offset: int = 0) -> None:");
        code.lines("self._at = _Bytes(_data, _offset, " + layout.minLength() + ")").close();
        layout.fixed().forEach(this::accessor);
        code.close();
    }

    private void accessor(Layout.Fixed fixed) {
        Member member = fixed.member();
        Type element = member.type() instanceof Type.Array array ? array.element() : member.type();
        String at = String.valueOf(fixed.offset());
        String result = element instanceof Type.Nested nested ? nested.className() + ".View"
                : PythonTypes.name(element);
        String comment = Comments.sentence(Comments.python(member.comment()), "");
        if (member.type() instanceof Type.Array array) {
            code.blank().open("def " + member.name() + "(self, _index: int) -> " + result + ":");
            code.lines("\"\"\"" + (comment + " By index, row by row.").strip() + "\"\"\"");
            at = "_place(0, " + array.constantCount() + ", _index) * " + Layout.minLength(schema, element) + " + " + at;
        } else {
            code.blank().open("def " + member.name() + "(self) -> " + result + ":");
            if (!comment.isEmpty()) {
                code.lines("\"\"\"" + comment + "\"\"\"");
            }
        }
        code.lines("return " + (element instanceof Scalar scalar ? "self._at." + scalar.word() + "(" + at + ")"
                : result + "(self._at.data, self._at.offset + " + at + ")"));
        code.close();
    }
}
