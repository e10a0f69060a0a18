package org.carillon.codegen;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Makes classes and requests of the values of a schema; each value is checked where it stands. */
final class SchemaReader {
    private static final Set<String> CLASS_KEYS = Set.of("className", "members", "id", "comment");
    private static final Set<String> REQUEST_KEYS = Set.of("request", "in", "out", "right", "id", "comment");
    private static final Set<String> MEMBER_KEYS = Set.of("name", "type", "comment");
    private static final Set<String> ARRAY_KEYS = Set.of("name", "type", "comment", "size", "elem");
    private static final Set<String> ELEMENT_KEYS = Set.of("type", "comment");
    private static final String TYPES = "expected int, int8 to int64, unsigned, uint8 to uint64, float, double, bool, "
            + "string, bytes, array or the name of a class";
    private static final int MAX_DIMENSIONS = 8;

    private final String name;
    private final Map<String, Node.Fields> classes = new LinkedHashMap<>();
    private final Map<String, Node.Fields> requests = new LinkedHashMap<>();

    SchemaReader(String name) {
        this.name = name;
    }

    Schema read(Node root) {
        if (!(root instanceof Node.Array list)) {
            throw new Wrong(root.place(), "expected a list of classes: found " + root.kind());
        }
        for (Node each : list.elements()) {
            if (!(each instanceof Node.Fields fields)) {
                throw new Wrong(each.place(), "expected a class or a request: found " + each.kind());
            }
            collect(fields);
        }
        List<ClassType> read = new ArrayList<>();
        classes.forEach((className, fields) -> read.add(readClass(className, fields)));
        if (!requests.isEmpty() && !classes.containsKey(Schema.REFUSED)) {
            read.add(refused());
        }
        List<Request> asked = new ArrayList<>();
        requests.forEach((request, fields) -> asked.add(readRequest(request, fields)));
        Schema schema = new Schema(name, read, asked);
        new SchemaCheck(schema).check();
        return schema;
    }

    /** Names come first, since a class may be used before it is described. */
    private void collect(Node.Fields fields) {
        boolean isRequest = fields.values().containsKey("request");
        Node.Text title = text(fields, isRequest ? "request" : "className", "");
        String where = isRequest ? ": request=" + title.text() : ": class=" + title.text();
        if (isRequest) {
            Names.checkRequest(title.place(), title.text(), where);
        } else {
            Names.checkClass(title.place(), title.text(), where);
        }
        if ((isRequest ? requests : classes).put(title.text(), fields) != null) {
            throw new Wrong(title.place(), "expected each name once" + where);
        }
    }

    private ClassType readClass(String className, Node.Fields fields) {
        String where = ": class=" + className;
        checkKeys(fields, CLASS_KEYS, where);
        Node members = fields.values().get("members");
        if (!(members instanceof Node.Array list)) {
            throw new Wrong(members == null ? fields.place() : members.place(), "expected members, a list" + where);
        }
        Map<String, Member> read = new LinkedHashMap<>();
        for (Node each : list.elements()) {
            if (!(each instanceof Node.Fields member)) {
                throw new Wrong(each.place(), "expected a member: found " + each.kind() + where.replace(":", ","));
            }
            Node.Text title = text(member, "name", where);
            String whereMember = where + ", member=" + title.text();
            Names.checkMember(title.place(), title.text(), whereMember);
            if (read.containsKey(title.text())) {
                throw new Wrong(title.place(), "expected each name once" + whereMember);
            }
            read.put(title.text(), readMember(title, member, read, whereMember));
        }
        return new ClassType(fields.place(), className, id(fields, className, where), comment(fields, where),
                List.copyOf(read.values()));
    }

    private Member readMember(Node.Text title, Node.Fields fields, Map<String, Member> earlier, String where) {
        Node.Text word = text(fields, "type", where);
        boolean isArray = word.text().equals("array");
        checkKeys(fields, isArray ? ARRAY_KEYS : MEMBER_KEYS, where);
        Type type = isArray ? array(fields, earlier, where) : type(word, where);
        return new Member(title.place(), title.text(), type, comment(fields, where));
    }

    private Type type(Node.Text word, String where) {
        Scalar scalar = Scalar.named(word.text());
        if (scalar != null) {
            return scalar;
        }
        return switch (word.text()) {
            case "string" -> new Type.Text();
            case "bytes" -> new Type.Bytes();
            default -> {
                if (!classes.containsKey(word.text())) {
                    throw new Wrong(word.place(), TYPES + where + ", type=" + word.text());
                }
                yield new Type.Nested(word.text());
            }
        };
    }

    private Type array(Node.Fields fields, Map<String, Member> earlier, String where) {
        Node size = fields.values().get("size");
        if (!(size instanceof Node.Array list) || list.elements().isEmpty()
                || list.elements().size() > MAX_DIMENSIONS) {
            throw new Wrong(size == null ? fields.place() : size.place(), "expected size, a list of 1 to "
                    + MAX_DIMENSIONS + " expressions" + where);
        }
        List<Expression> sizes = new ArrayList<>();
        Function<String, Expression> members = word -> earlier.get(word) instanceof Member member
                && member.type() instanceof Scalar scalar && scalar.isInteger()
                        ? new Expression.Member(word, scalar)
                        : null;
        for (Node each : list.elements()) {
            if (!(each instanceof Node.Text text)) {
                throw new Wrong(each.place(), "expected an expression, a string" + where);
            }
            sizes.add(new ExpressionParser(text, where, members).parse());
        }
        if (!(fields.values().get("elem") instanceof Node.Fields element)) {
            throw new Wrong(fields.place(), "expected elem, an object with a type" + where);
        }
        checkKeys(element, ELEMENT_KEYS, where);
        Node.Text word = text(element, "type", where);
        if (word.text().equals("array")) {
            throw new Wrong(word.place(), "expected elements that are no arrays; several sizes make several dimensions"
                    + where);
        }
        return new Type.Array(List.copyOf(sizes), type(word, where));
    }

    private Request readRequest(String request, Node.Fields fields) {
        String where = ": request=" + request;
        checkKeys(fields, REQUEST_KEYS, where);
        Node.Text word = text(fields, "right", where);
        for (Request.Right right : Request.Right.values()) {
            if (right.word().equals(word.text())) {
                return new Request(fields.place(), request, id(fields, request, where), className(fields, "in", where),
                        fields.values().containsKey("out") ? className(fields, "out", where) : null, right,
                        comment(fields, where));
            }
        }
        throw new Wrong(word.place(), "expected look, wire or administer" + where + ", right=" + word.text());
    }

    private String className(Node.Fields fields, String key, String where) {
        Node.Text word = text(fields, key, where);
        if (!classes.containsKey(word.text())) {
            throw new Wrong(word.place(), "expected the name of a class" + where + ", " + key + "=" + word.text());
        }
        return word.text();
    }

    private static void checkKeys(Node.Fields fields, Set<String> known, String where) {
        fields.values().forEach((key, value) -> {
            if (!known.contains(key)) {
                throw new Wrong(value.place(), "expected one of " + String.join(", ", known.stream().sorted().toList())
                        + where + ", key=" + key);
            }
        });
    }

    private static Node.Text text(Node.Fields fields, String key, String where) {
        Node value = fields.values().get(key);
        if (!(value instanceof Node.Text text)) {
            throw new Wrong(value == null ? fields.place() : value.place(), "expected " + key + ", a string" + where);
        }
        return text;
    }

    private static String comment(Node.Fields fields, String where) {
        return fields.values().containsKey("comment") ? text(fields, "comment", where).text().strip() : "";
    }

    private static long id(Node.Fields fields, String name, String where) {
        Node value = fields.values().get("id");
        if (value == null) {
            return Ids.of(name);
        }
        if (value instanceof Node.Number number && number.digits().matches("[0-9]{1,10}")) {
            long id = Long.parseLong(number.digits());
            if (id > 0 && id <= Ids.MAX_ID) {
                return id;
            }
        }
        throw new Wrong(value.place(), "expected id, a whole number from 1 to " + Ids.MAX_ID + where);
    }

    private static ClassType refused() {
        return new ClassType(Place.START, Schema.REFUSED, Ids.of(Schema.REFUSED),
                "Answers a request that was not granted.", List.of(
                        new Member(Place.START, "code", new Type.Text(), "One word for programs."),
                        new Member(Place.START, "message", new Type.Text(), "What was expected, for people.")));
    }
}
